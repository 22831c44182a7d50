using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Audit.Trail;

/// <summary>
/// A signed statement: the trail's first <see cref="Size"/> entries have this root (c2sp.org/tlog-checkpoint). Two
/// extension lines say when, and name the checkpoint before it by its hash, so that none can be dropped in between.
/// </summary>
internal sealed class Checkpoint
{
    private const string First = "-";

    public long Size { get; init; }

    public required byte[] RootHash { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Note { get; init; }

    public static Checkpoint Sign(long size, byte[] rootHash, DateTimeOffset at, Checkpoint? previous, TrailKey key)
    {
        var text = string.Join(
            '\n',
            key.Origin,
            size.ToString(CultureInfo.InvariantCulture),
            Convert.ToBase64String(rootHash),
            $"at {CanonicalJson.Instant(at)}",
            $"after {Fingerprint(previous)}",
            "");
        return new Checkpoint
        {
            Size = size,
            RootHash = rootHash,
            At = CanonicalJson.ParseInstant(CanonicalJson.Instant(at)),
            Note = key.Sign(text),
        };
    }

    /// <summary>Reads a note that this trail's key signed.</summary>
    public static bool TryOpen(
        string note, TrailKey key, [NotNullWhen(true)] out Checkpoint? checkpoint, out string previous)
    {
        (checkpoint, previous) = (null, "");
        if (!key.TryOpen(note, out var text) || text.Split('\n') is not [var origin, var size, var root, var at, var after, ""]
            || origin != key.Origin
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        previous = after["after ".Length..];
        checkpoint = new Checkpoint
        {
            Size = count,
            RootHash = Convert.FromBase64String(root),
            At = CanonicalJson.ParseInstant(at["at ".Length..]),
            Note = note,
        };
        return true;
    }

    /// <summary>How the next checkpoint names this one.</summary>
    public static string Fingerprint(Checkpoint? checkpoint) => checkpoint is null
        ? First
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkpoint.Note)));
}

internal sealed class CheckpointConfiguration : IEntityTypeConfiguration<Checkpoint>
{
    public void Configure(EntityTypeBuilder<Checkpoint> builder)
    {
        builder.ToTable("checkpoints");
        builder.HasKey(checkpoint => checkpoint.Size);
        builder.Property(checkpoint => checkpoint.Size).ValueGeneratedNever();
    }
}
