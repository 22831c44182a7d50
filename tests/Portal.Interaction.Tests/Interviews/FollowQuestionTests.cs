using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Interviews;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>What became of a question: by number and code, up to the letter that answers it.</summary>
public sealed class FollowQuestionTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task The_asker_sees_each_state_and_why()
    {
        var key = (await studio.Find(await studio.Driven(InterviewState.CollectingQuestions))).Key;
        var editor = await studio.Editor();
        var browser = studio.Visitor(Studio.SiteKey);
        var (first, second, third) = (Studio.Receipt(await studio.Ask(browser, key)), Studio.Receipt(await studio.Ask(browser, key)), Studio.Receipt(await studio.Ask(browser, key)));
        Assert.Contains("正在筛选", (await Studio.Follow(browser, first.Number, first.Code)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await studio.Moderate(editor, first.Number, "Select")).Status);
        Assert.Contains("已经选用", (await Studio.Follow(browser, first.Number, first.Code)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await studio.Moderate(editor, second.Number, "Merge", ("Into", first.Number))).Status);
        Assert.Contains("合并后的问题：已选用", (await Studio.Follow(browser, second.Number, second.Code)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await studio.Moderate(editor, third.Number, "Reject", ("Reason", "PersonalMatter"))).Status);
        Assert.Contains("涉及您个人的具体事项", (await Studio.Follow(browser, third.Number, third.Code)).Text, StringComparison.Ordinal);
    }

    // G-38: what was left open is answered within five working days, and the code goes on working.
    [Fact]
    public async Task What_is_left_open_becomes_a_letter_that_the_same_code_opens()
    {
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var interview = await studio.Find(id);
        var editor = await studio.Editor();
        var browser = studio.Visitor(Studio.SiteKey);
        var wants = Studio.Receipt(await studio.Ask(browser, interview.Key, ("Name", ""), ("Phone", "13700002222")));
        var silent = Studio.Receipt(await studio.Ask(browser, interview.Key, ("WantsAnswer", "")));
        var same = Studio.Receipt(await studio.Ask(browser, interview.Key));
        await studio.Moderate(editor, same.Number, "Merge", ("Into", wants.Number));
        await studio.Take(id, InterviewTrigger.Start);
        await studio.Say(id, "host", "访谈开始。");
        await studio.Take(id, InterviewTrigger.End);
        Assert.Equal(409, (int)(await studio.Step(editor, id, InterviewTrigger.SubmitTranscript)).Status);
        Assert.Equal(422, (int)(await studio.Step(editor, id, InterviewTrigger.HandOver, ("MailboxId", Guid.CreateVersion7().ToString()))).Status);
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.HandOver)).Status);

        var question = await studio.Question(wants.Number);
        Assert.Equal(QuestionState.AnsweredLater, question.State);
        var letter = await studio.Read(db => db.Letters.AsNoTracking().SingleAsync(row => row.Number == question.LetterNumber));
        Assert.Equal((LetterKind.Inquiry, LetterChannel.Interview, interview.SiteId), (letter.Kind, letter.Channel, letter.SiteId));
        Assert.Equal(studio.Calendar.AddWorkdays(BeijingTime.Date((await studio.Find(id)).EndedAt!.Value), InterviewLimit.Of(studio.Today).Answer), letter.DueOn);

        var followed = await Studio.Follow(browser, wants.Number, wants.Code);
        Assert.Contains(letter.Number, followed.Text, StringComparison.Ordinal);
        var opened = await browser.Post("/letters/follow", new() { ["Number"] = letter.Number, ["Code"] = wants.Code });
        Assert.Equal(200, (int)opened.Status);
        Assert.Contains("访谈未答问题", opened.Text, StringComparison.Ordinal);
        // It says where the letter comes from, and nothing that the asker never said.
        Assert.Contains($"访谈提问{wants.Number}转为来信", opened.Text, StringComparison.Ordinal);
        Assert.Contains("提问时没有问过您是否同意公开", opened.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("您不同意公开", opened.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("工作人员登记来信", opened.Text, StringComparison.Ordinal);
        var office = await studio.As(await studio.Of(Role.LetterOfficer, Studio.SiteKey));
        var desk = await office.Get($"/console/letters/{letter.Id}");
        Assert.Contains("没有征求过来信人的意见", desk.Text, StringComparison.Ordinal);
        Assert.Contains($"由访谈提问{wants.Number}转来", desk.Text, StringComparison.Ordinal);

        Assert.Equal((QuestionState.AnsweredLater, null), await studio.Question(silent.Number) is var quiet ? (quiet.State, quiet.LetterNumber) : default);
        Assert.NotNull((await studio.Question(same.Number)).LetterNumber);
        Assert.Equal(409, (int)(await studio.Step(editor, id, InterviewTrigger.HandOver)).Status);
        Assert.Equal(302, (int)(await studio.Step(editor, id, InterviewTrigger.SubmitTranscript)).Status);
    }

    [Fact]
    public async Task Wrong_codes_get_one_answer_and_then_none_but_the_right_one_opens()
    {
        var key = (await studio.Find(await studio.Driven(InterviewState.CollectingQuestions))).Key;
        var browser = studio.Visitor(Studio.SiteKey);
        var (number, code) = Studio.Receipt(await studio.Ask(browser, key));
        var unknown = await Studio.Follow(browser, "TW2026-9999999-9", code);
        // On another site the number is nobody's.
        Assert.Equal(422, (int)(await Studio.Follow(studio.Visitor("jyt"), number, code)).Status);
        List<Answer> wrong = [];
        for (var i = 0; i < 22; i++)
        {
            wrong.Add(await Studio.Follow(browser, number, "AAAAA-AAAAA-AAAAA-AAAAA"));
        }

        Assert.Equal((422, 422, 429), ((int)unknown.Status, (int)wrong[0].Status, (int)wrong[^1].Status));
        Assert.Equal(unknown.Errors, wrong[0].Errors);
        Assert.Equal(200, (int)(await Studio.Follow(browser, number, code)).Status);
    }
}

/// <summary>The end of retention.</summary>
public sealed class EraseQuestionsTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task Years_after_the_interview_nobody_can_read_who_asked_and_what_was_public_stays()
    {
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var browser = studio.Visitor(Studio.SiteKey);
        var (number, code) = Studio.Receipt(await studio.Ask(browser, (await studio.Find(id)).Key));
        await studio.Moderate(await studio.Editor(), number, "Select");
        foreach (var trigger in new[] { InterviewTrigger.Start, InterviewTrigger.End })
        {
            await studio.Take(id, trigger);
        }

        Assert.Equal(0, await Erase());
        studio.Clock.Advance(TimeSpan.FromDays(3 * 366));
        Assert.Equal(1, await Erase());
        Assert.Equal(0, await Erase());
        var question = await studio.Question(number);
        Assert.Equal((null, "助餐点什么时候能送餐上门？"), (question.SealedKey, question.PublicText));
        Assert.Contains("内容已按期限删除", (await Studio.Follow(studio.Visitor(Studio.SiteKey), number, code)).Text, StringComparison.Ordinal);

        Task<int> Erase() => studio.Use<Portal.Interaction.Interviews.EraseQuestions.EraseQuestions, int>(
            erase => erase.RunAsync(CancellationToken.None));
    }
}
