using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Interaction.Interviews;
using Portal.Interaction.Tests.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>The steps of an interview over HTTP, by the table and by its rules.</summary>
public sealed class TakeInterviewStepTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task Every_state_times_trigger_times_role_does_what_the_table_says()
    {
        var (editor, outsider, author) = (await studio.Editor(), await studio.Outsider(), await studio.Of(Role.Author, Studio.SiteKey));
        List<(Person Person, Browser Browser, string Token)> roles = [];
        foreach (var person in new[] { editor, outsider, author })
        {
            var browser = await studio.As(person);
            roles.Add((person, browser, (await browser.Get("/console/account/password")).Token!));
        }

        List<string> wrong = [];
        var (refused, taken) = (0, 0);
        foreach (var state in Enum.GetValues<InterviewState>())
        {
            var id = await studio.Driven(state);
            foreach (var trigger in Enum.GetValues<InterviewTrigger>())
            {
                foreach (var (person, browser, token) in roles)
                {
                    var expected = person == author ? 403 : person == outsider ? 404 : Expected(state, trigger);
                    var subject = expected == 302 ? await studio.Driven(state) : id;
                    if (expected == 302 && InterviewRules.Hindrance(await studio.Case(subject), trigger, studio.Clock.GetUtcNow()) is not null)
                    {
                        expected = 409;
                    }

                    var form = await studio.Form(subject, trigger, ("_token", token));
                    var answer = await browser.PostRaw($"/console/interviews/{subject}/steps", form);
                    if ((int)answer.Status != expected)
                    {
                        wrong.Add($"{state} × {trigger} × {person.UserName}: {(int)answer.Status}, not {expected} {string.Join(' ', answer.Errors)}");
                    }

                    var after = await studio.Find(subject);
                    Assert.Equal(expected == 302 ? InterviewFlow.Find(state, trigger)!.To ?? state : state, after.State);
                    (refused, taken) = expected == 302 ? (refused, taken + 1) : (refused + 1, taken);
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(10 * 20 * 3, refused + taken);
        Assert.InRange(taken, 20, 60);
    }

    [Fact]
    public async Task The_end_is_asked_for_because_nobody_goes_on_air_after_it()
    {
        var id = await studio.Driven(InterviewState.Live);
        var editor = await studio.Editor();
        var stage = await (await studio.As(editor)).Get($"/console/interviews/{id}/live");
        Assert.Null(stage.Document.QuerySelector("form input[name=Trigger][value=End]"));
        Assert.NotNull(stage.Document.QuerySelector($"a[href='/console/interviews/{id}?act=End#act']"));
        var refused = await studio.Step(editor, id, InterviewTrigger.End, ("Sure", ""));
        Assert.Equal(422, (int)refused.Status);
        Assert.NotNull(refused.Document.QuerySelector(".govuk-error-summary a[href='#Sure']"));
        Assert.Equal(InterviewState.Live, (await studio.Find(id)).State);
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.End)).Status);
        var interview = await studio.Find(id);
        Assert.Equal(InterviewState.Ended, interview.State);
        // When it really was, beside when it was planned.
        var facts = (await Page(id)).Document.QuerySelector(".p-interview__facts")!.TextContent;
        Assert.Contains($"实际直播{BeijingTime.Minute(interview.LiveAt!.Value)} 至{BeijingTime.Minute(interview.EndedAt!.Value)}", facts, StringComparison.Ordinal);
    }

    // G-38: three working days before, or with a reason that the public reads.
    [Fact]
    public async Task An_announcement_that_is_late_needs_a_public_reason()
    {
        var editor = await studio.Editor();
        var day = studio.Calendar.AddWorkdays(studio.Today, 2);
        var late = (await studio.Plan(interview => (interview.StartsAt, interview.NoticeReason) = (At(day), ""))).Id;
        var refused = await studio.Step(editor, late, InterviewTrigger.SubmitAnnouncement);
        Assert.Equal(409, (int)refused.Status);
        Assert.Contains("预告时间不足", refused.Text, StringComparison.Ordinal);

        var inTime = (await studio.Plan(interview =>
            (interview.StartsAt, interview.NoticeReason) = (At(studio.Calendar.AddWorkdays(studio.Today, 3)), ""))).Id;
        Assert.Equal(302, (int)(await studio.Step(editor, inTime, InterviewTrigger.SubmitAnnouncement)).Status);
        Assert.Equal(InterviewState.AnnouncementUnderReview, (await studio.Find(inTime)).State);

        // The reviews took too long: without a reason it does not go on air.
        await studio.Take(inTime, InterviewTrigger.Announce);
        await studio.Use<InteractionDbContext>(db => db.Interviews.Where(row => row.Id == inTime)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StartsAt, studio.Clock.GetUtcNow().AddMinutes(5))));
        Assert.Equal(409, (int)(await studio.Step(editor, inTime, InterviewTrigger.Start)).Status);
        Assert.Equal(302, (int)(await studio.Step(editor, inTime, InterviewTrigger.ExplainNotice, ("Reason", "情况紧急，需要尽快回应。"))).Status);
        Assert.Contains("情况紧急，需要尽快回应。", (await Page(inTime)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await studio.Step(editor, inTime, InterviewTrigger.Start)).Status);
    }

    [Fact]
    public async Task The_announcement_is_public_after_three_reviews_and_opens_the_questions()
    {
        var editor = await studio.Editor();
        var interview = await studio.Plan();
        var path = "/interviews/" + interview.Key;
        Assert.Equal(404, (int)(await studio.Visitor(Studio.SiteKey).Get(path)).Status);
        Assert.Equal(302, (int)(await studio.Step(editor, interview.Id, InterviewTrigger.SubmitAnnouncement)).Status);
        Assert.Equal(409, (int)(await studio.Step(editor, interview.Id, InterviewTrigger.RecallAnnouncement)).Status);
        Assert.Equal(404, (int)(await studio.Visitor(Studio.SiteKey).Get(path)).Status);

        await studio.Announce(AnnouncementKind.InterviewNotice, interview.Id);
        var announced = await studio.Find(interview.Id);
        Assert.Equal(InterviewState.CollectingQuestions, announced.State);
        var page = await studio.Visitor(Studio.SiteKey).Get(path);
        Assert.Equal(200, (int)page.Status);
        Assert.Contains("闻人甲", page.Text, StringComparison.Ordinal);
        Assert.Contains("因突发情况", page.Text, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await studio.Visitor(Studio.SiteKey).Get("/" + announced.NoticePath)).Status);
    }

    [Fact]
    public async Task What_reviewers_send_back_is_taken_back_changed_and_submitted_anew()
    {
        var editor = await studio.Editor();
        var id = (await studio.Plan()).Id;
        await studio.Step(editor, id, InterviewTrigger.SubmitAnnouncement);
        await studio.SendBackAnnouncement(AnnouncementKind.InterviewNotice, id);
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.RecallAnnouncement)).Status);
        // The same again is refused, and nothing of the step is kept.
        Assert.Equal(409, (int)(await studio.Step(editor, id, InterviewTrigger.SubmitAnnouncement)).Status);
        Assert.Equal(InterviewState.Planned, (await studio.Find(id)).State);
        await studio.Use<InteractionDbContext>(db => db.Interviews.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Place, "改在社区助餐点")));
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.SubmitAnnouncement)).Status);
        await studio.Announce(AnnouncementKind.InterviewNotice, id);
        Assert.Contains("改在社区助餐点", (await Page(id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_postponement_is_public_at_once_with_its_reason_and_only_to_a_later_time()
    {
        var editor = await studio.Editor();
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        Assert.Equal(422, (int)(await studio.Step(editor, id, InterviewTrigger.Postpone, ("Reason", ""))).Status);
        Assert.Equal(422, (int)(await studio.Step(editor, id, InterviewTrigger.Postpone, ("Day", "2026-11-20"))).Status);
        Assert.Equal(422, (int)(await studio.Step(editor, id, InterviewTrigger.Postpone, ("Day", "没有这一天"))).Status);
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.Postpone, ("Day", "2026-12-08"), ("Time", "15:30"))).Status);
        var page = await Page(id);
        Assert.Contains("2026-12-08 15:30", page.Text, StringComparison.Ordinal);
        Assert.Contains("嘉宾临时有公务", page.Text, StringComparison.Ordinal);
        var interview = await studio.Find(id);
        Assert.Equal((InterviewState.Postponed, 1), (interview.State, interview.Revision));
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.OpenQuestions)).Status);
    }

    [Fact]
    public async Task A_cancelled_interview_leaves_a_tombstone_and_one_that_nobody_knew_of_nothing()
    {
        var editor = await studio.Editor();
        var known = await studio.Driven(InterviewState.Announced);
        Assert.Equal(422, (int)(await studio.Step(editor, known, InterviewTrigger.Cancel, ("Reason", ""))).Status);
        Assert.Equal(302, (int)(await studio.Step(editor, known, InterviewTrigger.Cancel)).Status);
        var page = await Page(known);
        Assert.Equal(200, (int)page.Status);
        Assert.Contains("本期访谈已取消", page.Text, StringComparison.Ordinal);

        var unknown = await studio.Driven(InterviewState.Planned);
        Assert.Equal(302, (int)(await studio.Step(editor, unknown, InterviewTrigger.Cancel, ("Reason", ""))).Status);
        Assert.Equal(404, (int)(await Page(unknown)).Status);
    }

    [Fact]
    public async Task An_announcement_that_is_withdrawn_cancels_what_it_announced()
    {
        var id = (await studio.Plan()).Id;
        await studio.Step(await studio.Editor(), id, InterviewTrigger.SubmitAnnouncement);
        await studio.Announce(AnnouncementKind.InterviewNotice, id);
        await studio.WithdrawAnnouncement(AnnouncementKind.InterviewNotice, id);
        Assert.Equal(InterviewState.Cancelled, (await studio.Find(id)).State);
    }

    [Fact]
    public async Task A_transcript_is_public_as_it_was_reviewed_and_stays_so_while_it_is_corrected()
    {
        var editor = await studio.Editor();
        var id = await studio.Driven(InterviewState.Ended);
        await studio.Say(id, "guest-1", "全市已经建成助餐点三百个。");
        Assert.Equal(422, (int)(await studio.Step(editor, id, InterviewTrigger.SubmitTranscript, ("Digest", "太短"))).Status);
        var asked = await studio.Step(editor, id, InterviewTrigger.SubmitTranscript, ("Digest", "访谈介绍了助餐点的布局，订餐请联系13912349876。"));
        Assert.Equal(422, (int)asked.Status);
        Assert.NotNull(asked.Document.QuerySelector("input#NumbersSeen"));
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.SubmitTranscript)).Status);
        await studio.Announce(AnnouncementKind.InterviewTranscript, id);
        var published = await studio.Find(id);
        Assert.Equal(InterviewState.Published, published.State);
        var page = await Page(id);
        Assert.Contains("全市已经建成助餐点三百个。", page.Text, StringComparison.Ordinal);
        Assert.Contains("访谈介绍了助餐点的布局", page.Text, StringComparison.Ordinal);

        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.Reopen, ("Reason", "数字有误，予以更正。"))).Status);
        await studio.Say(id, "guest-1", "全市已经建成助餐点三百零五个。", replaces: 2);
        Assert.Contains("助餐点三百个", (await Page(id)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.SubmitTranscript)).Status);
        await studio.Announce(AnnouncementKind.InterviewTranscript, id);
        var corrected = await Page(id);
        Assert.Contains("三百零五个", corrected.Text, StringComparison.Ordinal);
        Assert.Contains("已更正", corrected.Text, StringComparison.Ordinal);
        Assert.Equal(published.PublishedAt, (await studio.Find(id)).PublishedAt);
    }

    // Late is worked out: one working day after the interview, by the dated limits.
    [Fact]
    public async Task A_transcript_is_late_from_the_day_after_its_last_day()
    {
        var id = await studio.Driven(InterviewState.Ended);
        var interview = await studio.Find(id);
        var due = InterviewDays.TranscriptDue(interview, studio.Calendar)!.Value;
        Assert.Equal(studio.Calendar.AddWorkdays(BeijingTime.Date(interview.EndedAt!.Value), InterviewLimit.Of(studio.Today).Transcript), due);
        Assert.False(InterviewDays.IsTranscriptLate(interview, studio.Calendar, due));
        Assert.True(InterviewDays.IsTranscriptLate(interview, studio.Calendar, due.AddDays(1)));
    }

    [Fact]
    public async Task A_step_on_an_old_page_is_refused()
    {
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var answer = await studio.Step(await studio.Editor(), id, InterviewTrigger.CloseQuestions, ("Version", "1"));
        Assert.Equal(409, (int)answer.Status);
        Assert.Contains("其他人刚刚办理过", answer.Text, StringComparison.Ordinal);
    }

    private async Task<Answer> Page(Guid id) =>
        await studio.Visitor(Studio.SiteKey).Get("/interviews/" + (await studio.Find(id)).Key);

    private static DateTimeOffset At(DateOnly day) => BeijingTime.StartOf(day).AddHours(15);

    private static int Expected(InterviewState state, InterviewTrigger trigger)
    {
        var lines = InterviewFlow.Steps.Where(step => step.Trigger == trigger).ToList();
        return trigger == InterviewTrigger.Edit || lines.Count == 0 ? 404
            : !lines.Exists(line => line.Who.HasFlag(InterviewParty.Editor)) ? 403
            : InterviewFlow.Find(state, trigger) is null ? 409
            : 302;
    }
}
