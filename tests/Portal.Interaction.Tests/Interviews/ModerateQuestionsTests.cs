using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Interviews;
using Portal.Shared.Actors;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>The queue of questions: what staff may do to each, and what the public sees of it.</summary>
public sealed class ModerateQuestionsTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task Every_state_times_trigger_does_what_the_table_says()
    {
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var key = (await studio.Find(id)).Key;
        var (editor, outsider) = (await studio.Editor(), await studio.Outsider());
        var browser = studio.Visitor(Studio.SiteKey);
        var target = Studio.Receipt(await studio.Ask(browser, key)).Number;
        foreach (var state in Enum.GetValues<QuestionState>())
        {
            foreach (var trigger in Enum.GetValues<QuestionTrigger>())
            {
                var number = Studio.Receipt(await studio.Ask(browser, key)).Number;
                var targetId = (await studio.Question(target)).Id;
                await studio.Use<InteractionDbContext>(db => db.InterviewQuestions.Where(row => row.Number == number).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, state)
                        .SetProperty(row => row.MergedInto, state == QuestionState.Merged ? targetId : (Guid?)null)));
                Assert.Equal(404, (int)(await studio.Moderate(outsider, number, trigger.ToString())).Status);
                var answer = await studio.Moderate(editor, number, trigger.ToString(), ("Into", target));
                var step = QuestionFlow.Find(state, trigger);
                Assert.Equal((step is null ? 409 : 302, step?.To ?? state), ((int)answer.Status, (await studio.Question(number)).State));
            }
        }
    }

    [Fact]
    public async Task The_public_sees_only_what_was_selected_and_no_number_of_a_person()
    {
        var key = (await studio.Find(await studio.Driven(InterviewState.CollectingQuestions))).Key;
        var browser = studio.Visitor(Studio.SiteKey);
        var number = Studio.Receipt(await studio.Ask(browser, key)).Number;
        var editor = await studio.Editor();
        var selected = await studio.Moderate(
            editor, number, "Select", ("Text", $"我的电话13812345678、身份证{Studio.IdNumber}，送餐怎么申请？"), ("Name", ""));
        Assert.Equal(302, (int)selected.Status);
        var page = await studio.Visitor(Studio.SiteKey).Get("/interviews/" + key);
        Assert.Contains("送餐怎么申请", page.Text, StringComparison.Ordinal);
        Assert.Contains("网友：", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Studio.IdNumber, page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await studio.Moderate(editor, number, "Unselect")).Status);
        Assert.DoesNotContain("送餐怎么申请", (await studio.Visitor(Studio.SiteKey).Get("/interviews/" + key)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_stale_versions_and_merging_into_itself_are_refused()
    {
        var key = (await studio.Find(await studio.Driven(InterviewState.CollectingQuestions))).Key;
        var browser = studio.Visitor(Studio.SiteKey);
        var (number, other) = (Studio.Receipt(await studio.Ask(browser, key)).Number, Studio.Receipt(await studio.Ask(browser, key)).Number);
        var editor = await studio.Editor();
        Assert.Equal(422, (int)(await studio.Moderate(editor, number, "Select", ("Text", ""))).Status);
        Assert.Equal(422, (int)(await studio.Moderate(editor, number, "Reject", ("Reason", ""))).Status);
        Assert.Equal(422, (int)(await studio.Moderate(editor, number, "Merge", ("Into", number))).Status);
        Assert.Equal(409, (int)(await studio.Moderate(editor, number, "Select", ("Version", "99"))).Status);
        Assert.Equal(302, (int)(await studio.Moderate(editor, number, "Merge", ("Into", other))).Status);
        Assert.Equal(422, (int)(await studio.Moderate(editor, other, "Merge", ("Into", number))).Status);
    }

    [Fact]
    public async Task The_workbook_holds_the_questions_as_moderators_see_them()
    {
        var id = await studio.Driven(InterviewState.CollectingQuestions);
        var browser = studio.Visitor(Studio.SiteKey);
        await studio.Ask(browser, (await studio.Find(id)).Key, ("Phone", "13800001234"));
        var desk = await studio.As(await studio.Editor());
        var file = await desk.Post($"/console/interviews/{id}/questions/export", [], "/console/account/password");
        Assert.Equal(200, (int)file.Status);
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(file.Bytes[..2]));
        Assert.Equal(1, await studio.DrainOutbox() >= 1 ? 1 : 0);
        var refused = await (await studio.As(await studio.Of(Role.Author, Studio.SiteKey)))
            .Post($"/console/interviews/{id}/questions/export", [], "/console/account/password");
        Assert.Equal(403, (int)refused.Status);
    }
}
