using System.Net;
using Portal.Interaction.Announcements;
using Portal.Interaction.Tests.Announcements;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.Quotas;

/// <summary>The yearly quotas are public, and those who answer for them are warned (S-07, S-08).</summary>
public sealed class ShowOverviewTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task What_is_published_counts_once_in_its_year_and_not_after_it_was_taken_away()
    {
        var (opened, later, held) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Publish(opened, AnnouncementKind.ConsultationNotice, "征求意见的公告", new DateOnly(2026, 11, 2));
        await Publish(later, AnnouncementKind.SurveyNotice, "明年的调查公告", new DateOnly(2027, 1, 5));
        await Publish(held, AnnouncementKind.InterviewTranscript, "访谈实录", new DateOnly(2026, 10, 9));
        await Publish(Guid.CreateVersion7(), AnnouncementKind.ConsultationResult, "采纳情况", null);

        var page = await host.Visitor("yunpu").Get("/interaction-overview");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        // A prefecture's portal owes six of each.
        Assert.Equal(["6次", "1次", "进度严重滞后"], Cells(page, "在线访谈"));
        Assert.Equal(["6次", "1次", "进度严重滞后"], Cells(page, "意见征集和网上调查"));
        Assert.Contains("征求意见的公告", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("明年的调查公告", page.Text, StringComparison.Ordinal);

        // Above it, the province sees it among its own.
        var above = await host.Visitor().Get("/interaction-overview");
        Assert.Equal("3次", Cells(above, "在线访谈")[0]);
        Assert.Contains("1/6次", above.Text, StringComparison.Ordinal);

        await host.WithdrawAnnouncement(AnnouncementKind.ConsultationNotice, opened);
        page = await host.Visitor("yunpu").Get("/interaction-overview");
        Assert.Equal("0次", Cells(page, "意见征集和网上调查")[1]);
        Assert.DoesNotContain("征求意见的公告", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027")]
    [InlineData("2020")]
    [InlineData("今年")]
    public async Task A_year_that_is_not_there_is_not_found(string year) =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.Visitor().Get("/interaction-overview?year=" + Uri.EscapeDataString(year))).Status);

    [Fact]
    public async Task Last_year_is_over()
    {
        var page = await host.Visitor("lanqiao").Get("/interaction-overview?year=2025");
        Assert.Equal(["3次", "0次", "未完成"], Cells(page, "在线访谈"));
    }

    [Fact]
    public async Task Editors_and_those_who_watch_see_their_sites_and_are_warned()
    {
        var editor = await host.SignInAs(await host.Data.Staff(Role.InteractionEditor, "lanqiao"));
        var list = await editor.Get("/console/interaction-quotas");
        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Contains(host.Site("lanqiao").Name, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Site("yunpu").Name, list.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("已过", list.Document.QuerySelector("td .c-due--late")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("全年应完成3次，已完成0次", (await editor.Get("/console")).Text, StringComparison.Ordinal);

        var author = await host.SignInAs(await host.Data.Staff(Role.Author, "lanqiao"));
        Assert.Equal(HttpStatusCode.Forbidden, (await author.Get("/console/interaction-quotas")).Status);
    }

    private static List<string> Cells(Answer page, string activity) =>
    [
        .. page.Document.QuerySelector("table")!.QuerySelectorAll("tbody tr")
            .Single(row => row.QuerySelector("th")!.TextContent == activity).QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()),
    ];

    private async Task Publish(Guid subject, AnnouncementKind kind, string title, DateOnly? counts)
    {
        await host.InteractionChannel("yunpu");
        var submitted = await host.Use<AnnouncementDesk, Portal.Shared.Outcomes.Outcome<Announcement>>(desk => desk.SubmitAsync(
            new AnnouncementDraft
            {
                SiteId = host.Site("yunpu").Id,
                Kind = kind,
                SubjectId = subject,
                Slug = $"activity-{subject:N}",
                Title = title,
                Summary = title,
                CountsOn = counts,
                Body = [new ComposedPart("html", "<p>内容。</p>")],
                Content = "{}",
            },
            new Actor(Guid.CreateVersion7(), "宁编辑", "云浦市人民政府办公室", []),
            CancellationToken.None));
        Assert.True(submitted.Succeeded);
        await host.Announce(kind, subject);
    }
}
