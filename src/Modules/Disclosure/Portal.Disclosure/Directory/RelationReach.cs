using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory;

/// <summary>
/// How far a record's words about other records reach. Only the organisation that issued a document, or a superior one,
/// amends, repeals or replaces it; which one that is, the sites of the two records say, never a name that somebody typed.
/// </summary>
internal sealed class RelationReach(DisclosureDbContext db, IStringLocalizer<DirectoryText> text)
{
    /// <summary>What changes the standing of the other document.</summary>
    public static readonly IReadOnlyList<RelationKind> Acting =
        [RelationKind.Amends, RelationKind.Repeals, RelationKind.Replaces];

    /// <summary>What speaks of the standing of a document, whichever side says it.</summary>
    public static readonly IReadOnlyList<RelationKind> Standing = [.. Acting, RelationKind.RepealedBy];

    /// <summary>What of a record's relations stays without effect, in words.</summary>
    public async Task<IReadOnlyList<FieldError>> WarningsAsync(
        SiteInfo site, EntryMetadata metadata, CancellationToken cancellationToken) =>
        (await LearnAsync(site, [metadata], cancellationToken)).WarningsOf(metadata);

    /// <summary>Looks up all that records of a site name, in one statement.</summary>
    public async Task<RelationTargets> LearnAsync(
        SiteInfo site, IEnumerable<EntryMetadata> records, CancellationToken cancellationToken)
    {
        var others = records.SelectMany(RelationTargets.ActingOf).Select(relation => relation.Other)
            .Distinct(StringComparer.Ordinal).ToList();
        if (others.Count == 0)
        {
            return new RelationTargets([], text);
        }

        string[] keys = [.. others.Select(DocumentNumbers.Key)];
        string[] numbers = [.. others];
        var siteId = site.Id;
        var found = await db.Database.SqlQuery<RelationTarget>(
            $"""
            select e.number_key, e.index_number, e.organisation_name, e.title, {siteId} = any(e.site_path) as reached
            from disclosure.directory_entries e where e.number_key = any({keys}) and e.state = 'Listed'
            union
            select e.number_key, e.index_number, e.organisation_name, e.title, {siteId} = any(e.site_path)
            from disclosure.directory_entries e where e.index_number = any({numbers}) and e.state = 'Listed'
            """).ToListAsync(cancellationToken);
        return new RelationTargets(found, text);
    }
}

/// <summary>A record that a relation names.</summary>
internal sealed record RelationTarget(
    string? NumberKey, string IndexNumber, string OrganisationName, string Title, bool Reached);

/// <summary>The records that relations name.</summary>
internal sealed class RelationTargets(IReadOnlyList<RelationTarget> targets, IStringLocalizer<DirectoryText> text)
{
    public static IEnumerable<RelationText> ActingOf(EntryMetadata metadata) =>
        metadata.All("relation").Select(RelationText.Parse).OfType<RelationText>()
            .Where(relation => RelationReach.Acting.Contains(relation.Kind));

    public IReadOnlyList<FieldError> WarningsOf(EntryMetadata metadata)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        List<FieldError> warnings = [];
        foreach (var relation in ActingOf(metadata))
        {
            var key = DocumentNumbers.Key(relation.Other);
            var named = targets.Where(target => target.NumberKey == key || target.IndexNumber == relation.Other).ToList();
            if (named.Count > 0 && !named.Exists(target => target.Reached))
            {
                warnings.Add(new FieldError("relation", text[
                    "Relation.OutOfReach", text["Relation." + relation.Kind].Value, relation.Other,
                    named[0].OrganisationName, named[0].Title]));
            }
        }

        return warnings;
    }
}
