using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory.CountEntries;

/// <summary>
/// What the directory of a site and of all below it holds, by organisation: the five kinds of openness (Opinion art. 2, S-05)
/// and what entries still lack.
/// </summary>
public sealed record CountEntries : IRequest<Outcome<EntryCounts>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;
}

/// <summary>The counts.</summary>
/// <param name="SiteName">The site that is looked at.</param>
/// <param name="Elements">Elements that some entry lacks, most often lacked first.</param>
/// <param name="Rows">One an organisation that has entries, in the order of the tree.</param>
public sealed record EntryCounts(string SiteName, IReadOnlyList<string> Elements, IReadOnlyList<OrganisationCounts> Rows);

/// <summary>The counts of an organisation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsCurrent">Its list is the one at hand.</param>
/// <param name="Listed">Its entries that the public finds.</param>
/// <param name="Lacking">Those of them that lack something.</param>
/// <param name="FiveOpenness">By kind of openness; the empty code for none.</param>
/// <param name="Missing">By element that is lacking.</param>
public sealed record OrganisationCounts(
    string Name, bool IsCurrent, int Listed, int Lacking, IReadOnlyDictionary<string, int> FiveOpenness,
    IReadOnlyDictionary<string, int> Missing);

internal sealed class CountEntriesHandler(DirectoryData data, ISites sites, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<CountEntries, Outcome<EntryCounts>>
{
    public async Task<Outcome<EntryCounts>> Handle(CountEntries request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageDisclosure, site))
        {
            return Failure.Forbidden;
        }

        var (kinds, missing) = await data.ReadAsync(
            async (reader, token) =>
            {
                var first = await DirectoryData.RowsAsync(reader, Read, token);
                await reader.NextResultAsync(token);
                return (first, await DirectoryData.RowsAsync(reader, Read, token));
            },
            cancellationToken,
            [Kinds(site.Id), Missing([.. sites.All.Where(below => below.Path.Contains(site.Id)).Select(below => below.Id)])]);
        var byKind = kinds.ToLookup(row => row.SiteId);
        var byElement = missing.ToLookup(row => row.SiteId);
        return new EntryCounts(
            site.Name,
            [.. missing.Where(row => row.Key.Length > 0).GroupBy(row => row.Key)
                .OrderByDescending(group => group.Sum(row => row.Count)).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Key)],
            [.. sites.All.Where(below => byKind.Contains(below.Id))
                .OrderBy(below => below.Path.Count).ThenBy(below => below.Key, StringComparer.Ordinal)
                .Select(below => new OrganisationCounts(
                    below.OrganisationName,
                    below.Id == site.Id,
                    byKind[below.Id].Sum(row => row.Count),
                    byElement[below.Id].Where(row => row.Key.Length == 0).Sum(row => row.Count),
                    byKind[below.Id].ToDictionary(row => row.Key, row => row.Count),
                    byElement[below.Id].Where(row => row.Key.Length > 0).ToDictionary(row => row.Key, row => row.Count)))]);
    }

    private static SqlText Kinds(Guid scope)
    {
        var sql = new SqlText();
        sql.Text =
            $"""
            select l.site_id, coalesce(l.five_openness, ''), count(*)::int
            from disclosure.directory_listings l where l.scope_id = {sql.Value(scope)}
            group by l.site_id, l.five_openness
            """;
        return sql;
    }

    // The empty key counts the entries, the others what they lack.
    private static SqlText Missing(Guid[] below)
    {
        var sql = new SqlText();
        sql.Text =
            $"""
            with lacking as materialized (
              select e.site_id, e.missing from disclosure.directory_entries e
              where e.site_id = any({sql.Value(below)}) and e.missing <> array[]::text[] and e.state = 'Listed')
            select site_id, '', count(*)::int from lacking group by site_id
            union all
            select site_id, element, count(*)::int from lacking, unnest(missing) element group by site_id, element
            """;
        return sql;
    }

    private static (Guid SiteId, string Key, int Count) Read(Npgsql.NpgsqlDataReader row) =>
        (row.GetGuid(0), row.GetString(1), row.GetInt32(2));
}
