namespace Portal.Disclosure.Directory;

/// <summary>Puts a record together from the facts of a document and what staff said beside them.</summary>
internal static class MetadataComposer
{
    /// <summary>
    /// Facts first for what is a fact, staff first for what is a judgement; a default where neither speaks.
    /// </summary>
    /// <param name="facts">The document's facts, if it is one.</param>
    /// <param name="staff">What staff entered, with the versions of its codes.</param>
    /// <param name="kept">Versions of codes that the entry has already: its codes are read by these for good.</param>
    /// <param name="today">The day in Beijing: new codes are taken from the lists in force.</param>
    public static ComposedMetadata Compose(
        DocumentFacts? facts, (EntryMetadata Values, IReadOnlyDictionary<string, string> Versions)? staff,
        IReadOnlyDictionary<string, string> kept, DateOnly today)
    {
        var versions = VersionsOf(staff?.Versions, kept, today);
        var told = facts?.ToMetadata(versions) ?? new EntryMetadata();
        var added = staff?.Values ?? new EntryMetadata();
        var metadata = new EntryMetadata();
        foreach (var element in MetadataProfile.Current.Elements.Where(element => element.Source != ElementSource.Allotted))
        {
            var (first, second) = element.Source switch
            {
                ElementSource.Facts => (told, added),
                ElementSource.Stated when facts is not null => (told, told),
                _ => (added, told),
            };
            IReadOnlyList<string> values = element.Type == ElementType.Relation
                ? [.. first.All(element.Key), .. second.All(element.Key)]
                : first.Has(element.Key) ? first.All(element.Key)
                : second.Has(element.Key) ? second.All(element.Key)
                : element.Default is { } usual ? [usual]
                : [];
            metadata.Set(element.Key, values);
        }

        return new ComposedMetadata(metadata, Used(metadata, versions));
    }

    /// <summary>Values as people gave them, in the form that records keep.</summary>
    public static EntryMetadata Normalise(EntryMetadata given, DateOnly today)
    {
        var metadata = new EntryMetadata();
        foreach (var (key, values) in given.Values)
        {
            metadata.Set(key, MetadataProfile.Current.Find(key) switch
            {
                { Type: ElementType.Code, Vocabulary: { } list } => values.Select(value =>
                    Classifications.Of(list).Read(value, Classifications.Of(list).On(today).Version)?.Code ?? value),
                { Type: ElementType.DocumentNumber } => values.Select(Shared.Text.DocumentNumbers.Normalise),
                { Type: ElementType.Relation } => values.Select(value => RelationText.Parse(value)?.ToString() ?? value),
                _ => values,
            });
        }

        return metadata;
    }

    /// <summary>The versions in force of the lists that coded elements of a record use.</summary>
    public static SortedDictionary<string, string> VersionsToday(EntryMetadata metadata, DateOnly today) =>
        Used(metadata, VersionsOf(null, new Dictionary<string, string>(), today));

    private static SortedDictionary<string, string> VersionsOf(
        IReadOnlyDictionary<string, string>? staff, IReadOnlyDictionary<string, string> kept, DateOnly today)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in MetadataProfile.Current.Elements)
        {
            if (element.Vocabulary is { } list)
            {
                versions[element.Key] = staff?.GetValueOrDefault(element.Key) ?? kept.GetValueOrDefault(element.Key)
                    ?? Classifications.Of(list).On(today).Version;
            }
        }

        return versions;
    }

    private static SortedDictionary<string, string> Used(EntryMetadata metadata, SortedDictionary<string, string> versions) =>
        new(versions.Where(pair => metadata.Has(pair.Key)).ToDictionary(), StringComparer.Ordinal);
}

/// <summary>A record and the versions of its codes.</summary>
internal sealed record ComposedMetadata(EntryMetadata Values, SortedDictionary<string, string> Versions);
