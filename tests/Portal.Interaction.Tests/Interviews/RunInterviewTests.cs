using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Interviews;
using Portal.Shared.Submissions;
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
        Assert.Equal(302, (int)(await Say(desk, id, "guest-2", "每餐加收一元。", ("Replaces", "3"), ("Seen", "每餐加收两元。"))).Status);
        Assert.Equal(422, (int)(await Say(desk, id, "guest-2", "没有这一条", ("Replaces", "99"))).Status);

        var page = await visitor.Get($"/interviews/{interview.Key}/live");
        Assert.Equal(["先看第一个问题。", "送餐上门怎么收费？", "每餐加收一元。"], page.Document.QuerySelectorAll(".p-said__text").Select(node => node.TextContent.Trim()).Where(text => text.Length > 0));
        Assert.DoesNotContain("两元", page.Text, StringComparison.Ordinal);
        Assert.Contains("已更正", page.Document.QuerySelector("#line-3")!.TextContent, StringComparison.Ordinal);
        // Who counts the lines at the desk misses none.
        Assert.Equal(302, (int)(await Say(desk, id, "host", "下一个问题。")).Status);
        var stage = await desk.Get($"/console/interviews/{id}/live");
        Assert.Equal(["4", "3", "2", "1"], stage.Document.QuerySelectorAll(".c-said__who > small:first-child").Select(number => number.TextContent));
        var lines = (await desk.Get($"/console/interviews/{id}")).Document.QuerySelectorAll("dt").Single(term => term.TextContent == "已记录发言");
        Assert.Equal("4", lines.NextElementSibling!.TextContent);
        // What was said first is still in the record.
        Assert.Equal(5, await studio.Read(db => db.InterviewUtterances.CountAsync(row => row.InterviewId == id)));
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
        var spaced = await Say(desk, id, "host", "另一位是139 1234 5678。");
        Assert.Contains("已用星号代替", (await desk.Get(spaced.Location!)).Document.QuerySelector("#stage [role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("5678", (await studio.Visitor(Studio.SiteKey).Get($"/interviews/{(await studio.Find(id)).Key}/live")).Text, StringComparison.Ordinal);
    }

    // Nobody's numbers, as a scribe may type what is read out.
    [Theory]
    [InlineData("我的电话是138 0000 4321，请回电。", "我的电话是***，请回电。")]
    [InlineData("电话138-0000-4321或者139 1234 5678。", "电话***或者***。")]
    [InlineData("电话１３８００００４３２１。", "电话***。")]
    [InlineData("电话１３８－００００－４３２１。", "电话***。")]
    [InlineData("打138 00004321就行", "打***就行")]
    [InlineData("打1380000 4321就行", "打***就行")]
    [InlineData("打138 000 04321就行", "打***就行")]
    [InlineData("打138 00 00 43 21就行", "打***就行")]
    [InlineData("1 3 8 0 0 0 0 4 3 2 1", "***")]
    [InlineData("+86 138-0000-4321", "***")]
    [InlineData("2026年11月23日 138 0000 4321", "2026年11月23日 ***")]
    [InlineData("幺三八零零零零四三二一，记下了", "***，记下了")]
    [InlineData("身份证990102 19900101 1237", "身份证***")]
    [InlineData("身份证990102199001011237", "身份证***")]
    [InlineData("卡号6222 0200 0000 0000 000", "卡号***")]
    public void A_number_of_a_person_goes_not_on_air_however_it_is_written(string typed, string said) =>
        Assert.Equal(said, Masking.ForPublic(typed));

    [Theory]
    [InlineData("从2026-11-23到2026-12-25，每天9:00-11:30、15:00-17:30办理。")]
    [InlineData("2023 2024 2025 2026四个年度，分别投入1350 1420 1500 1860万元。")]
    [InlineData("全年补助15000 200000 135000元三档。")]
    [InlineData("总投资1 350 000 000元，受益13800人。")]
    [InlineData("按照云政办发〔2026〕138号、GB/T 37668-2019执行。")]
    [InlineData("项目代码2026-530102-48-01-138123，索引号11530000-2026-00138。")]
    [InlineData("信件编号LX2026-0000138-2，受理号139-2026-11。")]
    [InlineData("服务热线12345、400-800-1234，座机0990-5550416。")]
    [InlineData("一九九八年至二〇二六年，人口由十三万八千增加到一十五万。")]
    [InlineData("１５％的比例，２０２６年１１月２３日公布。")]
    public void Dates_sums_and_numbers_of_papers_go_on_air(string typed) =>
        Assert.Equal(typed, Masking.ForPublic(typed));

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

    [Fact]
    public async Task A_line_that_another_has_corrected_is_shown_before_it_is_corrected_again()
    {
        var id = await studio.Driven(InterviewState.Live);
        var desk = await studio.As(await studio.Editor());
        await Say(desk, id, "host", "施工到十点。");
        (string, string)[] old = [("Replaces", "1"), ("Seen", "施工到十点。")];
        Assert.Equal(302, (int)(await Say(desk, id, "host", "施工到八点。", old)).Status);
        var late = await Say(desk, id, "host", "施工到七点。", old);
        Assert.Equal(409, (int)late.Status);
        Assert.Contains(late.Errors, error => error.Contains("施工到八点。", StringComparison.Ordinal));
        Assert.Equal("施工到七点。", late.Document.QuerySelector("textarea[name=Text]")!.TextContent.Trim());
        // Sent again it is meant.
        Assert.Equal("施工到八点。", late.Document.QuerySelector("input[name=Seen]")!.GetAttribute("value"));
        Assert.Equal(302, (int)(await Say(desk, id, "host", "施工到七点。", ("Replaces", "1"), ("Seen", "施工到八点。"))).Status);
    }

    [Fact]
    public async Task A_used_form_with_other_words_is_told_so_and_can_be_sent_as_another_line()
    {
        var id = await studio.Driven(InterviewState.Live);
        var desk = await studio.As(await studio.Editor());
        (string, string) form = ("FormId", Guid.CreateVersion7().ToString("N"));
        Assert.Equal(302, (int)(await Say(desk, id, "host", "第一句。", form)).Status);
        Assert.Equal(302, (int)(await Say(desk, id, "host", "第一句。", form)).Status);
        var again = await Say(desk, id, "host", "第二句。", form);
        Assert.Equal(409, (int)again.Status);
        Assert.Contains("第二句。", again.Text, StringComparison.Ordinal);
        var fresh = again.Document.QuerySelector("input[name=FormId]")!.GetAttribute("value")!;
        Assert.Equal(302, (int)(await Say(desk, id, "host", "第二句。", ("FormId", fresh))).Status);
        Assert.Equal(2, await studio.Read(db => db.InterviewUtterances.CountAsync(row => row.InterviewId == id)));
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
