using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.ErrorReports;

namespace Portal.Interaction.Tests.ErrorReports;

/// <summary>Every state × trigger × who, over HTTP, against the one table; and what follows from the steps.</summary>
public sealed class TakeErrorStepTests(ErrorDesk desk) : IClassFixture<ErrorDesk>
{
    public static TheoryData<ErrorState> States => [.. Enum.GetValues<ErrorState>()];

    [Theory]
    [MemberData(nameof(States))]
    public async Task In_each_state_each_person_may_exactly_what_the_table_says(ErrorState state)
    {
        // So many reports of one network within the hour are made to wait.
        desk.Clock.Advance(TimeSpan.FromHours(1));
        ErrorTrigger[] people = [.. Enum.GetValues<ErrorTrigger>().Except([ErrorTrigger.Submit, ErrorTrigger.Reveal])];
        var id = await desk.Driven(state);
        foreach (var (person, party) in new[] { (await desk.Desk(), ErrorParty.Desk), (await desk.Unit(), ErrorParty.Unit), (await desk.Outsider(), ErrorParty.None) })
        {
            foreach (var trigger in people)
            {
                // The desk's grant holds below its site: of a report that lies with the unit it is both.
                var report = await desk.Find(id);
                var parties = party == ErrorParty.Desk && report.UnitSiteId is not null ? ErrorParty.Desk | ErrorParty.Unit
                    : party == ErrorParty.Unit && report.UnitSiteId is null ? ErrorParty.None
                    : party;
                var lines = ErrorReportFlow.Steps.Where(step => step.Trigger == trigger).ToList();
                var expected = parties == ErrorParty.None ? 404
                    : !lines.Exists(step => step.Allows(parties)) ? 403
                    : ErrorReportFlow.Find(state, trigger) is not { } step ? 409
                    : !step.Allows(parties) ? 403
                    : 302;
                var answer = await desk.Step(person, id, trigger);
                Assert.True(expected == (int)answer.Status, $"{state} {trigger} {parties}: {(int)answer.Status} instead of {expected} {string.Join(' ', answer.Errors)}");
                if (expected == 302)
                {
                    id = await desk.Driven(state);
                }
            }
        }
    }

    [Fact]
    public async Task A_unit_can_give_a_report_back_once_and_must_say_why()
    {
        var id = await desk.Driven(ErrorState.Forwarded);
        var unit = await desk.Unit();
        Assert.Equal(422, (int)(await desk.Step(unit, id, ErrorTrigger.Return, ("Note", ""))).Status);
        Assert.Equal(302, (int)(await desk.Step(unit, id, ErrorTrigger.Return)).Status);
        Assert.Equal(404, (int)(await (await desk.As(unit)).Get($"/console/error-reports/{id}")).Status);
        Assert.Equal(302, (int)(await desk.Step(await desk.Desk(), id, ErrorTrigger.Forward)).Status);
        Assert.Equal(409, (int)(await desk.Step(unit, id, ErrorTrigger.Return)).Status);
    }

