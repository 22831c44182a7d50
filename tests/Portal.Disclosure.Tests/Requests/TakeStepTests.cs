using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Requests;
using Portal.Disclosure.Requests.ArchiveCases;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>The steps of a case, by the table and by its rules.</summary>
public sealed class TakeStepTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    [Fact]
    public async Task Every_state_times_trigger_times_party_does_what_the_table_says()
    {
        var request = await desk.Submitted();
        var officer = await desk.Officer();
        Party[] parties = [Party.Applicant, RequestFlow.PartiesOf(true, false), RequestFlow.PartiesOf(true, true), Party.Platform, Party.None];
        var seen = 0;
        foreach (var state in Enum.GetValues<RequestState>())
        {
            foreach (var trigger in Enum.GetValues<RequestTrigger>())
            {
                foreach (var party in parties)
                {
                    var outcome = await TakeAsync(request.Id, state, trigger, party, officer);
                    var step = RequestFlow.Find(state, trigger);
                    var stateRefused = outcome.Failure is { Kind: FailureKind.Conflict } failure
                        && failure.Errors[0].Message.StartsWith("案卷的状态已经变化", StringComparison.Ordinal);
                    Assert.True(stateRefused == (step is null), $"{state} × {trigger} × {party}: state");
                    Assert.True(
                        (outcome.Failure?.Kind == FailureKind.Forbidden) == (step is not null && !step.Allows(party)),
                        $"{state} × {trigger} × {party}: party");
                    seen++;
                }
            }
        }

        Assert.Equal(13 * 31 * 5, seen);
    }

    [Fact]
    public async Task A_request_goes_from_receipt_to_archive_with_one_outcome()
    {
        var (officer, head) = (await desk.Officer(), await desk.Head());
        var id = (await desk.Submitted()).Id;
        Assert.Null((await desk.Find(id)).DueOn);

        var confirmed = await desk.Taken(officer, id, RequestTrigger.Confirm);
        Assert.Equal((RequestState.Received, desk.Today), (confirmed.State, confirmed.ReceivedOn));
        Assert.Equal(desk.Calendar.AddWorkdays(desk.Today, 20), confirmed.DueOn);
        Assert.Equal(desk.Calendar.Version, confirmed.CalendarVersion);
        await desk.Taken(officer, id, RequestTrigger.TakeOn);

        var unfinished = await desk.Step(officer, id, RequestTrigger.Draft, ("Outcome", "3.3.5"));
        Assert.Equal(422, (int)unfinished.Status);
        Assert.Null((await desk.Find(id)).Outcome);
        await desk.Taken(officer, id, RequestTrigger.Draft, ("Outcome", "3.3.5"), ("Grounds", "属于内部事务信息。"));
        await desk.Taken(officer, id, RequestTrigger.SubmitAnswer);
        var answered = await desk.Taken(head, id, RequestTrigger.ApproveAnswer);
        Assert.Equal((RequestState.Answered, "3.3.5"), (answered.State, answered.Outcome));
        Assert.Null(answered.DueOn);
        Assert.NotNull(answered.ClosedOn);
        await desk.Taken(officer, id, RequestTrigger.Deliver, ("Way", "Post"), ("Proof", "EMS123"));
        Assert.Equal(RequestState.Archived, (await desk.Taken(officer, id, RequestTrigger.Archive)).State);

        var letter = await desk.Read(db => db.Papers.AsNoTracking().SingleAsync(paper => paper.RequestId == id && paper.Kind == PaperKind.Reply));
        Assert.NotNull(letter.ContentHash);
    }

    [Fact]
    public async Task Who_drafted_an_answer_does_not_approve_it()
    {
        var head = await desk.Head();
        var id = await InHandling(head);
        await desk.Taken(head, id, RequestTrigger.Draft, ("Outcome", "3.1"), ("Content", "见附件。"));
        await desk.Taken(head, id, RequestTrigger.SubmitAnswer);

        var own = await desk.Step(head, id, RequestTrigger.ApproveAnswer);
        Assert.Equal(409, (int)own.Status);
        Assert.Contains("拟稿人不能审核自己的答复", own.Text, StringComparison.Ordinal);
        var other = await desk.Data.Staff(Role.RequestHead, RequestDesk.SiteKey);
        await desk.Taken(other, id, RequestTrigger.ApproveAnswer);
    }

    [Fact]
    public async Task A_correction_is_asked_for_once_and_within_seven_working_days()
    {
        var officer = await desk.Officer();
        var late = await Received(officer);
        var once = await Received(officer);
        var inTime = await Received(officer);
        desk.GoOn(7);
        await desk.Taken(officer, inTime, RequestTrigger.AskCorrection, ("Text", "请写明年度。"), ("Days", "15"));
        await desk.Taken(officer, once, RequestTrigger.AskCorrection, ("Text", "请写明年度。"), ("Days", "15"));
        Assert.Null((await desk.Find(once)).DueOn);
        var corrected = await desk.Taken(officer, once, RequestTrigger.Correct, ("Text", "2025年。"));
        Assert.Equal(desk.Calendar.AddWorkdays(desk.Today, 20), corrected.DueOn);
        Assert.Equal(409, (int)(await desk.Step(officer, once, RequestTrigger.AskCorrection, ("Text", "再补。"), ("Days", "15"))).Status);
        desk.GoOn(1);
        Assert.Equal(409, (int)(await desk.Step(officer, late, RequestTrigger.AskCorrection, ("Text", "请写明年度。"), ("Days", "15"))).Status);
    }

    [Fact]
    public async Task Without_a_correction_in_time_the_request_is_abandoned_and_not_before()
    {
        var officer = await desk.Officer();
        var id = await Received(officer);
        await desk.Taken(officer, id, RequestTrigger.AskCorrection, ("Text", "请写明年度。"), ("Days", "5"));
        desk.GoOn(5);
        Assert.Equal(409, (int)(await desk.Step(officer, id, RequestTrigger.LapseCorrection, ("Note", "无正当理由。"))).Status);
        desk.GoOn(1);
        var closed = await desk.Taken(officer, id, RequestTrigger.LapseCorrection, ("Note", "无正当理由。"));
        Assert.Equal((RequestState.Abandoned, "3.6.1"), (closed.State, closed.Outcome));
    }

    [Fact]
    public async Task An_extension_is_approved_by_the_head_before_the_first_limit_and_once()
    {
        var (officer, head) = (await desk.Officer(), await desk.Head());
        var id = await InHandling(officer);
        var late = await InHandling(officer);
        var due = (await desk.Find(id)).DueOn!.Value;
        await desk.Taken(officer, id, RequestTrigger.AskExtension, ("Text", "卷宗较多。"));
        await desk.Taken(officer, late, RequestTrigger.AskExtension, ("Text", "卷宗较多。"));
        Assert.Equal(403, (int)(await desk.Step(officer, id, RequestTrigger.GrantExtension)).Status);
        Assert.Equal(due, (await desk.Find(id)).DueOn);
        var granted = await desk.Taken(head, id, RequestTrigger.GrantExtension);
        Assert.Equal(desk.Calendar.AddWorkdays(due, 20), granted.DueOn);
        Assert.Equal(409, (int)(await desk.Step(officer, id, RequestTrigger.AskExtension, ("Text", "还不够。"))).Status);
        Assert.True(await desk.Read(db => db.Papers.AnyAsync(paper => paper.RequestId == id && paper.Kind == PaperKind.ExtensionNotice)));

        desk.GoOn(21);
        Assert.Equal(409, (int)(await desk.Step(head, late, RequestTrigger.GrantExtension)).Status);
    }

    [Fact]
    public async Task A_withdrawal_that_staff_enter_says_when_and_how_it_was_asked_for()
    {
        var (officer, head) = (await desk.Officer(), await desk.Head());
        var id = await InHandling(officer);
        var other = await desk.Data.Staff(Role.RequestOfficer, RequestDesk.SiteKey);
        const string Asked = "2026年3月2日收到申请人邮寄的书面撤回申请。";
        Assert.Equal(409, (int)(await desk.Step(other, id, RequestTrigger.Withdraw, ("Note", Asked))).Status);
        var silent = await desk.Step(officer, id, RequestTrigger.Withdraw);
        Assert.Equal(422, (int)silent.Status);
        Assert.Contains("请写明申请人何时、以何种方式书面提出撤回", silent.Text, StringComparison.Ordinal);
        Assert.Equal(422, (int)(await desk.Step(head, id, RequestTrigger.Withdraw, ("Note", "。"))).Status);
        Assert.Equal((RequestState.Withdrawn, "3.6.3"), (await desk.Taken(head, id, RequestTrigger.Withdraw, ("Note", Asked)) is var closed ? (closed.State, closed.Outcome) : default));
    }

    [Fact]
    public async Task A_day_or_a_choice_that_cannot_be_read_is_said_at_its_field_and_nothing_stands_for_it()
    {
        var officer = await desk.Officer();
        var id = (await desk.Submitted()).Id;
        foreach (var day in new[] { "2026/11/20", "2026-02-30", "昨天" })
        {
            var answer = await desk.Step(officer, id, RequestTrigger.Confirm, ("Day", day));
            Assert.Equal(422, (int)answer.Status);
            Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary a[href='#Day']"));
        }

        Assert.Equal(RequestState.Unconfirmed, (await desk.Find(id)).State);
        await desk.Taken(officer, id, RequestTrigger.Confirm, ("Day", ""));
        await desk.Taken(officer, id, RequestTrigger.TakeOn);
        await Refused(RequestTrigger.Consult, "PartyKind", ("Party", "云岭省数据局"), ("PartyKind", "Friend"));
        await Refused(RequestTrigger.ProposeFee, "FeeMode", ("FeeMode", "PerKilogram"), ("Units", "200"));
        await desk.Taken(officer, id, RequestTrigger.Draft, ("Outcome", "3.1"), ("Content", "见附件。"));
        await desk.Taken(officer, id, RequestTrigger.SubmitAnswer);
        await desk.Taken(await desk.Head(), id, RequestTrigger.ApproveAnswer);
        await Refused(RequestTrigger.Deliver, "Way", ("Way", "Pigeon"), ("Proof", "1"));

        async Task Refused(RequestTrigger trigger, string field, params (string Name, string Value)[] fields)
        {
            var answer = await desk.Step(officer, id, trigger, fields);
            Assert.True((int)answer.Status == 422, $"{trigger}: {answer.Status}");
            Assert.NotNull(answer.Document.QuerySelector($".govuk-error-summary a[href='#{field}']"));
        }
    }

    [Fact]
    public async Task A_fee_by_requests_counts_those_of_the_month_and_no_others()
    {
        var officer = await desk.Officer();
        var id = await InHandling(officer);
        var many = await desk.Step(officer, id, RequestTrigger.ProposeFee, ("FeeMode", "PerItem"), ("Units", "300"));
        Assert.Equal(422, (int)many.Status);
        Assert.Contains("不能超过该申请人当月提出的件数", many.Text, StringComparison.Ordinal);
        var absurd = await desk.Step(officer, id, RequestTrigger.ProposeFee, ("FeeMode", "PerPage"), ("Units", "100001"));
        Assert.Contains("请填写1至100000的整数", absurd.Text, StringComparison.Ordinal);
        var few = await desk.Step(officer, id, RequestTrigger.ProposeFee, ("FeeMode", "PerPage"), ("Units", "30"));
        Assert.Contains("没有达到收费标准", few.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fee_stops_the_time_until_it_is_paid_or_ends_the_request()
    {
        var (officer, head) = (await desk.Officer(), await desk.Head());
        var paid = await InHandling(officer);
        var unpaid = await InHandling(officer);
        foreach (var id in new[] { paid, unpaid })
        {
            Assert.Equal(422, (int)(await desk.Step(officer, id, RequestTrigger.ProposeFee, ("FeeMode", "PerPage"), ("Units", "30"))).Status);
            await desk.Taken(officer, id, RequestTrigger.ProposeFee, ("FeeMode", "PerPage"), ("Units", "200"));
            Assert.Equal(403, (int)(await desk.Step(officer, id, RequestTrigger.GrantFee)).Status);
            await desk.Taken(head, id, RequestTrigger.GrantFee);
            Assert.Null((await desk.Find(id)).DueOn);
        }

        var step = (await desk.Case(paid)).Last(RequestTrigger.GrantFee)!;
        Assert.Equal("2700", step.Facts["yuan"]);
        desk.GoOn(5);
        Assert.Equal(desk.Calendar.AddWorkdays(desk.Today, 20), (await desk.Taken(officer, paid, RequestTrigger.Pay)).DueOn);
        Assert.Equal(409, (int)(await desk.Step(officer, unpaid, RequestTrigger.LapseFee)).Status);
        desk.GoOn(30);
        Assert.Equal("3.6.2", (await desk.Taken(officer, unpaid, RequestTrigger.LapseFee)).Outcome);
    }

    [Fact]
    public async Task Who_is_heard_says_something_or_nothing_until_the_last_day()
    {
        var officer = await desk.Officer();
        var id = await InHandling(officer);
        await desk.Taken(officer, id, RequestTrigger.Consult, ("Party", "云岭省数据局"), ("PartyKind", "Maker"));
        var asked = await desk.Case(id);
        Assert.Equal((ConsultedParty.Maker, desk.Calendar.AddWorkdays(desk.Today, 15)), (asked.Consulted, asked.ConsultationDue));
        // who made it with us agrees by silence, but only once the time is over.
        Assert.Equal(422, (int)(await desk.Step(officer, id, RequestTrigger.EndConsultation)).Status);
        Assert.Equal(422, (int)(await desk.Step(officer, id, RequestTrigger.EndConsultation, ("Opinion", "Silent"))).Status);
        Assert.Equal(422, (int)(await desk.Step(officer, id, RequestTrigger.EndConsultation, ("Opinion", "Objects"))).Status);
        desk.GoOn(16);
        await desk.Taken(officer, id, RequestTrigger.EndConsultation, ("Opinion", "Silent"));
        Assert.Equal("Silent", (await desk.Case(id)).Last(RequestTrigger.EndConsultation)!.Facts["opinion"]);
        var letter = await desk.Letter(id, PaperKind.ConsultationLetter);
        Assert.Contains("逾期未提出意见的，视为同意公开", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_requests_are_explained_before_they_are_refused_or_deferred()
    {
        var (officer, head) = (await desk.Officer(), await desk.Head());
        (string, string)[] refused = [("Outcome", "3.5.4"), ("Grounds", "一周内申请四十件。")];
        var silent = await InHandling(officer);
        var heard = await InHandling(officer);
        Assert.Equal(422, (int)(await desk.Step(officer, silent, RequestTrigger.Draft, refused)).Status);
        Assert.Equal(409, (int)(await desk.Step(officer, silent, RequestTrigger.GiveReasons, ("Text", "科研。"))).Status);
        foreach (var id in new[] { silent, heard })
        {
            await desk.Taken(officer, id, RequestTrigger.AskReasons, ("Text", "一周内申请四十件。"), ("Days", "5"));
            Assert.Equal(409, (int)(await desk.Step(officer, id, RequestTrigger.AskReasons, ("Text", "再问。"), ("Days", "5"))).Status);
        }

        // Asking does not stop the time.
        var due = (await desk.Find(heard)).DueOn!.Value;
        Assert.Equal(409, (int)(await desk.Step(head, heard, RequestTrigger.Defer, ("Text", "量大。"), ("Days", "30"))).Status);
        Assert.Equal(422, (int)(await desk.Step(officer, silent, RequestTrigger.Draft, refused)).Status);
        await desk.Taken(officer, heard, RequestTrigger.GiveReasons, ("Text", "博士论文研究。"));
        Assert.Equal(403, (int)(await desk.Step(officer, heard, RequestTrigger.Defer, ("Text", "量大。"), ("Days", "30"))).Status);
        var deferred = await desk.Taken(head, heard, RequestTrigger.Defer, ("Text", "量大。"), ("Days", "30"));
        Assert.Equal(desk.Calendar.AddWorkdays(due, 30), deferred.DueOn);
        Assert.Contains("第三十五条", await desk.Letter(heard, PaperKind.DeferralNotice), StringComparison.Ordinal);

        desk.GoOn(6);
        await desk.Taken(officer, silent, RequestTrigger.Draft, refused);
    }

    [Fact]
    public async Task A_repeated_request_names_the_one_that_was_answered()
    {
        var (officer, head) = (await desk.Officer(), await desk.Head());
        var first = await desk.Submitted();
        var second = await desk.Submitted();
        var other = await desk.Submitted(("Name", "别人"), ("DocumentNumber", "990102198001011232"));
        foreach (var request in new[] { first, second, other })
        {
            await desk.Taken(officer, request.Id, RequestTrigger.Confirm);
            await desk.Taken(officer, request.Id, RequestTrigger.TakeOn);
        }

        (string, string)[] Repeated(string earlier) => [("Outcome", "3.5.2"), ("Grounds", "内容相同。"), ("Earlier", earlier)];
        Assert.Equal(422, (int)(await desk.Step(officer, second.Id, RequestTrigger.Draft, Repeated(""))).Status);
        // The page says so: what the same applicant asks in much the same words.
        var hint = await (await desk.As(officer)).Get($"/console/requests/{second.Id}");
        Assert.Contains("内容相近", hint.Text, StringComparison.Ordinal);
        Assert.Contains("尚未答复。可以一并办理", hint.Text, StringComparison.Ordinal);
        // Not answered yet, and not one's own.
        Assert.Equal(422, (int)(await desk.Step(officer, second.Id, RequestTrigger.Draft, Repeated(first.Number))).Status);
        await desk.Taken(officer, first.Id, RequestTrigger.Draft, ("Outcome", "3.1"), ("Content", "床位数为1200张。"));
        await desk.Taken(officer, first.Id, RequestTrigger.SubmitAnswer);
        await desk.Taken(head, first.Id, RequestTrigger.ApproveAnswer);
        Assert.Equal(422, (int)(await desk.Step(officer, other.Id, RequestTrigger.Draft, Repeated(first.Number))).Status);
        var answered = await (await desk.As(officer)).Get($"/console/requests/{second.Id}");
        var begin = answered.Document.QuerySelectorAll("main a").Single(link => link.TextContent == "按重复申请拟写答复：" + first.Number);
        var draft = await (await desk.As(officer)).Get(begin.GetAttribute("href")!.Split('#')[0]);
        Assert.Equal("3.5.2", draft.Document.QuerySelector("#Outcome option[selected]")!.GetAttribute("value"));
        Assert.Equal(first.Number, draft.Document.QuerySelector("#Earlier")!.GetAttribute("value"));
        var grounds = draft.Document.QuerySelector("#Grounds")!.TextContent.Trim();
        Assert.Contains(first.Number, grounds, StringComparison.Ordinal);
        await desk.Taken(officer, second.Id, RequestTrigger.Draft, ("Outcome", "3.5.2"), ("Grounds", grounds), ("Earlier", first.Number));
        await desk.Taken(officer, second.Id, RequestTrigger.SubmitAnswer);
        await desk.Taken(head, second.Id, RequestTrigger.ApproveAnswer);
        Assert.Contains(first.Number, await desk.Letter(second.Id, PaperKind.Reply), StringComparison.Ordinal);

        var page = await (await desk.As(officer)).Get($"/console/requests/{second.Id}");
        Assert.NotNull(page.Document.QuerySelector($"a[href='/console/requests/{first.Id}']"));
        Assert.Null(page.Document.QuerySelector($"a[href='/console/requests/{other.Id}']"));
    }

    [Fact]
    public async Task What_has_ended_is_filed_by_itself_after_the_days_that_the_site_sets()
    {
        var officer = await desk.Officer();
        var id = await Received(officer);
        await desk.Taken(officer, id, RequestTrigger.Withdraw, ("Note", "申请人来电撤回。"));
        desk.Clock.Advance(TimeSpan.FromDays(90));
        await desk.Use<ArchiveCases, int>(archive => archive.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Withdrawn, (await desk.Find(id)).State);
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await desk.Use<ArchiveCases, int>(archive => archive.RunAsync(CancellationToken.None));
        var filed = await desk.Case(id);
        Assert.Equal(RequestState.Archived, filed.Request.State);
        Assert.Null(filed.Last(RequestTrigger.Archive)!.ActorId);
    }

    [Fact]
    public async Task A_day_lies_between_the_step_before_and_today()
    {
        var officer = await desk.Officer();
        var id = (await desk.Submitted()).Id;
        foreach (var day in new[] { desk.Today.AddDays(1), desk.Today.AddDays(-1) })
        {
            var answer = await desk.Step(officer, id, RequestTrigger.Confirm, ("Day", day.ToString("yyyy-MM-dd", null)));
            Assert.Equal(422, (int)answer.Status);
        }
    }

    [Fact]
    public async Task A_step_on_an_old_page_is_refused_and_nothing_happens()
    {
        var officer = await desk.Officer();
        var id = await Received(officer);
        var answer = await (await desk.As(officer)).Post(
            $"/console/requests/{id}/steps", new() { ["Trigger"] = "TakeOn", ["Version"] = "1" }, "/console/requests/new");
        Assert.Equal(409, (int)answer.Status);
        Assert.Equal(RequestState.Received, (await desk.Find(id)).State);
    }

    [Fact]
    public async Task A_case_of_another_site_is_not_there()
    {
        var id = (await desk.Submitted()).Id;
        var elsewhere = await desk.As(await desk.Data.Staff(Role.RequestHead, "jyt"));
        Assert.Equal(404, (int)(await elsewhere.Get($"/console/requests/{id}")).Status);
        var author = await desk.As(await desk.Data.Staff(Role.Author, RequestDesk.SiteKey));
        Assert.Equal(403, (int)(await author.Get($"/console/requests/{id}")).Status);
    }

    [Theory]
    [InlineData("update disclosure.request_events set trigger = 'Confirm'")]
    [InlineData("delete from disclosure.request_events")]
    [InlineData("delete from disclosure.requests")]
    [InlineData("update disclosure.request_papers set kind = 'Reply'")]
    [InlineData("update disclosure.requests set title = 'anders'")]
    [InlineData("update disclosure.requests set state = 'Answered'")]
    public async Task The_database_itself_refuses_to_change_the_past(string sql)
    {
        await desk.Submitted();
        await using var connection = new Npgsql.NpgsqlConnection(desk.OwnerConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.True(refused.SqlState is "P0001" or "23514", refused.Message);
    }

    private async Task<Guid> Received(Person officer)
    {
        var id = (await desk.Submitted()).Id;
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        return id;
    }

    private async Task<Guid> InHandling(Person officer)
    {
        var id = await Received(officer);
        await desk.Taken(officer, id, RequestTrigger.TakeOn);
        return id;
    }

    // The steps so far do not matter here, only the state: nothing is saved.
    private Task<Outcome<RequestEvent>> TakeAsync(Guid id, RequestState state, RequestTrigger trigger, Party party, Person person) =>
        desk.Use<IServiceProvider, Outcome<RequestEvent>>(async services =>
        {
            var found = (await services.GetRequiredService<RequestWriter>().FindAsync(id, CancellationToken.None))!;
            found.Request.State = state;
            found.Request.Outcome = null;
            RequestEvent[] steps =
            [
                new() { RequestId = id, Sequence = 1, Trigger = RequestTrigger.Register, State = RequestState.Received, Day = desk.Today, At = desk.Clock.GetUtcNow() },
                new()
                {
                    RequestId = id, Sequence = 2, Trigger = RequestTrigger.TakeOn, State = state, Day = desk.Today, At = desk.Clock.GetUtcNow(),
                    ActorId = Guid.CreateVersion7(),
                },
            ];
            var posed = new RequestCase(found.Request, steps, found.Calendar);
            return RequestFlow.Find(state, trigger) is { } step && step.Allows(party)
                ? Refusal(posed, trigger, person, party)
                : await services.GetRequiredService<RequestWriter>().TakeAsync(
                    posed, new RequestInput { Trigger = trigger }, party, person.Actor, CancellationToken.None);
        });

    private Outcome<RequestEvent> Refusal(RequestCase found, RequestTrigger trigger, Person person, Party party) =>
        RequestRules.Hindrance(found, trigger, desk.Clock.GetUtcNow(), person.Id, party) is { } hindrance
            ? new Failure(FailureKind.Conflict, [new FieldError("", hindrance)])
            : found.Events[0];
}
