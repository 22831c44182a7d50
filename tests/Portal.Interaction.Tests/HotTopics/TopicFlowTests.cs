using Microsoft.EntityFrameworkCore;
using Portal.Interaction.HotTopics;
using Portal.Shared.Ui;

namespace Portal.Interaction.Tests.HotTopics;

/// <summary>Every state × trigger × who, over HTTP, against the one table.</summary>
public sealed class TopicFlowTests(TopicRoom room) : IClassFixture<TopicRoom>
{
    public static TheoryData<TopicState> States => [.. Enum.GetValues<TopicState>()];

    [Theory]
    [MemberData(nameof(States))]
    public async Task In_each_state_each_person_may_exactly_what_the_table_says(TopicState state)
    {
        TopicTrigger[] forms =
        [
            .. Enum.GetValues<TopicTrigger>().Except(
                [TopicTrigger.Register, TopicTrigger.Join, TopicTrigger.Retract, TopicTrigger.Link, TopicTrigger.Confirm, TopicTrigger.Unlink, TopicTrigger.Submit]),
        ];
        var id = await room.Driven(state);
        foreach (var (person, party) in new[] { (await room.Desk(), TopicParty.Desk), (await room.Unit(), TopicParty.Unit), (await room.Outsider(), TopicParty.None) })
        {
            foreach (var trigger in forms)
            {
                // The desk's grant holds below its site: of a topic that lies with the unit it is both.
                var topic = await room.Find(id);
                var parties = party == TopicParty.Desk && topic.UnitSiteId is not null ? TopicParty.Desk | TopicParty.Unit
                    : party == TopicParty.Unit && topic.UnitSiteId is null ? TopicParty.None
                    : party;
                var lines = TopicFlow.Lines.Where(line => line.Trigger == trigger).ToList();
                var expected = parties == TopicParty.None ? 404
                    : !lines.Exists(line => line.Allows(parties)) ? 403
                    : TopicFlow.Find(state, trigger) is not { } line ? 409
                    : !line.Allows(parties) ? 403
                    : TopicRules.Hindrance(topic, trigger) is not null ? 409
                    : 302;
                var answer = await room.Step(person, id, trigger);
                Assert.True(expected == (int)answer.Status, $"{state} {trigger} {parties}: {(int)answer.Status} instead of {expected} {string.Join(' ', answer.Errors)}");
                if (expected == 302)
                {
                    id = await room.Driven(state);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Documents_and_sources_follow_the_same_table(TopicState state)
    {
        var id = await room.Driven(state);
        var topic = await room.Find(id);
        var (_, path) = await room.Publish("情况通报");
        var mayLink = TopicFlow.Find(state, TopicTrigger.Link) is not null;
        Assert.Equal(404, (int)(await room.Link(await room.Outsider(), id, path)).Status);
        Assert.Equal(404, (int)(await room.Write(await room.Outsider(), id, ResponsePart.Statement)).Status);
        Assert.Equal(TopicFlow.Find(state, TopicTrigger.Join) is null ? 409 : 302, (int)(await room.Join(id)).Status);
        Assert.Equal(TopicFlow.Find(state, TopicTrigger.Retract) is null ? 409 : 302, (int)(await room.Retract(id, first: true, "登记有误。")).Status);
        Assert.Equal(mayLink ? 302 : 409, (int)(await room.Write(await room.Desk(), id, ResponsePart.Statement, ("Act", "Keep"))).Status);
        Assert.Equal(mayLink ? 302 : 409, (int)(await room.Link(await room.Desk(), id, path)).Status);
        if (mayLink)
        {
            Assert.Equal(404, (int)(await room.Confirm(await room.Outsider(), id)).Status);
            Assert.Equal(302, (int)(await room.Confirm(await room.Unit(), id)).Status);
        }

        if (topic.UnitSiteId is not null)
        {
            // The unit answers; where a topic was noticed is the desk's.
            Assert.Equal(403, (int)(await (await room.As(await room.Unit())).Post(
                $"/console/hot-topics/{id}/sources", new() { ["NoticedAt"] = "" }, "/console/account/password")).Status);
        }
    }

    [Theory]
    [InlineData(TopicState.Registered, TopicTrigger.Assess, "Severity", "")]
    [InlineData(TopicState.Registered, TopicTrigger.Assess, "Need", "")]
    [InlineData(TopicState.Assigned, TopicTrigger.Assess, "Need", "Watch")]
    [InlineData(TopicState.Assessed, TopicTrigger.Assign, "UnitSiteId", "jyt")]
    [InlineData(TopicState.Assigned, TopicTrigger.Assign, "Note", "")]
    [InlineData(TopicState.Assigned, TopicTrigger.Return, "Note", "")]
    [InlineData(TopicState.Responded, TopicTrigger.Evaluate, "Note", "好")]
    [InlineData(TopicState.Closed, TopicTrigger.Resume, "Note", "")]
    [InlineData(TopicState.Registered, TopicTrigger.Merge, "Into", "RD2026-99999-9")]
    public async Task What_is_missing_is_said_at_the_field(TopicState state, TopicTrigger trigger, string field, string value)
    {
        var id = await room.Driven(state);
        var answer = await room.Step(
            await room.Desk(), id, trigger, (field, value == "jyt" ? room.Site("jyt").Id.ToString() : value));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($".govuk-error-summary a[href^='#{field}']"));
        Assert.Equal(state, (await room.Find(id)).State);
    }

    [Fact]
    public async Task Who_saw_an_older_state_is_told_and_what_was_written_is_kept()
    {
        var id = await room.Driven(TopicState.Assigned);
        var answer = await room.Step(await room.Unit(), id, TopicTrigger.Return, ("Version", "1"), ("Note", "写了很久的一段退回理由。"));
        Assert.Equal(409, (int)answer.Status);
        Assert.Contains("写了很久的一段退回理由。", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_needs_no_response_is_closed_with_its_reason_and_not_assigned()
    {
        var id = await room.Open();
        var desk = await room.Desk();
        Assert.Equal(422, (int)(await room.Step(desk, id, TopicTrigger.Assess, ("Need", "None"), ("Note", ""))).Status);
        Assert.Equal(302, (int)(await room.Step(desk, id, TopicTrigger.Assess, ("Need", "None"), ("Note", "属于个人纠纷，已依法处理。"))).Status);
        Assert.Equal(409, (int)(await room.Step(desk, id, TopicTrigger.Assign)).Status);
        room.Clock.Advance(TimeSpan.FromHours(100));
        var page = await (await room.As(desk)).Get($"/console/hot-topics/{id}");
        Assert.Contains("不需要公开回应", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("已超时 52", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await room.Step(desk, id, TopicTrigger.Close)).Status);

        // What is owed is not closed unanswered.
        var owed = await room.Driven(TopicState.Assessed);
        Assert.Equal(409, (int)(await room.Step(desk, owed, TopicTrigger.Close)).Status);
    }

    [Fact]
    public async Task Of_two_topics_of_one_matter_the_earlier_notice_counts()
    {
        var later = await room.Open();
        var earlier = await room.Open(noticedAt: room.Clock.GetUtcNow().AddHours(-6));
        var before = await room.Find(earlier);
        foreach (var (into, why) in new[] { (before.Number, "自身"), ("RD2026-99999-9", "没有这个编号") })
        {
            var refused = await room.Step(await room.Desk(), earlier, TopicTrigger.Merge, ("Into", into));
            Assert.Equal(422, (int)refused.Status);
            Assert.Contains(why, Assert.Single(refused.Errors), StringComparison.Ordinal);
        }

        Assert.Equal(302, (int)(await room.Step(await room.Desk(), earlier, TopicTrigger.Merge, ("Into", (await room.Find(later)).Number))).Status);
        var kept = await room.Find(later);
        Assert.Equal(before.NoticedAt, kept.NoticedAt);
        Assert.Equal(before.NoticedAt.AddHours(48), kept.StatementDueAt);
        Assert.Equal((TopicState.Merged, (Guid?)later), ((await room.Find(earlier)).State, (await room.Find(earlier)).MergedInto));
        var page = await (await room.As(await room.Desk())).Get($"/console/hot-topics/{later}");
        Assert.Contains(before.Number, page.Text, StringComparison.Ordinal);
        Assert.Equal(TopicTrigger.Absorb, (await room.Steps(later))[^1].Trigger);
        var third = await room.Step(await room.Desk(), later, TopicTrigger.Merge, ("Into", before.Number));
        Assert.Contains("不能再并入", Assert.Single(third.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Title", "好")]
    [InlineData("NoticedAt", "昨天")]
    [InlineData("NoticedAt", "2099-01-01T00:00")]
    [InlineData("SiteId", "")]
    public async Task A_topic_is_entered_with_what_it_needs(string field, string value)
    {
        var answer = await room.Register(await room.Desk(), (field, value));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($".govuk-error-summary a[href='#{field}']"));
        Assert.Contains("多个小区反映自来水发黄。", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_topic()
    {
        var title = "关于校车的传闻" + Guid.CreateVersion7().ToString("N")[^6..];
        var desk = await room.Desk();
        var answers = await Task.WhenAll(room.Register(desk, ("Title", title)), room.Register(desk, ("Title", title)));
        Assert.Equal([302, 422], answers.Select(answer => (int)answer.Status).Order());
        var number = await room.Read(db => db.HotTopics.Where(row => row.Title == title).Select(row => row.Number).SingleAsync());
        Assert.Contains(answers.SelectMany(answer => answer.Errors), error => error.Contains(number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_enters_topics_for_another_region()
    {
        Assert.Equal(404, (int)(await room.Register(await room.Outsider())).Status);
    }

    [Theory]
    [InlineData("1900-01-01T00:00", "发现时间最早为")]
    [InlineData("2099-01-01T00:00", "发现时间不能晚于现在")]
    [InlineData("昨天", "请写明发现时间")]
    public async Task A_time_that_cannot_be_is_refused_with_the_words_for_it(string typed, string words)
    {
        var answer = await room.Register(await room.Desk(), ("NoticedAt", typed));
        Assert.Equal(422, (int)answer.Status);
        Assert.Contains(answer.Errors, error => error.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_topic_is_said_at_once()
    {
        var answer = await room.Register(await room.Desk(), ("SiteId", ""), ("Title", "好"), ("NoticedAt", ""));
        Assert.Equal(3, answer.Errors.Count);
    }

    [Fact]
    public async Task A_source_that_moves_the_clock_back_is_confirmed_and_both_times_are_kept()
    {
        var id = await room.Open();
        var before = await room.Find(id);
        var earlier = before.NoticedAt.AddHours(-3);
        var asked = await room.Join(id, ("NoticedAt", TopicRoom.Typed(earlier)));
        Assert.Equal(422, (int)asked.Status);
        Assert.NotNull(asked.Document.QuerySelector("input[name='Sure']"));
        Assert.Contains(asked.Errors, error => error.Contains(BeijingTime.Minute(earlier.AddHours(48)), StringComparison.Ordinal));
        Assert.Equal(422, (int)(await room.Join(id, ("NoticedAt", TopicRoom.Typed(earlier)), ("Sure", "true"), ("Note", ""))).Status);
        Assert.Equal(before.NoticedAt, (await room.Find(id)).NoticedAt);

        Assert.Equal(302, (int)(await room.Join(id, ("NoticedAt", TopicRoom.Typed(earlier)), ("Sure", "true"))).Status);
        var after = await room.Find(id);
        Assert.Equal((earlier, before.StatementDueAt.AddHours(-3)), (after.NoticedAt, after.StatementDueAt));
        var step = (await room.Steps(id))[^1];
        Assert.Equal(
            (TopicTrigger.Join, BeijingTime.Minute(before.NoticedAt), BeijingTime.Minute(earlier)),
            (step.Trigger, step.Facts["noticed-before"], step.Facts["noticed"]));
        var page = await (await room.As(await room.Desk())).Get($"/console/hot-topics/{id}");
        Assert.Contains("原发现时间：" + BeijingTime.Minute(before.NoticedAt), page.Text, StringComparison.Ordinal);

        // The same place again is said, not dropped; a place without a word is none.
        Assert.Equal(422, (int)(await room.Join(id)).Status);
        Assert.Equal(422, (int)(await room.Join(id, ("Reference", ""), ("Note", ""))).Status);
        // Kinds that the platform finds are not chosen by hand.
        Assert.Equal(302, (int)(await room.Join(id, ("Source", "Letters"), ("Reference", "来信数件"))).Status);
        Assert.Equal("Hand", (await room.Steps(id))[^1].Facts["source"]);
    }

    [Fact]
    public async Task A_source_added_by_mistake_is_retracted_and_the_clock_returns()
    {
        var id = await room.Open();
        var before = await room.Find(id);
        Assert.Equal(422, (int)(await room.Retract(id, first: true, "登记有误。")).Status);
        Assert.Equal(302, (int)(await room.Join(id, ("NoticedAt", TopicRoom.Typed(before.NoticedAt.AddDays(-300))), ("Sure", "true"))).Status);
        Assert.Equal(422, (int)(await room.Retract(id, first: true, "")).Status);
        Assert.Equal(302, (int)(await room.Retract(id, first: true, "年份填错。")).Status);
        var after = await room.Find(id);
        Assert.Equal((before.NoticedAt, before.StatementDueAt), (after.NoticedAt, after.StatementDueAt));
        var step = (await room.Steps(id))[^1];
        Assert.Equal(
            (TopicTrigger.Retract, "年份填错。", BeijingTime.Minute(before.NoticedAt)), (step.Trigger, step.Note, step.Facts["noticed"]));

        // It stays in the file, and the same place can be entered with its right time.
        var page = await (await room.As(await room.Desk())).Get($"/console/hot-topics/{id}");
        Assert.Contains("已撤销，不作为起算依据", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await room.Join(id)).Status);
    }
}
