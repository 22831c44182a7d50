using MediatR;
using Portal.Audit.Contracts;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class GetTrailProofTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task A_decision_is_proved_once_a_checkpoint_covers_it()
    {
        var edition = Guid.CreateVersion7();
        var decision = host.Edition("released", edition);
        await host.SealAsync(decision, host.Edition("released", Guid.CreateVersion7()));
        var before = await Ask("edition", decision.ContentHash!);
        Assert.NotNull(before);
        Assert.Equal((decision.Id, edition.ToString(), true), (before.DecisionId, before.ObjectId, before.EntryHolds));
        Assert.Null(before.Inclusion);
        Assert.True(before.CoveredBy > host.Clock.GetUtcNow());

        await host.SignAsync();
        var after = await Ask("edition", decision.ContentHash!);
        Assert.NotNull(after?.Inclusion);
        Assert.Null(after.CoveredBy);
        Assert.True(after.Inclusion.Holds);
        // Anybody can follow the path with nothing but what the answer holds.
        Assert.True(MerkleTree.VerifyInclusion(
            after.Index, after.Inclusion.Size, Convert.FromHexString(after.LeafHash),
            [.. after.Inclusion.Path.Select(Convert.FromHexString)], Convert.FromHexString(after.Inclusion.RootHash)));
    }

    [Fact]
    public async Task Another_kind_of_object_or_content_has_no_proof()
    {
        var decision = host.Edition("released", Guid.CreateVersion7());
        await host.SealAsync(decision);
        Assert.Null(await Ask("letter", decision.ContentHash!));
        Assert.Null(await Ask("edition", new string('0', 64)));
    }

    private Task<TrailProof?> Ask(string type, string hash) => host.Use<ISender, TrailProof?>(sender => sender.Send(new GetTrailProof(type, hash)));
}
