using Portal.Interaction.ErrorReports;

namespace Portal.Interaction.Tests.ErrorReports;

/// <summary>The table itself: complete, closed and honest about who may.</summary>
public sealed class ErrorReportFlowTests
{
    public static TheoryData<ErrorState, ErrorTrigger> All()
    {
        var data = new TheoryData<ErrorState, ErrorTrigger>();
        foreach (var state in Enum.GetValues<ErrorState>())
        {
            foreach (var trigger in Enum.GetValues<ErrorTrigger>())
            {
                data.Add(state, trigger);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_trigger_has_one_line_in_a_state_or_none(ErrorState state, ErrorTrigger trigger)
    {
        var lines = ErrorReportFlow.Steps.Where(step => step.Trigger == trigger && step.From.Contains(state)).ToList();
        Assert.InRange(lines.Count, 0, 1);
        Assert.Equal(lines.FirstOrDefault(), ErrorReportFlow.Find(state, trigger));
    }

    [Fact]
    public void Every_trigger_but_the_opening_has_a_line_and_every_state_is_reached()
    {
        Assert.Equal(
            Enum.GetValues<ErrorTrigger>().Except([ErrorTrigger.Submit]).Order(),
            ErrorReportFlow.Steps.Select(step => step.Trigger).Distinct().Order());
        HashSet<ErrorState> reached = [ErrorState.Submitted];
        while (ErrorReportFlow.Steps.Where(step => step.To is not null && step.From.Any(reached.Contains)).Select(step => step.To!.Value)
            .Where(reached.Add).ToList().Count > 0)
        {
        }

        Assert.Equal(Enum.GetValues<ErrorState>().Order(), reached.Order());
    }

    [Fact]
    public void From_an_ended_state_nothing_opens_a_report_again_and_every_open_one_can_be_answered()
    {
        Assert.DoesNotContain(
            ErrorReportFlow.Steps, step => step.To is { } to && !ErrorReportFlow.Ended.Contains(to) && step.From.Any(ErrorReportFlow.Ended.Contains));
        foreach (var open in ErrorReportFlow.Open)
        {
            HashSet<ErrorState> reached = [open];
            while (ErrorReportFlow.Steps.Where(step => step.To is not null && step.From.Any(reached.Contains)).Select(step => step.To!.Value)
                .Where(reached.Add).ToList().Count > 0)
            {
            }

            Assert.Contains(ErrorState.Answered, reached);
        }
    }

    [Fact]
    public void The_trail_has_a_word_of_its_own_for_every_step()
    {
        var acts = Enum.GetValues<ErrorTrigger>().Select(ErrorReportFlow.ActOf).ToList();
        Assert.Equal(acts.Distinct(), acts);
    }

    // G-35
    [Fact]
    public void The_limits_are_those_of_the_rule_on_every_day()
    {
        foreach (var day in (DateOnly[])[new(1999, 1, 1), new(2026, 11, 23)])
        {
            var limit = ErrorReportLimits.Of(day);
            Assert.Equal((1, 3), (limit.Forward, limit.Answer));
            Assert.NotEmpty(limit.Source);
        }
    }
}
