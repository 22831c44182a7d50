using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Interviews;
using Portal.Testing;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>The transcript: only ever added to, counted without gaps, said once however often it is sent.</summary>
public sealed class RunInterviewTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task Lines_of_two_scribes_at_once_are_counted_without_gaps()
    {
        var id = await studio.Driven(InterviewState.Live);
        await Task.WhenAll(Enumerable.Range(1, 24).Select(number =>
            studio.Say(id, number % 2 == 0 ? "guest-1" : "guest-2", "第" + number.ToString(CultureInfo.InvariantCulture) + "句。")));
        var (lines, signals) = (
            await studio.Read(db => db.InterviewUtterances.Where(row => row.InterviewId == id).OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync()),
            await studio.Read(db => db.InterviewSignals.Where(row => row.InterviewId == id).OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync()));
        Assert.Equal(Enumerable.Range(1, 24), lines);
        Assert.Equal(Enumerable.Range(1, signals.Count).Select(number => (long)number), signals);
    }

    [Fact]
    public async Task The_scribe_writes_corrects_and_reads_questions_out_without_a_script()
    {
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var interview = await studio.Find(id);
        var visitor = studio.Visitor(Studio.SiteKey);
        var (number, _) = Studio.Receipt(await studio.Ask(visitor, interview.Key));
        var editor = await studio.Editor();
        await studio.Moderate(editor, number, "Select", ("Text", "送餐上门怎么收费？"));
        await studio.Take(id, InterviewTrigger.Start);

        var desk = await studio.As(editor);
        Assert.Equal(422, (int)(await Say(desk, id, "nobody", "没有这个人")).Status);
        Assert.Equal(422, (int)(await Say(desk, id, "host", "")).Status);
        Assert.Equal(422, (int)(await Say(desk, id, "host", new string('长', 5000))).Status);
        Assert.Equal(302, (int)(await Say(desk, id, "host", "先看第一个问题。")).Status);
        Assert.Equal(302, (int)(await Say(desk, id, "question", "", ("QuestionId", (await studio.Question(number)).Id.ToString()))).Status);
        Assert.Equal(QuestionState.Answered, (await studio.Question(number)).State);
        Assert.Equal(302, (int)(await Say(desk, id, "guest-2", "每餐加收两元。")).Status);
        Assert.Equal(302, (int)(await Say(desk, id, "guest-2", "每餐加收一元。", ("Replaces", "3"))).Status);
        Assert.Equal(422, (int)(await Say(desk, id, "guest-2", "没有这一条", ("Replaces", "99"))).Status);

        var page = await visitor.Get($"/interviews/{interview.Key}/live");
        Assert.Equal(["先看第一个问题。", "送餐上门怎么收费？", "每餐加收一元。"], page.Document.QuerySelectorAll(".p-said__text").Select(node => node.TextContent.Trim()).Where(text => text.Length > 0));
        Assert.DoesNotContain("两元", page.Text, StringComparison.Ordinal);
        Assert.Contains("已更正", page.Document.QuerySelector("#line-3")!.TextContent, StringComparison.Ordinal);
        // What was said first is still in the record.
        Assert.Equal(4, await studio.Read(db => db.InterviewUtterances.CountAsync(row => row.InterviewId == id)));
    }

    [Fact]
    public async Task The_scribe_is_told_that_a_number_was_hidden()
    {
        var id = await studio.Driven(InterviewState.Live);
        var desk = await studio.As(await studio.Editor());
        var plain = await Say(desk, id, "host", "服务热线是12345，电话0990-5550416。");
        Assert.DoesNotContain("hidden", plain.Location, StringComparison.Ordinal);
        var said = await Say(desk, id, "host", "请这位网友留意13912345678的来电。");
        Assert.Equal(302, (int)said.Status);
        Assert.Contains("已用星号代替", (await desk.Get(said.Location!)).Document.QuerySelector("#stage [role=status]")!.TextContent, StringComparison.Ordinal);
        var words = await studio.Read(db => db.InterviewUtterances.Where(row => row.InterviewId == id).OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync());
        Assert.Equal(["服务热线是12345，电话0990-5550416。", "请这位网友留意***的来电。"], words);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_says_it_once_and_a_closed_interview_takes_nothing()
    {
        var id = await studio.Driven(InterviewState.Live);
        var desk = await studio.As(await studio.Editor());
        var form = Guid.CreateVersion7().ToString("N");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Say(desk, id, "host", "只说一次。", ("FormId", form))));
        Assert.Equal(1, await studio.Read(db => db.InterviewUtterances.CountAsync(row => row.InterviewId == id)));
        Assert.Equal(1, (await studio.Find(id)).LastUtterance);

        var published = await studio.Driven(InterviewState.Published);
        Assert.Equal(409, (int)(await Say(desk, published, "host", "太晚了。")).Status);
        Assert.Equal(404, (int)(await Say(await studio.As(await studio.Outsider()), id, "host", "不是我的。")).Status);
    }

    private static async Task<Answer> Say(Browser desk, Guid id, string speaker, string text, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> form = new()
        {
            ["_token"] = (await desk.Get("/console/account/password")).Token!,
            ["FormId"] = Guid.CreateVersion7().ToString("N"),
            ["Speaker"] = speaker,
            ["Text"] = text,
        };
        foreach (var (name, value) in more)
        {
            form[name] = value;
        }

        return await desk.PostRaw($"/console/interviews/{id}/utterances", form);
    }
}
