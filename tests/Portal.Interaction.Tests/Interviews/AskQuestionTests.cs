using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Interviews;
using Portal.Testing;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>Questions of the public: taken without an account, sealed, once each, never lost to a flood.</summary>
public sealed class AskQuestionTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task A_question_is_taken_without_an_account_and_its_code_shown_once()
    {
        var key = await Key();
        var browser = studio.Visitor(Studio.SiteKey);
        var answer = await studio.Ask(browser, key, ("Phone", "13800004321"), ("Text", "请问身份证" + Studio.IdNumber + "的老人怎么申请助餐？"));
        Assert.Equal(200, (int)answer.Status);
        var (number, code) = Studio.Receipt(answer);
        Assert.StartsWith("TW2026-", number, StringComparison.Ordinal);
        var question = await studio.Question(number);
        Assert.Equal((QuestionState.Pending, true, null), (question.State, question.WantsAnswer, question.Suspicion));
        Assert.Equal("", question.PublicText);
        Assert.DoesNotContain(code, question.CodeHash, StringComparison.Ordinal);
        Assert.DoesNotContain(Studio.IdNumber, System.Text.Encoding.UTF8.GetString(question.Sealed), StringComparison.Ordinal);
        // Nothing of it is public, and staff see the number masked.
        Assert.DoesNotContain("怎么申请助餐", (await studio.Visitor(Studio.SiteKey).Get("/interviews/" + key)).Text, StringComparison.Ordinal);
        var queue = await (await studio.As(await studio.Editor())).Get($"/console/interviews/{question.InterviewId}/questions");
        Assert.Contains("怎么申请助餐", queue.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Studio.IdNumber, queue.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13800004321", queue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_twice_it_is_one_question_with_one_receipt()
    {
        var key = await Key();
        var browser = studio.Visitor(Studio.SiteKey);
        var form = await studio.OpenForm(browser, key);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.PostRaw($"/interviews/{key}/questions/new", form)));
        Assert.Single(answers.Select(Studio.Receipt).Distinct());
    }

    [Fact]
    public async Task Another_question_in_a_used_form_is_not_taken_for_sent_and_goes_with_the_form_that_comes_back()
    {
        var key = await Key();
        var browser = studio.Visitor(Studio.SiteKey);
        var form = await studio.OpenForm(browser, key);
        var first = Studio.Receipt(await browser.PostRaw($"/interviews/{key}/questions/new", form));
        form["Text"] = "换一个问题：助餐点周末开不开？";

        var again = await browser.PostRaw($"/interviews/{key}/questions/new", form);

        Assert.Equal(422, (int)again.Status);
        Assert.Contains(first.Number, Assert.Single(again.Errors), StringComparison.Ordinal);
        Assert.Equal(form["Text"], again.Document.QuerySelector("textarea[name=Text]")!.TextContent.Trim());
        form["FormToken"] = again.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        Assert.NotEqual(first.Number, Studio.Receipt(await browser.PostRaw($"/interviews/{key}/questions/new", form)).Number);
    }

    [Fact]
    public async Task Every_fault_stands_at_its_field_and_what_was_typed_stays()
    {
        var key = await Key();
        var browser = studio.Visitor(Studio.SiteKey);
        var wrong = await studio.Ask(browser, key, ("Text", "太短"), ("Phone", "不是电话"), ("Name", new string('长', 30)));
        Assert.Equal(422, (int)wrong.Status);
        Assert.Equal(3, wrong.Errors.Count);
        Assert.Equal("太短", wrong.Document.QuerySelector("textarea[name=Text]")!.TextContent.Trim());
        Assert.StartsWith("错误：", wrong.Document.Title, StringComparison.Ordinal);
        var tooLong = await studio.Ask(browser, key, ("Text", new string('问', 5000)));
        Assert.Equal(422, (int)tooLong.Status);
        Assert.Contains("不超过200字", Assert.Single(tooLong.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_key_an_old_token_and_a_closed_interview_get_clear_answers()
    {
        var key = await Key();
        var browser = studio.Visitor(Studio.SiteKey);
        var form = await studio.OpenForm(browser, key);
        Assert.Equal(404, (int)(await browser.PostRaw("/interviews/no-such-talk/questions/new", form)).Status);
        Assert.Equal(404, (int)(await browser.Get("/interviews/no-such-talk/questions/new")).Status);
        Assert.Equal(404, (int)(await studio.Visitor("jyt").Get($"/interviews/{key}/questions/new")).Status);
        form["FormToken"] = form["FormToken"][..^4] + "AAAA";
        var forged = await browser.PostRaw($"/interviews/{key}/questions/new", form);
        Assert.Equal(422, (int)forged.Status);
        Assert.Contains("重新提交", Assert.Single(forged.Errors), StringComparison.Ordinal);

        var closed = await studio.Driven(InterviewState.CollectingQuestions);
        var interview = await studio.Find(closed);
        var open = await studio.OpenForm(browser, interview.Key);
        await studio.Take(closed, InterviewTrigger.CloseQuestions);
        var refused = await browser.PostRaw($"/interviews/{interview.Key}/questions/new", open);
        Assert.Equal(409, (int)refused.Status);
        // What was written is not lost to its writer.
        Assert.Contains(open["Text"], refused.Text, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await browser.Get($"/interviews/{(await studio.Plan()).Key}/questions/new")).Status);
    }

    [Fact]
    public async Task One_phone_asks_so_often_and_what_is_odd_is_marked_not_refused()
    {
        var key = await Key();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (int)(await studio.Ask(studio.Visitor(Studio.SiteKey), key, ("Phone", "13900001111"))).Status);
        }

        var fourth = await studio.Ask(studio.Visitor(Studio.SiteKey), key, ("Phone", "139 0000 1111".Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(422, (int)fourth.Status);
        Assert.Contains("最多提3个", Assert.Single(fourth.Errors), StringComparison.Ordinal);
        // Nobody is known without a phone: the fourth from one place is taken with a mark.
        var anonymous = await studio.Ask(studio.Visitor(Studio.SiteKey), key, ("Website", "http://spam.example"));
        var marks = (await studio.Question(Studio.Receipt(anonymous).Number)).Suspicion;
        Assert.Equal("honeypot many", marks);
    }

    private async Task<string> Key() => (await studio.Find(await studio.Driven(InterviewState.CollectingQuestions))).Key;
}

/// <summary>When more come at once than a network is allowed: in a host of its own, since all tests share an address.</summary>
public sealed class AskQuestionFloodTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task Whoever_comes_in_a_flood_gets_a_turn_and_keeps_what_was_written()
    {
        var key = (await studio.Find(await studio.Driven(InterviewState.CollectingQuestions))).Key;
        var browser = studio.Visitor(Studio.SiteKey);
        Answer answer;
        Dictionary<string, string> form;
        var taken = 0;
        do
        {
            form = await studio.OpenForm(browser, key);
            answer = await browser.PostRaw($"/interviews/{key}/questions/new", form);
        }
        while ((int)answer.Status == 200 && ++taken < 200);

        Assert.InRange(taken, 59, 61);
        Assert.Equal(429, (int)answer.Status);
        Assert.NotNull(answer.Header("Retry-After"));
        Assert.Equal(form["Text"], answer.Document.QuerySelector("textarea[name=Text]")!.TextContent.Trim());
        form["Turn"] = answer.Document.QuerySelector("input[name=Turn]")!.GetAttribute("value")!;
        Assert.Equal(429, (int)(await browser.PostRaw($"/interviews/{key}/questions/new", form)).Status);
        studio.Clock.Advance(TimeSpan.FromHours(2));
        var later = await browser.PostRaw($"/interviews/{key}/questions/new", form);
        Assert.Equal(200, (int)later.Status);
        Assert.Equal(taken + 1, await studio.Read(db => db.InterviewQuestions.CountAsync()));
    }
}