    [Theory]
    [InlineData(ErrorTrigger.Forward, "UnitSiteId", "")]
    [InlineData(ErrorTrigger.Forward, "UnitSiteId", "jyt")]
    [InlineData(ErrorTrigger.Join, "Into", "JC2026-9999999-9")]
    [InlineData(ErrorTrigger.Answer, "Result", "")]
    [InlineData(ErrorTrigger.Answer, "Text", "好的")]
    public async Task What_is_missing_is_said_at_the_field(ErrorTrigger trigger, string field, string value)
    {
        var id = await desk.Driven(ErrorState.Submitted);
        var answer = await desk.Step(await desk.Desk(), id, trigger, (field, value == "jyt" ? desk.Site("jyt").Id.ToString() : value));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($".govuk-error-summary a[href^='#{field}']"));
        Assert.Equal(ErrorState.Submitted, (await desk.Find(id)).State);
    }

    [Fact]
    public async Task Who_saw_an_older_state_is_told_and_what_was_written_is_kept()
    {
        var id = await desk.Driven(ErrorState.Handling);
        var answer = await desk.Step(await desk.Unit(), id, ErrorTrigger.Answer, ("Version", "1"), ("Text", "写了很久的一段答复内容。"));
        Assert.Equal(409, (int)answer.Status);
        Assert.Contains("写了很久的一段答复内容。", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_edition_that_was_waited_for_answers_everybody_who_reported_the_error()
    {
        var (document, path) = await desk.Publish("将要更正的公告");
        var first = ErrorDesk.Receipt(await desk.Submit("?page=/" + path, ("Quote", "有一个错别字")));
        var second = ErrorDesk.Receipt(await desk.Submit("?page=/" + path, ("Quote", "有一个错别字"), ("Kind", "Other")));
        var id = (await desk.Find(first.Number)).Id;
        foreach (var trigger in (ErrorTrigger[])[ErrorTrigger.Forward, ErrorTrigger.TakeOn, ErrorTrigger.AwaitEdition])
        {
            await desk.Take(id, trigger);
        }

        // What became public before anybody waited does not answer.
        await desk.DrainOutbox();
        Assert.Equal(ErrorState.Correcting, (await desk.Find(id)).State);

        desk.GoOn(1);
        await desk.Publish("已经更正的公告", document);
        await desk.DrainOutbox();
        var report = await desk.Find(id);
        Assert.Equal((ErrorState.Answered, ErrorResult.Corrected, desk.Today), (report.State, report.Result, report.AnsweredOn));
        Assert.NotEqual(report.EditionId, report.CorrectedBy);
        foreach (var receipt in new[] { first, second })
        {
            var followed = await desk.Follow(receipt);
            Assert.Contains("已更正", followed.Text, StringComparison.Ordinal);
            Assert.NotNull(followed.Document.QuerySelector($"main .govuk-inset-text a[href$='/{path}']"));
        }
    }

    [Fact]
    public async Task An_answer_names_an_edition_only_when_it_went_live_after_the_report()
    {
        var (document, path) = await desk.Publish("已经发布更正的公告");
        var number = ErrorDesk.Receipt(await desk.Submit("?page=/" + path)).Number;
        var untouched = ErrorDesk.Receipt(await desk.Submit("?page=/" + path, ("Quote", "别处"))).Number;
        var before = (await desk.Find(untouched)).Id;
        Assert.Equal(302, (int)(await desk.Step(await desk.Desk(), before, ErrorTrigger.Answer, ("WithEdition", "true"))).Status);
        Assert.Null((await desk.Find(before)).CorrectedBy);

        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await desk.Publish("更正后的公告", document);
        await desk.DrainOutbox();
        var id = (await desk.Find(number)).Id;
        Assert.Equal(302, (int)(await desk.Step(await desk.Desk(), id, ErrorTrigger.Answer, ("WithEdition", "true"))).Status);
        Assert.NotNull((await desk.Find(id)).CorrectedBy);
    }

    [Fact]
    public async Task Joining_by_hand_takes_along_who_had_joined_before()
    {
        var page = "?page=/" + (await desk.Publish("两处合并的公告")).Path;
        var one = await desk.Find(ErrorDesk.Receipt(await desk.Submit(page, ("Quote", "甲处"))).Number);
        var follower = await desk.Find(ErrorDesk.Receipt(await desk.Submit(page, ("Quote", "甲处"), ("Kind", "Other"))).Number);
        var other = await desk.Find(ErrorDesk.Receipt(await desk.Submit(page, ("Quote", "乙处"))).Number);
        Assert.Equal(302, (int)(await desk.Step(await desk.Desk(), one.Id, ErrorTrigger.Join, ("Into", other.Number))).Status);
        Assert.Equal((other.Id, other.Id), ((await desk.Find(one.Id)).JoinedTo!.Value, (await desk.Find(follower.Id)).JoinedTo!.Value));
    }

    [Fact]
    public async Task Reports_of_two_pages_are_joined_only_when_somebody_says_that_they_are_one()
    {
        var here = await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/" + (await desk.Publish("此处的公告")).Path)).Number);
        var there = await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/" + (await desk.Publish("彼处的公告")).Path)).Number);
        var person = await desk.Desk();
        Assert.Contains("自身", Assert.Single((await desk.Step(person, here.Id, ErrorTrigger.Join, ("Into", here.Number))).Errors), StringComparison.Ordinal);
        var asked = await desk.Step(person, here.Id, ErrorTrigger.Join, ("Into", there.Number), ("Sure", ""));
        Assert.Equal(422, (int)asked.Status);
        Assert.Contains("彼处的公告", Assert.Single(asked.Errors), StringComparison.Ordinal);
        Assert.Equal(there.Number, asked.Document.QuerySelector("#Into")!.GetAttribute("value"));
        Assert.NotNull(asked.Document.QuerySelector("input[name=Sure]"));
        Assert.Null((await desk.Find(here.Id)).JoinedTo);
        Assert.Equal(302, (int)(await desk.Step(person, here.Id, ErrorTrigger.Join, ("Into", there.Number))).Status);
        Assert.Equal(there.Id, (await desk.Find(here.Id)).JoinedTo);
        var other = await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/", ("Quote", "又一处"))).Number);
        Assert.Contains("已经并入其他件", Assert.Single((await desk.Step(person, other.Id, ErrorTrigger.Join, ("Into", here.Number))).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_to_reach_the_reporter_is_masked_and_shown_only_for_a_reason_that_is_recorded()
    {
        var number = ErrorDesk.Receipt(await desk.Submit("?page=/", ("Phone", "13900001357"), ("Email", "someone@example.invalid"), ("Quote", "某处-原文"))).Number;
        var id = (await desk.Find(number)).Id;
        var browser = await desk.As(await desk.Desk());
        var page = await browser.Get($"/console/error-reports/{id}");
        Assert.DoesNotContain("13900001357", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("someone@", page.Text, StringComparison.Ordinal);
        // The link leads to the passage; a hyphen in it is no separator.
        Assert.Contains("#:~:text=" + Uri.EscapeDataString("某处") + "%2D" + Uri.EscapeDataString("原文"), page.Document.QuerySelector("dd a[target=_blank]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(422, (int)(await browser.Post($"/console/error-reports/{id}/reporter", new() { ["RevealReason"] = "" }, $"/console/error-reports/{id}")).Status);
        var shown = await browser.Post($"/console/error-reports/{id}/reporter", new() { ["RevealReason"] = "电话核实情况" }, $"/console/error-reports/{id}");
        Assert.Contains("13900001357", shown.Text, StringComparison.Ordinal);
        Assert.Contains("someone@example.invalid", shown.Text, StringComparison.Ordinal);
        Assert.True(await desk.Read(db => db.ErrorReportEvents.AnyAsync(row => row.ReportId == id && row.Trigger == ErrorTrigger.Reveal && row.Note == "电话核实情况")));
    }

    [Fact]
    public async Task What_was_written_is_read_without_numbers_of_persons_and_in_full_only_for_a_reason()
    {
        const string card = "11010519491231002X";
        var number = ErrorDesk.Receipt(await desk.Submit(
            "?page=/", ("Quote", $"联系人{card}"), ("Problem", $"页面公开了身份证号码{card}和电话13812345678。"), ("Proposal", "请删去13812345678。"))).Number;
        var id = (await desk.Find(number)).Id;
        var browser = await desk.As(await desk.Desk());
        var page = await browser.Get($"/console/error-reports/{id}");
        var html = page.Document.DocumentElement.OuterHtml;
        foreach (var secret in new[] { card, "13812345678" })
        {
            Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
        }

        Assert.Contains("页面公开了身份证号码", page.Text, StringComparison.Ordinal);
        var shown = await browser.Post($"/console/error-reports/{id}/reporter", new() { ["RevealReason"] = "核实公开的号码" }, $"/console/error-reports/{id}");
        Assert.Contains($"页面公开了身份证号码{card}和电话13812345678。", shown.Text, StringComparison.Ordinal);
        Assert.True(await desk.Read(db => db.ErrorReportEvents.AnyAsync(row => row.ReportId == id && row.Trigger == ErrorTrigger.Reveal)));
        // Nothing personal in it: nothing to ask for.
        var plain = (await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/", ("Quote", "没有号码"))).Number)).Id;
        Assert.Null((await browser.Get($"/console/error-reports/{plain}")).Document.QuerySelector("#RevealReason"));
    }

    [Fact]
    public async Task The_platform_closes_what_was_answered_and_erases_what_was_kept_long_enough()
    {
        var receipt = ErrorDesk.Receipt(await desk.Submit("?page=/", ("Quote", "到期删除")));
        var id = (await desk.Find(receipt.Number)).Id;
        await desk.Take(id, ErrorTrigger.Answer);
        desk.GoOn(20);
        await Sweep(sweep => sweep.CloseAsync(default));
        Assert.Equal(ErrorState.Closed, (await desk.Find(id)).State);
        await Sweep(sweep => sweep.EraseAsync(default));
        Assert.NotNull((await desk.Find(id)).SealedKey);
        desk.GoOn(600);
        await Sweep(sweep => sweep.EraseAsync(default));
        var erased = await desk.Find(id);
        Assert.Equal((null, null, ErrorResult.Corrected), (erased.SealedKey, erased.Answer, erased.Result));
        Assert.Contains("保存期限已满", (await desk.Follow(receipt)).Text, StringComparison.Ordinal);
    }

    private Task Sweep(Func<SweepErrorReports, Task> run) => desk.Use<IServiceProvider>(services => run(services.GetRequiredService<SweepErrorReports>()));
}
