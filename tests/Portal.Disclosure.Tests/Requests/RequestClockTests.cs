using Portal.Disclosure.Requests;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>The reply's clock over the steps of a case, with the calendar's own vectors (requirements §8).</summary>
public sealed class RequestClockTests
{
    private static readonly WorkingCalendar Calendar = new("test", CalendarNotice.National());

    [Theory]
    [InlineData("2026-02-10", "2026-03-16")]
    [InlineData("2026-09-24", "2026-10-29")]
    public void Twenty_working_days_from_the_day_after_receipt(string received, string due) =>
        Assert.Equal(Day(due), Due((RequestTrigger.Submit, "2026-01-05", RequestState.Unconfirmed), (RequestTrigger.Confirm, received, RequestState.Received)));

    [Fact]
    public void Nothing_runs_before_it_is_confirmed() =>
        Assert.Null(Of((RequestTrigger.Submit, "2026-02-10", RequestState.Unconfirmed)).Reply);

    [Fact]
    public void What_came_by_post_runs_from_the_day_it_was_signed_for() =>
        Assert.Equal(Day("2026-03-16"), Due((RequestTrigger.Register, "2026-02-10", RequestState.Received)));

    [Fact]
    public void A_correction_starts_the_time_anew_when_it_is_received()
    {
        var waiting = Of(
            (RequestTrigger.Register, "2026-01-05", RequestState.Received), (RequestTrigger.AskCorrection, "2026-01-09", RequestState.Correcting));
        Assert.Null(waiting.Reply!.DueOn);
        Assert.True(waiting.Reply.IsPaused);
        Assert.Equal(Day("2026-03-16"), Due(
            (RequestTrigger.Register, "2026-01-05", RequestState.Received), (RequestTrigger.AskCorrection, "2026-01-09", RequestState.Correcting),
            (RequestTrigger.Correct, "2026-02-10", RequestState.Received)));
    }

    [Fact]
    public void A_paid_fee_starts_the_time_anew() => Assert.Equal(Day("2026-03-16"), Due(
        (RequestTrigger.Register, "2026-01-05", RequestState.Received), (RequestTrigger.TakeOn, "2026-01-06", RequestState.Handling),
        (RequestTrigger.GrantFee, "2026-01-12", RequestState.AwaitingFee), (RequestTrigger.Pay, "2026-02-10", RequestState.Handling)));

    [Fact]
    public void A_consultation_takes_out_exactly_the_days_it_lasted()
    {
        // Received on Monday 2026-09-14; four working days pass through Friday 18; paused over two holidays until
        // 2026-10-15: fifteen working days by the vector of §8; sixteen are left after it.
        (RequestTrigger, string, RequestState)[] steps =
        [
            (RequestTrigger.Register, "2026-09-14", RequestState.Received), (RequestTrigger.TakeOn, "2026-09-15", RequestState.Handling),
            (RequestTrigger.Consult, "2026-09-18", RequestState.Consulting), (RequestTrigger.EndConsultation, "2026-10-15", RequestState.Handling),
        ];
        Assert.Equal(Calendar.AddWorkdays(Day("2026-10-15"), 16), Due(steps));
        Assert.Equal(Calendar.AddWorkdays(Day("2026-09-14"), 20 + Calendar.CountWorkdays(Day("2026-09-18"), Day("2026-10-15"))), Due(steps));
        Assert.Equal(Day("2026-10-15"), Of(steps[..3]).ConsultationDue);
    }

    [Fact]
    public void An_extension_adds_twenty_and_a_new_calendar_moves_it()
    {
        (RequestTrigger, string, RequestState)[] steps =
        [
            (RequestTrigger.Register, "2026-02-10", RequestState.Received), (RequestTrigger.TakeOn, "2026-02-11", RequestState.Handling),
            (RequestTrigger.AskExtension, "2026-03-10", RequestState.Handling), (RequestTrigger.GrantExtension, "2026-03-11", RequestState.Handling),
        ];
        Assert.Equal(Calendar.AddWorkdays(Day("2026-02-10"), 40), Due(steps));
        Assert.Equal(Calendar.AddWorkdays(Day("2026-03-16"), 20), Due(steps));
    }

    [Fact]
    public void The_explanation_numbers_twenty_days_and_says_why_others_do_not_count()
    {
        var found = Of((RequestTrigger.Register, "2026-02-10", RequestState.Received));
        var days = DeadlineClock.Explain(found.Reply!, Calendar, Day("2026-02-10"));
        Assert.Equal(Enumerable.Range(1, 20), days.Where(day => day.Number is not null).Select(day => day.Number!.Value));
        Assert.Equal(DayKind.MakeUpWorkday, days.Single(day => day.Day.Date == Day("2026-02-14")).Day.Kind);
        Assert.All(days.Where(day => day.Day.Kind == DayKind.Holiday), day => Assert.Null(day.Number));
    }

    [Fact]
    public void Late_is_worked_out_and_ends_with_the_answer()
    {
        (RequestTrigger, string, RequestState)[] open =
            [(RequestTrigger.Register, "2026-02-10", RequestState.Received), (RequestTrigger.TakeOn, "2026-02-11", RequestState.Handling)];
        Assert.False(Of(open).Reply!.IsLate(BeijingTime.StartOf(Day("2026-03-17")).AddSeconds(-1)));
        Assert.True(Of(open).Reply!.IsLate(BeijingTime.StartOf(Day("2026-03-17"))));
        var answered = Of([.. open, (RequestTrigger.ApproveAnswer, "2026-03-16", RequestState.Answered)]);
        Assert.False(answered.Reply!.IsLate(BeijingTime.StartOf(Day("2026-06-01"))));
    }

    private static DateOnly? Due(params (RequestTrigger Trigger, string Day, RequestState State)[] steps) => Of(steps).Reply!.DueOn;

    private static RequestCase Of(params (RequestTrigger Trigger, string Day, RequestState State)[] steps)
    {
        var request = new InformationRequest
        {
            Id = Guid.CreateVersion7(),
            OrganisationName = "云浦市人民政府",
            Number = RequestNumber.Write(2026, 1),
            CodeHash = "",
            Title = "信息",
            TextHash = "",
            State = steps[^1].State,
        };
        return new RequestCase(
            request,
            [
                .. steps.Select((step, index) => new RequestEvent
                {
                    RequestId = request.Id,
                    Sequence = index + 1,
                    Trigger = step.Trigger,
                    State = step.State,
                    Day = Day(step.Day),
                    At = BeijingTime.StartOf(Day(step.Day)).AddHours(10),
                }),
            ],
            Calendar);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
