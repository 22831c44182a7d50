using System.Text.Json;

namespace Portal.Publishing.Demo;

/// <summary>A site of <c>sites.json</c>, as far as its channels go.</summary>
internal sealed record DemoSite(string Key, IReadOnlyList<DemoChannel> Channels);

internal sealed record DemoChannel(
    string Slug, string Name, string Type, int? CycleDays, string Description, string[] Keywords,
    IReadOnlyList<DemoChannel> Children);

/// <summary>A document of <c>documents/*.json</c>.</summary>
internal sealed record DemoDocument
{
    public required string Key { get; init; }

    public required string Site { get; init; }

    public required string Channel { get; init; }

    public required string Type { get; init; }

    public required string Title { get; init; }

    public string Summary { get; init; } = "";

    public string Source { get; init; } = "";

    public string Author { get; init; } = "";

    public string[] Keywords { get; init; } = [];

    public required string Stage { get; init; }

    /// <summary>When it went live; unfinished ones: when work on them began.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    public Dictionary<string, JsonElement> Fields { get; init; } = [];

    public string? Image { get; init; }

    public required string Body { get; init; }

    public IReadOnlyList<DemoAttachment> Attachments { get; init; } = [];

    /// <summary>User names by part: author, firstReviewer, secondReviewer, releaser.</summary>
    public Dictionary<string, string> Chain { get; init; } = [];

    /// <summary>Opinions by part.</summary>
    public Dictionary<string, string> Opinions { get; init; } = [];

    /// <summary>Minutes from the time of seeding: when a scheduled one goes live, when an emergency went out.</summary>
    public int? OffsetMinutes { get; init; }

    /// <summary>What became of a returned one, in order.</summary>
    public IReadOnlyList<DemoReview> Reviews { get; init; } = [];

    public string? WithdrawReason { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    public string? EmergencyReason { get; init; }
}

/// <summary>A review of a document that was returned.</summary>
internal sealed record DemoReview(string Stage, string By, string Decision, string Opinion);

internal sealed record DemoAttachment(string Name, string Kind, string Text);
