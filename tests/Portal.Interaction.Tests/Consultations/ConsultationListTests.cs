using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Consultations;
using Portal.Interaction.Consultations.SweepConsultations;
using Portal.Testing;

namespace Portal.Interaction.Tests.Consultations;

/// <summary>Pages by keyset whose statements do not grow with what they show; what is erased is erased, and the counts stay.</summary>
public sealed class ConsultationListTests(ConsultationRoom room) : IClassFixture<ConsultationRoom>
{
    [Fact]
    public async Task A_page_of_opinions_takes_the_same_statements_for_one_and_for_many()
    {
        var (id, path) = await room.Opened();
        var editor = await room.As(await room.Editor());
        var visitor = room.Visitor(ConsultationRoom.SiteKey);
        async Task<(int Desk, int Public)> Count()
        {
            await room.Refresh();
            await editor.Get($"/console/consultations/{id}/opinions?set=All");
            await visitor.Get(path + "/opinions");
            await room.Refresh();
            using var desk = PortalHost.CountQueries();
            await editor.Get($"/console/consultations/{id}/opinions?set=All");
            var first = desk.Count;
            await visitor.Get(path + "/opinions");
            return (first, desk.Count - first);
        }

        await room.Acted((await room.Given(path)).Id, "Display");
        var one = await Count();
        for (var i = 0; i < 24; i++)
        {
            await room.Acted((await room.Given(path)).Id, "Display");
        }

        Assert.Equal(one, await Count());
        var page = await visitor.Get(path + "/opinions");
        Assert.Equal(20, page.Document.QuerySelectorAll(".p-consult-list__item").Length);
        var older = await visitor.Get(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(5, older.Document.QuerySelectorAll(".p-consult-list__item").Length);
        Assert.NotNull(older.Document.QuerySelector("a[rel=prev]"));
    }

    [Fact]
    public async Task After_its_retention_nobody_can_read_an_opinion_and_its_counts_stay()
    {
        var (id, path) = await room.Opened();
        var receipt = ConsultationRoom.Receipt(await room.Submit(room.Visitor(ConsultationRoom.SiteKey), path, ("Text", "保存期满就读不到了。")));
        var opinion = await room.Opinion(receipt.Number);
        await room.Acted(opinion.Id, "Keep", ("Reason", "收录备查，不公开展示。"));
        await room.Acted(opinion.Id, "Dispose", ("Disposition", "Adopted"), ("Reason", "已经吸收。"));
        await room.Use<InteractionDbContext>(async db =>
        {
            var row = await db.Consultations.SingleAsync(one => one.Id == id);
            (row.State, row.ReportedOn) = (ConsultationState.Reported, room.Today.AddYears(-3));
            await db.SaveChangesAsync();
        });
        Assert.Equal(0, await Sweep());
        room.GoTo(room.Today.AddDays(1));
        Assert.Equal(1, await Sweep());
        Assert.Equal(0, await Sweep());
        var followed = await room.Visitor(ConsultationRoom.SiteKey).Post(
            "/consultations/follow", new() { ["Number"] = receipt.Number, ["Code"] = receipt.Code });
        Assert.Contains("已经吸收", followed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("保存期满就读不到了", followed.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await room.Use<ReportBuilder, ReportReadiness>(reports => reports.ReadinessAsync(id, default))).Received);
    }

    private Task<int> Sweep() => room.Use<IServiceProvider, int>(services =>
        services.GetRequiredService<SweepConsultations>().EraseAsync(default));
}
