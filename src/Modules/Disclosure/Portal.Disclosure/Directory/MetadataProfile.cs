using System.Collections.Frozen;
using System.Text.Json;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Directory;

/// <summary>What an element's value is written like.</summary>
public enum ElementType
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    /// <summary>A day, <c>YYYY-MM-DD</c>.</summary>
    Date,

    /// <summary>An instant, ISO 8601 in UTC.</summary>
    Instant,

    /// <summary>A code of a classification list.</summary>
    Code,

    /// <summary>Short words.</summary>
    List,

    /// <summary>Full standard name of an organisation.</summary>
    Organisation,

    /// <summary>文号.</summary>
    DocumentNumber,

    /// <summary>What it does to another document (<see cref="RelationText"/>).</summary>
    Relation,

    /// <summary>An address.</summary>
    Url,
}

/// <summary>Who fills an element.</summary>
public enum ElementSource
{
    /// <summary>The platform allots it.</summary>
    Allotted,

    /// <summary>The facts of the document; staff where these are silent.</summary>
    Facts,

    /// <summary>The document itself; who enters a record that is none. Nobody says it beside a document.</summary>
    Stated,

    /// <summary>Staff; where they have not yet, what can be read from the facts.</summary>
    Staff,
}

/// <summary>An element of the profile. Its label is in the resource file under <c>Element.</c> and its key.</summary>
public sealed record MetadataElement
{
    /// <summary>Key in records, forms and exports.</summary>
    public required string Key { get; init; }

    /// <summary>Number among the 14 core elements (CAT09); null for an extension.</summary>
    public int? Core { get; init; }

    /// <summary>English tag in page heads and exports.</summary>
    public required string Tag { get; init; }

    /// <summary>What the value is.</summary>
    public required ElementType Type { get; init; }

    /// <summary>Characters of a value at most.</summary>
    public int Max { get; init; } = 200;

    /// <summary>Values at most.</summary>
    public int Many { get; init; } = 1;

    /// <summary>It is a list, also when it has one value.</summary>
    public bool IsMany => Many > 1;

    /// <summary>The classification list of a code.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Only codes with nothing below are values (「选到末级」).</summary>
    public bool Leaf { get; init; }

    /// <summary>A day that cannot be in the future.</summary>
    public bool Past { get; init; }

    /// <summary><c>required</c>, <c>optional</c> or a condition (<see cref="Obligation"/>).</summary>
    public string Obligation { get; init; } = Directory.Obligation.Optional;

    /// <summary>Who fills it.</summary>
    public required ElementSource Source { get; init; }

    /// <summary>Its value where nobody gave one.</summary>
    public string? Default { get; init; }
}

/// <summary>
/// The metadata profile 核心元数据 (S-16, requirements of CAT09) as versioned data. Entry form, import, docking and export
/// follow it alike; a change of what a record must have is a change of the file.
/// </summary>
internal sealed class MetadataProfile
{
    private readonly FrozenDictionary<string, (MetadataElement Element, Obligation Obligation)> _byKey;
    private readonly FrozenDictionary<string, (MetadataElement Element, Obligation Obligation)> _overlay;

    private MetadataProfile(ProfileFile file)
    {
        Version = file.Version;
        EffectiveFrom = file.EffectiveFrom;
        Elements = file.Elements;
        Overlay = file.Overlay ?? [];
        _byKey = file.Elements.ToFrozenDictionary(
            element => element.Key, element => (element, Obligation.Parse(element.Obligation)));
        _overlay = Overlay.ToFrozenDictionary(
            element => element.Key, element => (element, Obligation.Parse(element.Obligation)));
    }

    /// <summary>The profile in force.</summary>
    public static MetadataProfile Current { get; } = ReadEmbedded();

    public string Version { get; }

    public DateOnly EffectiveFrom { get; }

    /// <summary>All elements, core first, in the order of forms and tables.</summary>
    public IReadOnlyList<MetadataElement> Elements { get; }

    /// <summary>
    /// What the province adds to the record of a docked system. The system's own elements are its own: neither side writes
    /// the other's.
    /// </summary>
    public IReadOnlyList<MetadataElement> Overlay { get; }

    public MetadataElement? Find(string key) =>
        _byKey.TryGetValue(key, out var found) ? found.Element : null;

    public MetadataElement? FindOverlay(string key) =>
        _overlay.TryGetValue(key, out var found) ? found.Element : null;

    /// <summary>Must a record with these values have the element?</summary>
    public bool Requires(MetadataElement element, EntryMetadata metadata) =>
        ObligationOf(element).Holds(metadata);

    /// <summary>When the element must be there.</summary>
    public Obligation ObligationOf(MetadataElement element) =>
        _byKey.TryGetValue(element.Key, out var found) ? found.Obligation : _overlay[element.Key].Obligation;

    /// <summary>Reads a profile.</summary>
    /// <exception cref="FormatException">An obligation cannot be read or names what the profile does not have.</exception>
    public static MetadataProfile Read(Stream json)
    {
        var profile = new MetadataProfile(JsonSerializer.Deserialize<ProfileFile>(json, MessageJson.Options)!);
        foreach (var element in profile.Elements)
        {
            profile.ObligationOf(element).Check(profile);
        }

        return profile;
    }

    private static MetadataProfile ReadEmbedded()
    {
        using var stream = typeof(MetadataProfile).Assembly
            .GetManifestResourceStream("Portal.Disclosure.Directory.profile.json")!;
        return Read(stream);
    }

    private sealed record ProfileFile(
        string Version, DateOnly EffectiveFrom, IReadOnlyList<MetadataElement> Elements, IReadOnlyList<MetadataElement>? Overlay);
}
