using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit.Trail;
using Portal.Shared.Data;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class SealDecisionTests(TrailFixture trail) : IClassFixture<TrailFixture>
{
    [Fact]
    public async Task A_decision_is_sealed_as_the_canonical_form_of_what_was_told()
    {
        var decision = Decisions.One(7) with { OccurredAt = Decisions.Start.AddTicks(1234567), SiteId = null };

        await trail.SealAsync([decision]);

        var entry = await trail.QueryAsync(db => db.Entries.SingleAsync(row => row.DecisionId == decision.Id));
        Assert.Equal(MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(entry.Payload)), entry.LeafHash);
        Assert.Equal(
            $$$"""
            {"decision":{"action":"publishing.edition.first-reviewed","actorId":"{{{decision.ActorId}}}","actorName":"段云舒","actorUnit":"云岭省人民政府办公厅","contentHash":"{{{decision.ContentHash}}}","facts":{"decision":"approved","stage":"初审"},"id":"{{{decision.Id}}}","objectId":"document-7","objectTitle":"云岭省人民政府关于加强山洪灾害防御工作的通知","objectType":"document","occurredAt":"2026-11-22T00:30:00.123456Z","opinion":"内容无误，同意。"},"index":{{{entry.Index}}},"sealedAt":"{{{entry.SealedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}}","version":1}
            """,
            entry.Payload);
        Assert.Empty(entry.Differences());
        Assert.Null(entry.SiteId);
        Assert.Equal(Decisions.Start.AddTicks(1234560), entry.OccurredAt);
    }

    [Fact]
    public async Task Entries_are_dense_and_their_tree_is_stored()
    {
        await trail.SealAsync(Decisions.Some(37));

        var indexes = await trail.QueryAsync(db =>
            db.Entries.OrderBy(entry => entry.Index).Select(entry => entry.Index).ToListAsync());
        Assert.Equal(Enumerable.Range(0, indexes.Count).Select(index => (long)index), indexes);
        Assert.Empty((await trail.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Hosts_that_deliver_at_once_take_turns()
    {
        await trail.TellAsync(Decisions.Some(250));

        await Task.WhenAll(trail.DrainAsync(), trail.DrainAsync(), trail.DrainAsync());

        var report = await trail.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.True(report.Size >= 250);
    }

    [Fact]
    public async Task A_fact_told_twice_is_sealed_once()
    {
        var decision = Decisions.One();

        await trail.SealAsync([decision, decision]);
        await trail.SealAsync([decision]);

        Assert.Equal(1, await trail.QueryAsync(db => db.Entries.CountAsync(entry => entry.DecisionId == decision.Id)));
    }

    [Fact]
    public async Task Another_content_under_a_known_id_is_not_sealed_and_stays_visible()
    {
        var decision = Decisions.One();

        await trail.SealAsync([decision]);
        await trail.SealAsync([decision with { Opinion = "不同意。" }]);

        Assert.Equal(1, await trail.QueryAsync(db => db.Entries.CountAsync(entry => entry.DecisionId == decision.Id)));
        Assert.True(await trail.QueryAsync(db => db.Outbox.AnyAsync(
            message => message.DispatchedAt == null && message.Error!.Contains(decision.Id.ToString()))));
        // Settled by a person, here by taking the row away.
        await trail.ExecuteAsync("delete from audit.outbox where dispatched_at is null");
    }

    [Fact]
    public async Task A_decision_that_cannot_be_sealed_holds_up_none_of_those_beside_it()
    {
        var known = Decisions.One();
        await trail.SealAsync([known]);
        var others = Decisions.Some(5).ToList();

        await trail.SealAsync([.. others.Take(2), known with { Opinion = "不同意。" }, .. others.Skip(2)]);

        var ids = others.Select(decision => decision.Id).ToList();
        var sealedIds = await trail.QueryAsync(db => db.Entries.Where(entry => ids.Contains(entry.DecisionId))
            .OrderBy(entry => entry.Index).Select(entry => entry.DecisionId).ToListAsync());
        Assert.Equal(ids, sealedIds);
        var left = await trail.QueryAsync(db => db.Outbox.Where(message => message.DispatchedAt == null).ToListAsync());
        Assert.Equal(1, Assert.Single(left).Attempts);
        await trail.ExecuteAsync("delete from audit.outbox where dispatched_at is null");
    }

    [Fact]
    public async Task Facts_delivered_again_beside_new_ones_take_effect_once()
    {
        var (old, added) = (Decisions.Some(4).ToList(), Decisions.Some(3).ToList());
        await trail.SealAsync(old);
        await trail.ExecuteAsync("update audit.outbox set dispatched_at = null");

        await trail.SealAsync(added);

        var ids = old.Concat(added).Select(decision => decision.Id).ToList();
        Assert.Equal(7, await trail.QueryAsync(db => db.Entries.CountAsync(entry => ids.Contains(entry.DecisionId))));
        Assert.False(await trail.QueryAsync(db => db.Outbox.AnyAsync(message => message.DispatchedAt == null)));
        Assert.Empty((await trail.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Long_and_strange_texts_do_not_keep_a_decision_out()
    {
        var decision = Decisions.One() with
        {
            ActorName = string.Concat(Enumerable.Range(0, 5000).Select(i => (char)('一' + (i * 7919 % 20000)))),
            ObjectId = string.Concat(Enumerable.Range(0, 5000).Select(i => (char)('一' + (i * 6007 % 20000)))),
            ObjectTitle = "\u202e右到左 <script>alert(1)</script> \U0001f3ee\t\u0001",
        };

        await trail.SealAsync([decision]);

        var entry = await trail.QueryAsync(db => db.Entries.SingleAsync(row => row.DecisionId == decision.Id));
        Assert.Equal(decision.ObjectTitle, entry.ObjectTitle);
        Assert.Empty(entry.Differences());
    }

    [Theory]
    [InlineData("update audit.entries set opinion = 'x'")]
    [InlineData("delete from audit.entries")]
    [InlineData("truncate audit.entries")]
    [InlineData("update audit.tree_nodes set hash = ''")]
    [InlineData("delete from audit.tree_nodes")]
    [InlineData("truncate audit.tree_nodes")]
    [InlineData("update audit.checkpoints set note = ''")]
    [InlineData("delete from audit.checkpoints")]
    [InlineData("truncate audit.checkpoints")]
    public async Task Rows_are_never_changed_neither_by_the_role_nor_by_the_owner(string sql)
    {
        await trail.GrowAsync(2);
        var role = new NpgsqlConnectionStringBuilder(trail.Owner) { Username = ModuleConnections.RoleOf(new AuditModule()) };

        var asRole = await Assert.ThrowsAsync<PostgresException>(
            () => TrailFixture.ExecuteAsync(role.ConnectionString, sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, asRole.SqlState);
        var asOwner = await Assert.ThrowsAsync<PostgresException>(() => trail.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.RaiseException, asOwner.SqlState);
        var asReplica = await Assert.ThrowsAsync<PostgresException>(
            () => trail.ExecuteAsync($"set session_replication_role = replica; {sql}"));
        Assert.Equal(PostgresErrorCodes.RaiseException, asReplica.SqlState);
    }
}
