using Portal.Disclosure.Requests;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>The table itself: complete, closed and honest about who may.</summary>
public sealed class RequestFlowTests
{
    private static readonly RequestTrigger[] Openings = [RequestTrigger.Submit, RequestTrigger.Register];

    public static TheoryData<RequestState, RequestTrigger> All()
    {
        var data = new TheoryData<RequestState, RequestTrigger>();
        foreach (var state in Enum.GetValues<RequestState>())
        {
            foreach (var trigger in Enum.GetValues<RequestTrigger>())
            {
                data.Add(state, trigger);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_trigger_has_one_line_in_a_state_or_none(RequestState state, RequestTrigger trigger)
    {
        var lines = RequestFlow.Steps.Where(step => step.Trigger == trigger && step.From.Contains(state)).ToList();
        Assert.InRange(lines.Count, 0, 1);
        Assert.Equal(lines.FirstOrDefault(), RequestFlow.Find(state, trigger));
    }

    [Fact]
    public void Every_trigger_but_the_openings_has_a_line_and_every_state_is_reached()
    {
        Assert.Equal(
            Enum.GetValues<RequestTrigger>().Except(Openings).Order(),
            RequestFlow.Steps.Select(step => step.Trigger).Distinct().Order());
        var reached = new HashSet<RequestState>(Enum.GetValues<ReceiptChannel>().Select(RequestFlow.Opening));
        while (RequestFlow.Steps.Where(step => step.To is not null && step.From.Any(reached.Contains)).Select(step => step.To!.Value)
            .Where(reached.Add).ToList().Count > 0)
        {
        }

        Assert.Equal(Enum.GetValues<RequestState>().Order(), reached.Order());
    }

    [Fact]
    public void The_trail_has_a_word_of_its_own_for_every_step()
    {
        var acts = Enum.GetValues<RequestTrigger>().Select(RequestFlow.ActOf).ToList();
        Assert.Equal(acts.Distinct(), acts);
    }

    [Fact]
    public void The_end_is_reached_only_with_an_outcome()
    {
        RequestTrigger[] closing =
            [RequestTrigger.ApproveAnswer, RequestTrigger.LapseCorrection, RequestTrigger.LapseFee, RequestTrigger.Withdraw];
        foreach (var step in RequestFlow.Steps.Where(step => step.To is { } to && !RequestFlow.Open.Contains(to)))
        {
            Assert.True(closing.Contains(step.Trigger) || step.From.All(from => !RequestFlow.Open.Contains(from)), step.Trigger.ToString());
        }

        Assert.All(closing.Skip(1), trigger => Assert.StartsWith("3.6.", ReplyRows.Current.Closing(trigger).Code, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_head_decides_no_officer_does()
    {
        RequestTrigger[] heads =
        [
            RequestTrigger.GrantExtension, RequestTrigger.RefuseExtension, RequestTrigger.GrantFee, RequestTrigger.RefuseFee,
            RequestTrigger.ReturnAnswer, RequestTrigger.ApproveAnswer, RequestTrigger.Assign, RequestTrigger.Defer,
        ];
        foreach (var step in RequestFlow.Steps)
        {
            Assert.Equal(!heads.Contains(step.Trigger) && step.Who != Party.Platform, step.Allows(RequestFlow.PartiesOf(true, false)));
            Assert.Equal(step.Who != Party.Platform, step.Allows(RequestFlow.PartiesOf(true, true)));
            Assert.False(step.Allows(RequestFlow.PartiesOf(false, false)));
            Assert.Equal(step.Trigger is RequestTrigger.Correct or RequestTrigger.GiveReasons or RequestTrigger.Withdraw, step.Allows(Party.Applicant));
        }
    }

    [Theory]
    [InlineData(ReceiptChannel.Online, RequestState.Unconfirmed)]
    [InlineData(ReceiptChannel.Fax, RequestState.Unconfirmed)]
    [InlineData(ReceiptChannel.PlainLetter, RequestState.Unconfirmed)]
    [InlineData(ReceiptChannel.Post, RequestState.Received)]
    [InlineData(ReceiptChannel.InPerson, RequestState.Received)]
    [InlineData(ReceiptChannel.Oral, RequestState.Received)]
    public void The_way_it_came_in_decides_where_it_begins(ReceiptChannel channel, RequestState state) =>
        Assert.Equal(state, RequestFlow.Opening(channel));

    [Fact]
    public void Every_row_of_the_table_is_there_once_and_every_ground_has_its_row()
    {
        string[] codes =
        [
            "3.1", "3.2", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.3.6", "3.3.7", "3.3.8", "3.4.1", "3.4.2", "3.4.3",
            "3.5.1", "3.5.2", "3.5.3", "3.5.4", "3.5.5", "3.6.1", "3.6.2", "3.6.3",
        ];
        Assert.Equal(codes, ReplyRows.Current.Rows.Select(row => row.Code));
        Assert.All(ReplyRows.Current.Replies, reply => Assert.NotNull(ReplyRows.Current.Find(reply.Row)));
        Assert.Equal("3.2", ReplyRows.Current.Replies.Single(reply => reply.Ground == "R-21").Row);
        Assert.All(ReplyRows.Current.Answers, row => Assert.True(row.Grounds || row.Code == "3.1"));
    }
}
