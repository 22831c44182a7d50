using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;

namespace Portal.Audit.Trail;

/// <summary>
/// A sealed decision. <see cref="Payload"/> is what was hashed; every other column is derived from it, for searching,
/// and is checked against it.
/// </summary>
internal sealed class Entry
{
    /// <summary>Dense from 0: a gap is a deleted entry.</summary>
    public long Index { get; init; }

    public Guid DecisionId { get; init; }

    public required string Payload { get; init; }

    public required byte[] LeafHash { get; init; }

    /// <summary>A keyed hash of index and leaf: nobody without the trail's key can add a row of their own.</summary>
    public required byte[] Seal { get; init; }

    public DateTimeOffset SealedAt { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public required string Action { get; init; }

    public Guid? ActorId { get; init; }

    public required string ActorName { get; init; }

    public string? ActorUnit { get; init; }

    public Guid? SiteId { get; init; }

    public required string ObjectType { get; init; }

    public required string ObjectId { get; init; }

    public string? ObjectTitle { get; init; }

    public string? Opinion { get; init; }

    public string? ContentHash { get; init; }

    /// <summary>The further facts, a JSON object of texts.</summary>
    public required string Facts { get; init; }

    /// <summary>Everything about the decision, in the one form it has.</summary>
    public static string Canonical(DecisionTaken decision)
    {
        var members = JsonSerializer.SerializeToNode(decision, MessageJson.Options)!.AsObject();
        members["occurredAt"] = CanonicalJson.Instant(decision.OccurredAt);
        // An absent member: a record that grows leaves the form of older decisions alone.
        foreach (var (name, _) in members.Where(member => member.Value is null).ToList())
        {
            members.Remove(name);
        }

        return CanonicalJson.Write(members);
    }

    /// <summary>The entry of a decision in its canonical form.</summary>
    public static Entry Make(long index, string decision, DateTimeOffset sealedAt, TrailKey key)
    {
        var payload = CanonicalJson.Write(new JsonObject
        {
            ["decision"] = JsonNode.Parse(decision),
            ["index"] = index,
            ["sealedAt"] = CanonicalJson.Instant(sealedAt),
            ["version"] = 1,
        });
        var leafHash = MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(payload));
        return Read(payload, leafHash, key.Seal(index, leafHash));
    }

    /// <summary>The row that belongs to a payload.</summary>
    /// <exception cref="FormatException">The payload is not one that this trail writes.</exception>
    public static Entry Read(string payload, byte[] leafHash, byte[] seal)
    {
        try
        {
            var members = JsonNode.Parse(payload)!.AsObject();
            var decision = members["decision"]!.AsObject();
            return new Entry
            {
                Index = members["index"]!.GetValue<long>(),
                DecisionId = Guid.Parse(decision["id"]!.GetValue<string>()),
                Payload = payload,
                LeafHash = leafHash,
                Seal = seal,
                SealedAt = CanonicalJson.ParseInstant(members["sealedAt"]!.GetValue<string>()),
                OccurredAt = CanonicalJson.ParseInstant(decision["occurredAt"]!.GetValue<string>()),
                Action = decision["action"]!.GetValue<string>(),
                ActorId = OptionalId(decision, "actorId"),
                ActorName = decision["actorName"]!.GetValue<string>(),
                ActorUnit = Optional(decision, "actorUnit"),
                SiteId = OptionalId(decision, "siteId"),
                ObjectType = decision["objectType"]!.GetValue<string>(),
                ObjectId = decision["objectId"]!.GetValue<string>(),
                ObjectTitle = Optional(decision, "objectTitle"),
                Opinion = Optional(decision, "opinion"),
                ContentHash = Optional(decision, "contentHash"),
                Facts = CanonicalJson.Write(decision["facts"]),
            };
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException
            or InvalidOperationException or FormatException)
        {
            throw new FormatException("The payload is not a sealed decision.", exception);
        }
    }

    /// <summary>The names of the columns in which this row differs from what its payload says.</summary>
    public IReadOnlyList<string> Differences()
    {
        var expected = Read(Payload, LeafHash, Seal);
        return
        [
            .. Compare("index", Index, expected.Index),
            .. Compare("decision_id", DecisionId, expected.DecisionId),
            .. Compare("sealed_at", SealedAt, expected.SealedAt),
            .. Compare("occurred_at", OccurredAt, expected.OccurredAt),
            .. Compare("action", Action, expected.Action),
            .. Compare("actor_id", ActorId, expected.ActorId),
            .. Compare("actor_name", ActorName, expected.ActorName),
            .. Compare("actor_unit", ActorUnit, expected.ActorUnit),
            .. Compare("site_id", SiteId, expected.SiteId),
            .. Compare("object_type", ObjectType, expected.ObjectType),
            .. Compare("object_id", ObjectId, expected.ObjectId),
            .. Compare("object_title", ObjectTitle, expected.ObjectTitle),
            .. Compare("opinion", Opinion, expected.Opinion),
            .. Compare("content_hash", ContentHash, expected.ContentHash),
            .. Compare("facts", CanonicalJson.Write(JsonNode.Parse(Facts)), expected.Facts),
        ];
    }

    /// <summary>The decision alone, as its publisher told it.</summary>
    public string Decision() => CanonicalJson.Write(JsonNode.Parse(Payload)!["decision"]);

    private static IEnumerable<string> Compare<T>(string column, T stored, T expected) =>
        EqualityComparer<T>.Default.Equals(stored, expected) ? [] : [column];

    private static string? Optional(JsonObject members, string name) => members[name]?.GetValue<string>();

    private static Guid? OptionalId(JsonObject members, string name) =>
        Optional(members, name) is { } text ? Guid.Parse(text) : null;
}

internal sealed class EntryConfiguration : IEntityTypeConfiguration<Entry>
{
    public void Configure(EntityTypeBuilder<Entry> builder)
    {
        builder.ToTable("entries");
        builder.HasKey(entry => entry.Index);
        builder.Property(entry => entry.Index).ValueGeneratedNever();
        builder.Property(entry => entry.Facts).HasColumnType("jsonb");
        builder.HasIndex(entry => entry.DecisionId).IsUnique();
        builder.HasIndex(entry => new { entry.SiteId, entry.Index }, "site").HasDatabaseName("ix_entries_site");
        builder.HasIndex(entry => new { entry.Action, entry.Index });
        builder.HasIndex(entry => entry.OccurredAt);
        // The register of reviews is read by site, newest first.
        builder.HasIndex(entry => new { entry.SiteId, entry.Index }, "register")
            .HasDatabaseName("ix_entries_register")
            .HasFilter("action like 'publishing.edition.%'");
        // A tree index refuses values of a few thousand bytes, and no text may keep a decision out of the trail.
        builder.HasIndex(entry => entry.ActorName).HasMethod("hash");
        builder.HasIndex(entry => entry.ObjectId).HasMethod("hash");
        builder.HasIndex(entry => entry.ContentHash).HasMethod("hash");
        builder.HasIndex(entry => entry.Facts).HasMethod("gin").HasOperators("jsonb_path_ops");
    }
}
