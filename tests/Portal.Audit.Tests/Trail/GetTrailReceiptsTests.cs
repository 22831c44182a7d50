using MediatR;
using Portal.Audit.Contracts;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class GetTrailReceiptsTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task Receipts_of_many_objects_come_in_one_answer_without_names()
    {
        var (one, two, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var decision = host.Edition("first-reviewed", one);
        await host.SealAsync(decision, host.Edition("released", two), host.Edition("released", other));

        var receipts = await host.Use<ISender, IReadOnlyList<TrailReceipt>>(sender =>
            sender.Send(new GetTrailReceipts("edition", [one.ToString(), two.ToString()])));

        Assert.Equal([one.ToString(), two.ToString()], receipts.Select(receipt => receipt.ObjectId));
        Assert.Equal(
            (decision.Id, decision.Action, decision.ContentHash, decision.ActorUnit),
            (receipts[0].DecisionId, receipts[0].Action, receipts[0].ContentHash, receipts[0].Unit));
    }
}
