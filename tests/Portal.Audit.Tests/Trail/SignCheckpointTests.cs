using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class SignCheckpointTests : IAsyncLifetime
{
    private readonly TrailFixture _trail = new();

    public ValueTask InitializeAsync() => _trail.InitializeAsync();

    public ValueTask DisposeAsync() => _trail.DisposeAsync();

    private string KeyPath => Path.Combine(_trail.DataPath, "keys", "audit.pem");

    private IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path.Combine(_trail.DataPath, "checkpoints"), "*.txt", SearchOption.AllDirectories).Order();

    [Fact]
    public async Task An_empty_trail_has_no_checkpoint_and_no_key()
    {
        Assert.Null(await _trail.SignAsync());
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    public async Task A_checkpoint_is_a_signed_note_in_the_database_and_in_a_file()
    {
        await _trail.GrowAsync(5);

        var checkpoint = await _trail.QueryAsync(db => db.Checkpoints.SingleAsync());
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(KeyPath, TestContext.Current.CancellationToken));
        var origin = "portal-trail/" + Convert.ToHexStringLower(SignedNote.KeyId(key));
        Assert.True(SignedNote.TryOpen(checkpoint.Note, origin, key, out var text));
        Assert.Equal(
            $"{origin}\n5\n{Convert.ToBase64String(checkpoint.RootHash)}\nat 2026-11-22T01:01:00.000000Z\nafter -\n", text);
        Assert.Equal(
            checkpoint.Note, await File.ReadAllTextAsync(Assert.Single(Files), TestContext.Current.CancellationToken));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_key_can_be_read_by_its_owner_only()
    {
        await _trail.GrowAsync(1);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public async Task Nothing_new_means_no_new_checkpoint()
    {
        await _trail.GrowAsync(3);
        _trail.Clock.Advance(TimeSpan.FromMinutes(1));

        await _trail.SignAsync();

        Assert.Equal(1, await _trail.QueryAsync(db => db.Checkpoints.CountAsync()));
    }

    [Fact]
    public async Task Stored_nodes_prove_every_entry_and_every_step()
    {
        await _trail.GrowAsync(1, 6, 9, 16, 1, 20);

        var checkpoints = await _trail.QueryAsync(db => db.Checkpoints.OrderBy(row => row.Size).ToListAsync());
        var entries = await _trail.QueryAsync(db => db.Entries.OrderBy(row => row.Index).ToListAsync());
        var last = checkpoints[^1];
        foreach (var entry in entries)
        {
            var proof = await _trail.WithAsync((TrailTree tree) => tree.InclusionProofAsync(entry.Index, last.Size, default));
            Assert.True(MerkleTree.VerifyInclusion(entry.Index, last.Size, entry.LeafHash, proof, last.RootHash));
        }

        foreach (var old in checkpoints)
        {
            var proof = await _trail.WithAsync((TrailTree tree) => tree.ConsistencyProofAsync(old.Size, last.Size, default));
            Assert.True(MerkleTree.VerifyConsistency(old.Size, last.Size, old.RootHash, last.RootHash, proof));
        }
    }

    [Fact]
    public async Task Files_that_never_came_to_be_are_written_by_the_next_run()
    {
        await _trail.GrowAsync(3, 1, 2);
        foreach (var file in Files.Skip(1).ToList())
        {
            File.Delete(file);
        }

        await _trail.SignAsync();

        Assert.Equal(3, Files.Count());
        Assert.Empty((await _trail.VerifyAsync()).Findings);
    }

    [Theory]
    [InlineData("update audit.entries set opinion = '不同意。' where index = 4")]
    [InlineData("update audit.entries set payload = replace(payload, '同意', '不同意') where index = 4")]
    [InlineData("delete from audit.entries where index = 4")]
    [InlineData("delete from audit.entries where index > 1")]
    [InlineData("update audit.tree_nodes set hash = sha256('x') where level = 1 and index = 0")]
    [InlineData("update audit.checkpoints set note = replace(note, 'after', 'later')")]
    [InlineData("delete from audit.checkpoints")]
    public async Task An_altered_trail_gets_no_new_signature(string sql)
    {
        await _trail.GrowAsync(3);
        await _trail.SealAsync(Decisions.Some(3));
        await _trail.TamperAsync(sql);

        await Assert.ThrowsAsync<InvalidDataException>(_trail.SignAsync);
    }

    [Fact]
    public async Task Without_its_key_a_trail_neither_grows_nor_is_signed()
    {
        await _trail.GrowAsync(3);
        File.Delete(KeyPath);
        await _trail.RestartAsync();

        await _trail.SealAsync(Decisions.Some(1));

        Assert.Equal(3, await _trail.QueryAsync(db => db.Entries.CountAsync()));
        Assert.True(await _trail.QueryAsync(db => db.Outbox.AnyAsync(row => row.Error!.Contains("backup"))));
        Assert.Contains(
            "key is missing", Assert.Single((await _trail.VerifyAsync()).Findings).What, StringComparison.Ordinal);
    }
}
