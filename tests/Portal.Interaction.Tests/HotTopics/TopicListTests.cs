using System.IO.Compression;
using System.Text;
using Portal.Interaction.HotTopics;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.HotTopics;

/// <summary>The register: what is whose, hours left, late first, the workbook.</summary>
public sealed class TopicListTests(TopicRoom room) : IClassFixture<TopicRoom>
{
    [Fact]
    public async Task Everybody_finds_what_is_theirs_to_do_and_late_is_worked_out_by_the_wall_clock()
    {
        var fresh = await Number(TopicState.Registered);
        var handled = await Number(TopicState.Handling);
        var grave = await Number(TopicState.Assigned, TopicSeverity.Gravest);
        var done = await Number(TopicState.Responded);
        var (desk, unit) = (await room.Desk(), await room.Unit());
        await Holds(desk, "ToAssess", [fresh], [handled, grave, done]);
        await Holds(desk, "ToEvaluate", [done], [fresh, handled]);
        await Holds(unit, "ToHandle", [handled, grave], [fresh, done]);
        await Holds(unit, "All", [handled, grave, done], [fresh]);
        await Holds(await room.Outsider(), "All", [], [fresh, handled, grave, done]);
        await Holds(desk, "Soon", [], [fresh, handled, grave]);
        Assert.Equal(403, (int)(await (await room.As(await room.Data.Staff(Role.Author, TopicRoom.SiteKey))).Get("/console/hot-topics")).Status);
        Assert.Contains("还剩 4 小时", (await (await room.As(desk)).Get("/console/hot-topics?q=" + grave)).Text, StringComparison.Ordinal);

        room.Clock.Advance(TimeSpan.FromHours(3.5));
        await Holds(desk, "Soon", [grave], [fresh, handled]);
        Assert.Contains("舆情回应：即将超时", (await (await room.As(unit)).Get("/console")).Text, StringComparison.Ordinal);
        room.Clock.Advance(TimeSpan.FromHours(2));
        await Holds(desk, "Late", [grave], [fresh, handled, done]);
        room.Clock.Advance(TimeSpan.FromHours(43));
        await Holds(desk, "Late", [grave, fresh, handled], [done]);
        var open = (await (await room.As(desk)).Get("/console/hot-topics")).Text;
        Assert.True(open.IndexOf(grave, StringComparison.Ordinal) < open.IndexOf(fresh, StringComparison.Ordinal));
        // What owes nothing more stands last, however long ago it did.
        Assert.True(open.IndexOf(fresh, StringComparison.Ordinal) < open.IndexOf(done, StringComparison.Ordinal));
        Assert.Contains("舆情回应：已超时", (await (await room.As(desk)).Get("/console")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_register_is_taken_away_as_a_workbook_on_the_record()
    {
        var number = await Number(TopicState.Assigned);
        var browser = await room.As(await room.Desk());
        var file = await browser.Post("/console/hot-topics/export", new() { ["set"] = "All", ["q"] = number }, "/console/account/password");
        Assert.Equal(200, (int)file.Status);
        using var archive = new ZipArchive(new MemoryStream(file.Bytes));
        var sheet = archive.Entries.Single(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal));
        using var reader = new StreamReader(sheet.Open(), Encoding.UTF8);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains(number, text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("<x:row").Length - 1);
    }

    private async Task<string> Number(TopicState state, TopicSeverity severity = TopicSeverity.Other) =>
        (await room.Find(await room.Driven(state, severity))).Number;

    private async Task Holds(Person person, string set, string[] here, string[] notHere)
    {
        var page = await (await room.As(person)).Get("/console/hot-topics?set=" + set);
        Assert.Equal(200, (int)page.Status);
        Assert.All(here, number => Assert.Contains(number, page.Text, StringComparison.Ordinal));
        Assert.All(notHere, number => Assert.DoesNotContain(number, page.Text, StringComparison.Ordinal));
    }
}

/// <summary>How often lists and pages ask the database.</summary>
public sealed class TopicRoundTripTests(TopicRoom room) : IClassFixture<TopicRoom>
{
    [Fact]
    public async Task Lists_and_pages_ask_as_many_questions_for_many_topics_as_for_few()
    {
        var few = await room.Driven(TopicState.Responded);
        var browser = await room.As(await room.Desk());
        var visitor = room.Visitor(TopicRoom.SiteKey);
        (Browser Who, string Path)[] pages =
        [
            (browser, "/console/hot-topics?set=All"), (browser, "/console/hot-topics"), (browser, $"/console/hot-topics/{few}"),
            (visitor, "/responses?q=%E4%BE%9B%E6%B0%B4"), (visitor, "/responses?kind=Response"),
        ];
        foreach (var (who, path) in pages)
        {
            await who.Get(path);
        }

        List<int> before = [];
        foreach (var (who, path) in pages)
        {
            before.Add(await Queries(who, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "cursor=1"));
        }

        foreach (var _ in Enumerable.Range(0, 4))
        {
            await room.Driven(TopicState.Responded);
        }

        foreach (var ((who, path), count) in pages.Zip(before))
        {
            Assert.Equal(count, await Queries(who, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "cursor=2"));
        }

        Assert.All(before, count => Assert.InRange(count, 1, 18));
    }

    private static async Task<int> Queries(Browser browser, string path)
    {
        using var count = PortalHost.CountQueries();
        Assert.Equal(200, (int)(await browser.Get(path)).Status);
        return count.Count;
    }
}
