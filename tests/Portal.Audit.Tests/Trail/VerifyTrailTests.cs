using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class VerifyTrailTests : IAsyncLifetime
{
    private readonly TrailFixture _trail = new();

    public ValueTask InitializeAsync() => _trail.InitializeAsync();

    public ValueTask DisposeAsync() => _trail.DisposeAsync();

    [Fact]
    public async Task An_untouched_trail_is_whole()
    {
        Assert.Equal((0, 0), await SummaryAsync());

        await _trail.GrowAsync(1, 10, 2100);
        await _trail.SealAsync(Decisions.Some(4));

        var report = await _trail.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((2115, 4), (report.Size, report.UnsignedTail));
        Assert.Equal(2111, report.Last!.Size);
    }

    [Theory]
    [InlineData("opinion = '不同意。'", "opinion")]
    [InlineData("actor_name = '别人'", "actor_name")]
    [InlineData("actor_id = null", "actor_id")]
    [InlineData("occurred_at = occurred_at - interval '1 day'", "occurred_at")]
    [InlineData("sealed_at = sealed_at - interval '1 microsecond'", "sealed_at")]
    [InlineData("facts = facts || '{\"stage\":\"审发\"}'", "facts")]
    [InlineData("site_id = null", "site_id")]
    [InlineData("payload = replace(payload, '同意', '不同意')", "payload and leaf hash")]
    [InlineData("payload = payload || ' '", "payload and leaf hash")]
    [InlineData("leaf_hash = sha256('x')", "payload and leaf hash")]
    [InlineData("seal = sha256('x')", "seal")]
    public async Task A_changed_column_is_found(string change, string what)
    {
        await _trail.GrowAsync(4, 5);

        await _trail.TamperAsync($"update audit.entries set {change} where index = 6");

        await FindsAsync(6, what, await DecisionAsync(6));
    }

    [Fact]
    public async Task Where_signed_entries_are_gone_none_waits_for_a_signature()
    {
        await _trail.GrowAsync(4, 5);

        await _trail.TamperAsync("delete from audit.entries where index > 3");

        Assert.Equal((4, 0), ((await _trail.VerifyAsync()).Size, (await _trail.VerifyAsync()).UnsignedTail));
    }

    [Fact]
    public async Task A_deleted_entry_is_found()
    {
        await _trail.GrowAsync(4, 5);

        await _trail.TamperAsync("delete from audit.entries where index = 5");

        await FindsAsync(5, "missing");
    }

    [Fact]
    public async Task A_deleted_entry_with_the_rest_moved_down_is_found()
    {
        await _trail.GrowAsync(4, 5);
        var moved = await DecisionAsync(6);

        await _trail.TamperAsync(
            "delete from audit.entries where index = 5; update audit.entries set index = index - 1 where index > 5");

        await FindsAsync(5, "seal", moved);
    }

    [Fact]
    public async Task Two_entries_in_exchanged_order_are_found()
    {
        await _trail.GrowAsync(4, 5);
        var moved = await DecisionAsync(7);

        await _trail.TamperAsync(
            """
            update audit.entries set index = -1 where index = 2;
            update audit.entries set index = 2 where index = 7;
            update audit.entries set index = 7 where index = -1;
            """);

        await FindsAsync(2, "seal", moved);
    }

    [Fact]
    public async Task An_inserted_entry_is_found_although_its_hashes_are_right()
    {
        await _trail.GrowAsync(4, 4);
        var real = await _trail.QueryAsync(db => db.Entries.AsNoTracking().SingleAsync(entry => entry.Index == 7));
        var payload = real.Payload.Replace("\"index\":7", "\"index\":8", StringComparison.Ordinal)
            .Replace(real.DecisionId.ToString(), "01999999-0000-7000-8000-000000000000", StringComparison.Ordinal);
        var forged = Entry.Read(payload, MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(payload)), real.Seal);

        await _trail.TamperAsync("");
        await _trail.QueryAsync(async db =>
        {
            db.Entries.Add(forged);
            return await db.SaveChangesAsync();
        });

        await FindsAsync(8, "seal", forged.DecisionId);
        await Assert.ThrowsAsync<InvalidDataException>(_trail.SignAsync);
    }

    [Fact]
    public async Task An_inserted_entry_in_the_middle_is_found()
    {
        await _trail.GrowAsync(4, 5);

        await _trail.TamperAsync(
            """
            update audit.entries set index = -index where index > 3;
            update audit.entries set index = 1 - index where index < 0;
            insert into audit.entries
              select 4, gen_random_uuid(), payload, leaf_hash, seal, sealed_at, occurred_at, action, actor_id, actor_name,
                actor_unit, site_id, object_type, object_id, object_title, opinion, content_hash, facts
              from audit.entries where index = 0;
            """);

        await FindsAsync(4, "seal");
    }

    [Fact]
    public async Task A_row_hashed_anew_with_its_whole_tree_is_found()
    {
        await _trail.GrowAsync(4, 5);

        await RewriteAsync(2, sealed_: false);

        await FindsAsync(2, "seal", await DecisionAsync(2));
    }

    [Fact]
    public async Task A_row_forged_by_somebody_who_stole_the_key_breaks_the_signed_root()
    {
        await _trail.GrowAsync(4, 5);

        await RewriteAsync(5, sealed_: true);

        await FindsAsync(4, "checkpoint 9 signed");
    }

    [Fact]
    public async Task A_cut_tail_is_found_by_the_stored_checkpoints()
    {
        await _trail.GrowAsync(4, 5, 3);

        await _trail.TamperAsync(
            """
            delete from audit.entries where index >= 9;
            delete from audit.tree_nodes where (index + 1) << level > 9;
            delete from audit.checkpoints where size > 9;
            """);

        await FindsAsync(9, "9 to 11 are missing");
    }

    [Fact]
    public async Task An_emptied_trail_is_found()
    {
        await _trail.GrowAsync(4);

        await _trail.TamperAsync("delete from audit.entries; delete from audit.tree_nodes; delete from audit.checkpoints");

        await FindsAsync(0, "0 to 3 are missing");
    }

    [Theory]
    [InlineData("delete from audit.checkpoints where size = 9", "checkpoint 9 is stored as a file but missing")]
    [InlineData("update audit.checkpoints set root_hash = sha256('x') where size = 9", "checkpoint 9 differs from its signed note")]
    [InlineData("update audit.checkpoints set at = now() where size = 9", "checkpoint 9 differs from its signed note")]
    [InlineData("update audit.checkpoints set note = replace(note, 'at 2026', 'at 2025') where size = 9", "checkpoint 9 has no good signature")]
    [InlineData("insert into audit.checkpoints select 8, root_hash, at, note from audit.checkpoints where size = 9", "checkpoint 8 differs")]
    [InlineData("update audit.tree_nodes set hash = sha256('x') where level = 2 and index = 1", "node 2/1 above it is another")]
    [InlineData("delete from audit.tree_nodes where level = 2 and index = 1", "node 2/1 above it is missing")]
    [InlineData("insert into audit.tree_nodes values (3, 7, '')", "node 3/7 belongs to no entries")]
    [InlineData("update audit.entries set index = -5 where index = 11", "before the first")]
    public async Task Anything_else_that_was_changed_is_found(string sql, string what)
    {
        await _trail.GrowAsync(4, 5, 3);

        await _trail.TamperAsync(sql);

        var report = await _trail.VerifyAsync();
        Assert.Contains(report.Findings, finding => finding.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_checkpoint_dropped_with_its_file_is_missed_by_the_next()
    {
        await _trail.GrowAsync(4, 5, 3);

        await _trail.TamperAsync("delete from audit.checkpoints where size = 9");
        File.Delete(CheckpointFile(9));

        var finding = Assert.Single((await _trail.VerifyAsync()).Findings);
        Assert.Equal("checkpoint 12 does not follow checkpoint 4: one between them is missing", finding.What);
    }

    [Fact]
    public async Task A_changed_or_lost_checkpoint_file_is_found()
    {
        await _trail.GrowAsync(4, 5, 3);

        await File.AppendAllTextAsync(CheckpointFile(9), "x", TestContext.Current.CancellationToken);
        File.Delete(CheckpointFile(4));

        Assert.Equal(
            ["checkpoint 4 has lost its file", "checkpoint 9 differs from its file"],
            (await _trail.VerifyAsync()).Findings.Select(finding => finding.What));
    }

    [Fact]
    public async Task A_database_restored_from_an_older_backup_is_found()
    {
        await _trail.GrowAsync(4);
        await _trail.SealAsync(Decisions.Some(2));
        await _trail.TamperAsync(
            "create table entries_then as table audit.entries; create table nodes_then as table audit.tree_nodes");
        await _trail.GrowAsync(3);

        await _trail.TamperAsync(
            """
            delete from audit.entries; insert into audit.entries table entries_then;
            delete from audit.tree_nodes; insert into audit.tree_nodes table nodes_then;
            delete from audit.checkpoints where size > 4;
            """);

        await FindsAsync(6, "6 to 8 are missing");
    }

    /// <summary>Changes an entry and recomputes its leaf and every node above, as an attacker with the database would.</summary>
    private async Task RewriteAsync(long index, bool sealed_)
    {
        await _trail.TamperAsync("");
        var key = TrailKey.Read(Path.Combine(_trail.DataPath, "keys", "audit.pem"))!;
        var entries = await _trail.QueryAsync(db => db.Entries.AsNoTracking().OrderBy(row => row.Index).ToListAsync());
        var node = JsonNode.Parse(entries[(int)index].Payload)!;
        node["decision"]!["opinion"] = "不同意。";
        var payload = CanonicalJson.Write(node);
        var leaf = MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(payload));
        var seal = sealed_ ? key.Seal(index, leaf) : entries[(int)index].Seal;
        await _trail.TamperAsync(
            $"""
            update audit.entries set payload = $forged${payload}$forged$, opinion = '不同意。',
              leaf_hash = decode('{Convert.ToHexString(leaf)}', 'hex'), seal = decode('{Convert.ToHexString(seal)}', 'hex')
            where index = {index}
            """);
        var range = new CompactRange();
        foreach (var hash in entries.Select(entry => entry.Index == index ? leaf : entry.LeafHash))
        {
            foreach (var (id, value) in range.Append(hash))
            {
                await _trail.ExecuteAsync(
                    $"update audit.tree_nodes set hash = decode('{Convert.ToHexString(value)}', 'hex') where level = {id.Level} and index = {id.Index}");
            }
        }
    }

    private async Task FindsAsync(long index, string what, Guid? decision = null)
    {
        var first = (await _trail.VerifyAsync()).Findings[0];
        Assert.Equal(index, first.Index);
        Assert.Contains(what, first.What, StringComparison.Ordinal);
        if (decision is not null)
        {
            Assert.Equal(decision, first.DecisionId);
        }
    }

    private async Task<(long Size, int Findings)> SummaryAsync()
    {
        var report = await _trail.VerifyAsync();
        return (report.Size, report.Findings.Count);
    }

    private Task<Guid> DecisionAsync(long index) => _trail.QueryAsync(db =>
        db.Entries.Where(entry => entry.Index == index).Select(entry => entry.DecisionId).SingleAsync());

    private string CheckpointFile(long size) => Directory.EnumerateFiles(
        Path.Combine(_trail.DataPath, "checkpoints"), $"{size:D15}.txt", SearchOption.AllDirectories).Single();
}
