using Portal.Interaction.Letters;

namespace Portal.Interaction.Tests.Letters;

/// <summary>The table itself: complete, closed and honest about who may.</summary>
public sealed class LetterFlowTests
{
    private static readonly LetterTrigger[] Openings = [LetterTrigger.Submit, LetterTrigger.Register];

    public static TheoryData<LetterState, LetterTrigger> All()
    {
        var data = new TheoryData<LetterState, LetterTrigger>();
        foreach (var state in Enum.GetValues<LetterState>())
        {
            foreach (var trigger in Enum.GetValues<LetterTrigger>())
            {
                data.Add(state, trigger);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_trigger_has_one_line_in_a_state_or_none(LetterState state, LetterTrigger trigger)
    {
        var lines = LetterFlow.Steps.Where(step => step.Trigger == trigger && step.From.Contains(state)).ToList();
        Assert.InRange(lines.Count, 0, 1);
        Assert.Equal(lines.FirstOrDefault(), LetterFlow.Find(state, trigger));
    }

    [Fact]
    public void Every_trigger_but_the_openings_has_a_line_and_every_state_is_reached()
    {
        Assert.Equal(
            Enum.GetValues<LetterTrigger>().Except(Openings).Order(),
            LetterFlow.Steps.Select(step => step.Trigger).Distinct().Order());
        HashSet<LetterState> reached = [LetterState.Submitted];
        while (LetterFlow.Steps.Where(step => step.To is not null && step.From.Any(reached.Contains)).Select(step => step.To!.Value)
            .Where(reached.Add).ToList().Count > 0)
        {
        }

        Assert.Equal(Enum.GetValues<LetterState>().Order(), reached.Order());
    }

    [Fact]
    public void From_every_open_state_a_letter_can_end_and_from_an_ended_one_nothing_opens_it_again()
    {
        foreach (var open in LetterFlow.Open)
        {
            Assert.Contains(LetterFlow.Steps, step => step.From.Contains(open) && step.To is { } to && to != open);
        }

        Assert.DoesNotContain(
            LetterFlow.Steps, step => step.To is { } to && !LetterFlow.Ended.Contains(to) && step.From.Any(LetterFlow.Ended.Contains));
    }

    [Fact]
    public void Every_state_is_open_answered_or_ended()
    {
        foreach (var state in Enum.GetValues<LetterState>())
        {
            Assert.Equal(!LetterFlow.Open.Contains(state), LetterFlow.Answered.Contains(state) || LetterFlow.Ended.Contains(state));
        }
    }

    [Fact]
    public void The_trail_has_a_word_of_its_own_for_every_step()
    {
        var acts = Enum.GetValues<LetterTrigger>().Select(LetterFlow.ActOf).ToList();
        Assert.Equal(acts.Distinct(), acts);
    }

    [Fact]
    public void Only_a_head_lets_a_reply_out_and_more_time_in()
    {
        foreach (var trigger in (LetterTrigger[])[LetterTrigger.ApproveReply, LetterTrigger.ReturnReply, LetterTrigger.GrantExtension])
        {
            Assert.Equal(LetterParty.Head, LetterFlow.Steps.Single(step => step.Trigger == trigger).Who);
        }
    }

    // S-10, D33
    [Theory]
    [InlineData(LetterKind.Suggestion, 7, 15)]
    [InlineData(LetterKind.Complaint, 7, 15)]
    [InlineData(LetterKind.Report, 7, 15)]
    [InlineData(LetterKind.Inquiry, 5, 15)]
    [InlineData(LetterKind.Thanks, 15, 15)]
    public void The_limits_are_those_of_the_rules(LetterKind kind, int reply, int extended)
    {
        var limit = LetterLimits.Of(kind, new DateOnly(2026, 11, 23));
        Assert.Equal((reply, extended), (limit.Reply, limit.Extended));
        Assert.NotEmpty(limit.Source);
        Assert.Equal(limit, LetterLimits.Of(kind, new DateOnly(1999, 1, 1)));
    }
}
