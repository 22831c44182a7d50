using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Figures;
using Portal.Interaction.Letters.Figures.RecountFigures;

namespace Portal.Interaction.Tests.Letters.Figures;

/// <summary>The public figures: kept with every step, and always what a recount of the letters gives.</summary>
public sealed class LetterStatisticsTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    private sealed record Sum(Guid Unit, LetterKind Kind, DateOnly Month, int Received, int Accepted, int NotAccepted, int Dropped, int Answered, int OnTime, int Workdays, int Rated, int Satisfied);

    [Fact]
    public async Task Whatever_happens_to_letters_the_figures_are_what_a_recount_gives()
    {
        foreach (var state in Enum.GetValues<LetterState>())
        {
            await desk.Driven(state, state is LetterState.Rated or LetterState.Handling ? LetterKind.Complaint : LetterKind.Suggestion);
        }

        // Another unit, an answer that came late, and a question after it.
        var moved = await desk.Driven(LetterState.Handling);
        await desk.Taken(await desk.Officer(), moved, LetterTrigger.Transfer, ("LeadSiteId", desk.HelperId.ToString()), ("HelperSiteIds", ""));
        var late = await desk.Driven(LetterState.Reviewing);
        desk.GoOn(12);
        await desk.Take(late, LetterTrigger.ApproveReply);
        await desk.Take(late, LetterTrigger.FollowUp);
        var letter = await desk.Find(late);
        Assert.Equal((12, false), (letter.Workdays, letter.OnTime));

        var kept = await Figures();
        Assert.NotEmpty(kept);
        var changes = await desk.Read(db => db.LetterCountChanges.CountAsync());
        Assert.True(changes > 0);
        Assert.Equal(changes, await desk.Use<RecountFigures, int>(figures => figures.FoldAsync(CancellationToken.None)));
        Assert.Equal(kept, await Figures());
        Assert.Equal(0, await desk.Use<RecountFigures, int>(figures => figures.FoldAsync(CancellationToken.None)));
        await desk.Use<RecountFigures, int>(figures => figures.RecountAsync(CancellationToken.None));
        Assert.Equal(kept, await Figures());
        Assert.Equal(await desk.Read(db => db.Letters.CountAsync()), kept.Sum(row => row.Received));
        Assert.Contains(kept, row => row.NotAccepted > 0);
        Assert.Contains(kept, row => row is { Rated: > 0, Satisfied: > 0 });

        // The pages say the same.
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        var year = kept.Min(row => row.Month.Year);
        var page = await visitor.Get("/letters/statistics?year=" + year);
        Assert.Equal(200, (int)page.Status);
        var total = page.Document.QuerySelectorAll("[aria-labelledby=sum] td").Select(cell => cell.TextContent).ToList();
        Assert.Equal(kept.Where(row => row.Month.Year == year).Sum(row => row.Received).ToString(System.Globalization.CultureInfo.InvariantCulture), total[0]);
        Assert.NotNull(page.Document.QuerySelector("svg.p-chart__svg"));
        var table = (await visitor.Get("/letters/statistics.csv?year=" + year)).Text;
        Assert.Equal(1 + kept.Count(row => row.Month.Year == year && row.Received > 0), table.Trim().Split('\n').Length);
        Assert.Contains("建议", table, StringComparison.Ordinal);
        foreach (var word in new[] { LetterDesk.Writer, LetterDesk.Phone })
        {
            Assert.DoesNotContain(word, page.Text + table, StringComparison.Ordinal);
        }

        foreach (var odd in new[] { "?year=abc", "?year=99999", "?year=-1", "?year=2999" })
        {
            Assert.Equal(404, (int)(await visitor.Get("/letters/statistics" + odd)).Status);
            Assert.Equal(404, (int)(await visitor.Get("/letters/statistics.csv" + odd)).Status);
        }
    }

    [Fact]
    public async Task What_older_replies_did_not_keep_is_worked_out_from_their_steps()
    {
        var quick = await desk.Driven(LetterState.Replied);
        var again = await desk.Driven(LetterState.Reviewing);
        desk.GoOn(9);
        await desk.Take(again, LetterTrigger.ApproveReply);
        await desk.Take(again, LetterTrigger.FollowUp);
        foreach (var trigger in new[] { LetterTrigger.TakeOn, LetterTrigger.Draft, LetterTrigger.SubmitReply, LetterTrigger.ApproveReply })
        {
            await desk.Take(again, trigger);
        }

        var open = await desk.Driven(LetterState.Handling);
        var before = new[] { await desk.Find(quick), await desk.Find(again) }.Select(row => (row.Workdays, row.OnTime, row.Version)).ToList();
        Assert.Equal((9, false), (before[1].Workdays, before[1].OnTime));
        await desk.Read(db => db.Letters.ExecuteUpdateAsync(
            row => row.SetProperty(letter => letter.Workdays, (int?)null).SetProperty(letter => letter.OnTime, (bool?)null)));

        var answered = await desk.Read(db => db.Letters.CountAsync(row => row.RepliedOn != null));
        Assert.Equal(answered, await desk.Use<RecountFigures, int>(figures => figures.FillAsync(CancellationToken.None)));
        Assert.Equal(before, new[] { await desk.Find(quick), await desk.Find(again) }.Select(row => (row.Workdays, row.OnTime, row.Version)));
        Assert.Null((await desk.Find(open)).Workdays);
        Assert.Equal(0, await desk.Use<RecountFigures, int>(figures => figures.FillAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task A_step_that_is_not_saved_counts_nothing()
    {
        var id = await desk.Driven(LetterState.Submitted);
        var before = await Figures();
        await desk.Use<IServiceProvider>(async services =>
        {
            var db = (InteractionDbContext)services.GetService(typeof(InteractionDbContext))!;
            var letter = await db.Letters.SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken);
            letter.State = LetterState.NotAccepted;
            await Assert.ThrowsAsync<DbUpdateException>(async () =>
            {
                letter.Rating = 9;
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            });
            letter.Rating = null;
            letter.State = LetterState.Submitted;
            letter.AcceptedOn = desk.Today;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var after = await Figures();
        Assert.Equal(before.Sum(row => row.Accepted) + 1, after.Sum(row => row.Accepted));
        Assert.Equal(before.Sum(row => row.NotAccepted), after.Sum(row => row.NotAccepted));
    }

    private Task<List<Sum>> Figures() => desk.Read(async db =>
        (await db.LetterCounts.AsNoTracking().ToListAsync()).Cast<LetterFigures>().Concat(await db.LetterCountChanges.AsNoTracking().ToListAsync())
            .GroupBy(row => (row.UnitSiteId, row.Kind, row.Month))
            .Select(group => new Sum(
                group.Key.UnitSiteId, group.Key.Kind, group.Key.Month, group.Sum(row => row.Received), group.Sum(row => row.Accepted),
                group.Sum(row => row.NotAccepted), group.Sum(row => row.Dropped), group.Sum(row => row.Answered), group.Sum(row => row.OnTime),
                group.Sum(row => row.Workdays), group.Sum(row => row.Rated), group.Sum(row => row.Satisfied)))
            .Where(row => row.Received != 0)
            .OrderBy(row => row.Unit).ThenBy(row => row.Kind).ThenBy(row => row.Month).ToList());
}
