using Portal.Interaction.Announcements;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Testing;

namespace Portal.Interaction.Tests.Announcements;

/// <summary>What staff lay before the public goes through the three reviews, and the public has what was reviewed (Opinion art. 12).</summary>
public sealed class AnnouncementDeskTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string SiteKey = "yunpu";
    private readonly Guid _subject = Guid.CreateVersion7();

    [Fact]
    public async Task It_is_public_as_it_was_frozen_once_three_people_approved_it()
    {
        await host.InteractionChannel(SiteKey);
        var first = await Submit("一、征求意见的内容。");
        Assert.True(first.Succeeded);
        Assert.Equal(AnnouncementStage.UnderReview, (await Standing()).Stage);
        Assert.Null(await Published());

        // A second one waits for the first.
        var second = await Submit("二、改过的内容。");
        Assert.Contains("正在三审", Assert.Single(second.Failure!.Errors).Message, StringComparison.Ordinal);

        await host.Announce(AnnouncementKind.ConsultationNotice, _subject);
        var standing = await Standing();
        Assert.Equal(AnnouncementStage.Published, standing.Stage);
        Assert.Equal(first.Value.Id, (await Published())!.Id);
        var page = await host.Visitor(SiteKey).Get("/" + standing.Document!.Path);
        Assert.Contains("一、征求意见的内容。", page.Text, StringComparison.Ordinal);

        // The same again is nothing new; another text replaces it once it is released.
        var same = await Submit("一、征求意见的内容。");
        Assert.Contains("无需再次提交", Assert.Single(same.Failure!.Errors).Message, StringComparison.Ordinal);
        var next = await Submit("二、改过的内容。");
        Assert.Equal(2, next.Value.Number);
        Assert.Equal(first.Value.Id, (await Published())!.Id);
        await host.Announce(AnnouncementKind.ConsultationNotice, _subject);
        Assert.Equal(next.Value.Id, (await Published())!.Id);
    }

    [Fact]
    public async Task What_is_sent_back_is_submitted_anew_and_what_is_withdrawn_is_public_no_more()
    {
        await host.InteractionChannel(SiteKey);
        Assert.True((await Submit("草稿一")).Succeeded);
        await host.SendBackAnnouncement(AnnouncementKind.ConsultationNotice, _subject);
        Assert.Equal(AnnouncementStage.Returned, (await Standing()).Stage);
        Assert.Equal(FailureKind.Conflict, (await Submit("草稿一")).Failure!.Kind);
        var corrected = await Submit("草稿二");
        Assert.True(corrected.Succeeded);
        await host.Announce(AnnouncementKind.ConsultationNotice, _subject);
        Assert.Equal(corrected.Value.Id, (await Published())!.Id);

        await host.WithdrawAnnouncement(AnnouncementKind.ConsultationNotice, _subject);
        var standing = await Standing();
        Assert.Equal(AnnouncementStage.Withdrawn, standing.Stage);
        Assert.NotNull(standing.Document!.WithdrawnAt);
        Assert.Null(await Published());
    }

    [Fact]
    public async Task A_site_without_a_channel_for_it_is_told_so()
    {
        var failure = (await Submit("内容", "lanqiao")).Failure!;
        Assert.Contains("互动交流", Assert.Single(failure.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(AnnouncementStage.None, (await Standing()).Stage);
    }

    private Task<Outcome<Announcement>> Submit(string words, string site = SiteKey) =>
        host.Use<AnnouncementDesk, Outcome<Announcement>>(desk => desk.SubmitAsync(
            new AnnouncementDraft
            {
                SiteId = host.Site(site).Id,
                Kind = AnnouncementKind.ConsultationNotice,
                SubjectId = _subject,
                Slug = $"consultation-{_subject:N}",
                Title = "关于征求意见的公告",
                Summary = "现公开征求意见。",
                Body = [new ComposedPart("html", $"<p>{words}</p>")],
                Content = $$"""{"words":"{{words}}"}""",
            },
            new Actor(Guid.CreateVersion7(), "宁编辑", "云浦市人民政府办公室", []),
            CancellationToken.None));

    private Task<AnnouncementStanding> Standing() => host.Use<AnnouncementDesk, AnnouncementStanding>(desk =>
        desk.StandingAsync(AnnouncementKind.ConsultationNotice, _subject, CancellationToken.None));

    private Task<Announcement?> Published() => host.Use<AnnouncementDesk, Announcement?>(desk =>
        desk.PublishedAsync(AnnouncementKind.ConsultationNotice, _subject, CancellationToken.None));
}
