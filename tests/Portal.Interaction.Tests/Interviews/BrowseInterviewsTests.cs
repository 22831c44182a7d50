using Ical.Net;
using Portal.Interaction.Interviews;
using Portal.Testing;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>What the public finds: lists, the archive by words and year, the calendar entry.</summary>
public sealed class BrowseInterviewsTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task The_list_shows_what_is_on_air_what_is_ahead_and_what_was_and_nothing_secret()
    {
        var (secret, ahead, live, over) = (
            await Topic(InterviewState.Planned, "秘密筹备的访谈"), await Topic(InterviewState.CollectingQuestions, "冬季供暖准备"),
            await Topic(InterviewState.Live, "正在谈的公交线路"), await Topic(InterviewState.Published, "已经谈过的学位安排"));
        var page = await studio.Visitor(Studio.SiteKey).Get("/interviews");
        Assert.Equal(200, (int)page.Status);
        Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
        Assert.Contains(live, page.Document.QuerySelector("section[aria-labelledby=live-now]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(ahead, page.Document.QuerySelector("section[aria-labelledby=ahead]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(over, page.Document.QuerySelector("section[aria-labelledby=archive]")!.TextContent, StringComparison.Ordinal);

        var found = await studio.Visitor(Studio.SiteKey).Get("/interviews?q=" + Uri.EscapeDataString("学位安排"));
        Assert.Contains(over, found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ahead, found.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("没有访谈", (await studio.Visitor(Studio.SiteKey).Get("/interviews?q=" + Uri.EscapeDataString("不存在的词"))).Text, StringComparison.Ordinal);
        Assert.Contains(over, (await studio.Visitor(Studio.SiteKey).Get("/interviews?year=2026")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(over, (await studio.Visitor(Studio.SiteKey).Get("/interviews?year=2025")).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(over, (await studio.Visitor("jyt").Get("/interviews")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_entry_keeps_its_uid_counts_postponements_and_is_cancelled()
    {
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var address = $"/interviews/{(await studio.Find(id)).Key}.ics";
        var visitor = studio.Visitor(Studio.SiteKey);
        var answer = await visitor.Get(address);
        Assert.Equal("text/calendar", answer.ContentHeaders.ContentType!.MediaType);
        var first = Assert.Single(Calendar.Load(answer.Text)!.Events);
        await studio.Take(id, InterviewTrigger.Postpone);
        var second = Assert.Single(Calendar.Load((await visitor.Get(address)).Text)!.Events);
        Assert.Equal((first.Uid, 0, 1), (second.Uid, first.Sequence, second.Sequence));
        Assert.True(second.Start!.AsUtc > first.Start!.AsUtc);
        await studio.Take(id, InterviewTrigger.Cancel);
        var third = Assert.Single(Calendar.Load((await visitor.Get(address)).Text)!.Events);
        Assert.Equal((first.Uid, 2, "CANCELLED"), (third.Uid, third.Sequence, third.Status));
        Assert.Equal(404, (int)(await visitor.Get($"/interviews/{(await studio.Plan()).Key}.ics")).Status);
    }

    [Fact]
    public async Task The_live_page_works_without_a_script_and_can_be_kept_still()
    {
        var id = await studio.Driven(InterviewState.Live);
        var key = (await studio.Find(id)).Key;
        await studio.Say(id, "guest-2", "助餐点每天中午供应两荤两素。");
        var page = await studio.Visitor(Studio.SiteKey).Get($"/interviews/{key}/live");
        Assert.Contains("两荤两素", page.Text, StringComparison.Ordinal);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\" content=\"15\" /></noscript>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", (await studio.Visitor(Studio.SiteKey).Get($"/interviews/{key}/live?refresh=off")).Text, StringComparison.Ordinal);
        await studio.Say(id, "host", "谢谢介绍。");
        Assert.Contains("谢谢介绍。", (await studio.Visitor(Studio.SiteKey).Get($"/interviews/{key}/live")).Text, StringComparison.Ordinal);
        await studio.Take(id, InterviewTrigger.End);
        Assert.Equal($"/interviews/{key}", (await studio.Visitor(Studio.SiteKey).Get($"/interviews/{key}/live")).Location);
    }

    private async Task<string> Topic(InterviewState state, string topic)
    {
        await studio.Driven(state, interview => interview.Topic = topic);
        return topic;
    }
}

/// <summary>How many statements the pages of interviews send, however long they are.</summary>
public sealed class InterviewRoundTripTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task Lists_and_pages_send_as_many_statements_for_many_rows_as_for_few()
    {
        var editor = await studio.Editor();
        var desk = await studio.As(editor);
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var key = (await studio.Find(id)).Key;
        var visitor = studio.Visitor(Studio.SiteKey);
        await studio.Ask(visitor, key);
        var before = await Counts();
        for (var i = 0; i < 5; i++)
        {
            await studio.Driven(InterviewState.CollectingQuestions);
            await studio.Ask(visitor, key);
        }

        Assert.Equal(before, await Counts());

        async Task<List<int>> Counts()
        {
            List<int> counts = [];
            foreach (var (browser, path) in new[]
            {
                (desk, "/console/interviews"), (desk, $"/console/interviews/{id}/questions"), (visitor, "/interviews"), (visitor, "/interviews/" + key),
            })
            {
                // A session that was quiet for a while writes that down once.
                await browser.Get(path);
                await studio.Refresh();
                using var count = PortalHost.CountQueries();
                Assert.Equal(200, (int)(await browser.Get(path)).Status);
                counts.Add(count.Count);
            }

            return counts;
        }
    }
}
