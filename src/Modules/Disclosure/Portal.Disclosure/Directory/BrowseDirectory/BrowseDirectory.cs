using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory.BrowseDirectory;

/// <summary>The directory of a site and of all below it, narrowed and searched (R-10 检索、查阅).</summary>
public sealed record BrowseDirectory : IRequest<DirectoryPage>, IPublicRequest
{
    /// <summary>The site that is looked at; of the provincial portal, the whole province.</summary>
    public required Guid ScopeId { get; init; }

    /// <summary>Words of the title.</summary>
    public string Title { get; init; } = "";

    /// <summary>文号, in any spelling.</summary>
    public string Number { get; init; } = "";

    /// <summary>索引号.</summary>
    public string Index { get; init; } = "";

    /// <summary>The site that discloses, below the scope.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>Class or sub-class of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>体裁.</summary>
    public string? Genre { get; init; }

    /// <summary>One of the items of article 20.</summary>
    public string? Item { get; init; }

    /// <summary>五公开.</summary>
    public string? FiveOpenness { get; init; }

    /// <summary>有效性.</summary>
    public string? Validity { get; init; }

    /// <summary>Year of publication.</summary>
    public int? Year { get; init; }

    /// <summary>Published on this day or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Published on this day or before.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Place in the list.</summary>
    public Cursor? Cursor { get; init; }

    /// <summary>Is anything narrowed or searched?</summary>
    public bool IsNarrowed => this != new BrowseDirectory { ScopeId = ScopeId, Cursor = Cursor };
}

/// <summary>A page of the directory.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Count">How many there are, counted up to <see cref="DirectoryBrowser.CountCap"/>.</param>
/// <param name="Facets">By which values the directory of the site can be narrowed: only those that hold something.</param>
public sealed record DirectoryPage(Page<EntryRow> Entries, int Count, DirectoryFacets Facets)
{
    /// <summary>What the province has put on top of its directory or recommends; on the first page of the whole only.</summary>
    public IReadOnlyList<EntryRow> Recommended { get; init; } = [];

    /// <summary>There are more than counted.</summary>
    public bool CountIsCapped => Count > DirectoryBrowser.CountCap;
}

/// <summary>Values that hold entries.</summary>
public sealed record DirectoryFacets(
    IReadOnlySet<string> Subjects, IReadOnlySet<string> Genres, IReadOnlySet<string> Items,
    IReadOnlySet<string> FiveOpenness, IReadOnlyList<int> Years, IReadOnlySet<Guid> Sites);

internal sealed class BrowseDirectoryHandler(DirectoryBrowser browser) : IRequestHandler<BrowseDirectory, DirectoryPage>
{
    public Task<DirectoryPage> Handle(BrowseDirectory request, CancellationToken cancellationToken) =>
        browser.ReadAsync(request, cancellationToken);
}

/// <summary>Reads a page of the directory: the list, the count and the facets in one round trip.</summary>
internal sealed class DirectoryBrowser(DirectoryData data, ISites sites, TimeProvider clock)
{
    public const int PageSize = 20;
    public const int CountCap = 1_000;
    public const int MostRecommended = 5;
    public const int FirstYear = 1949;

    public Task<DirectoryPage> ReadAsync(BrowseDirectory request, CancellationToken cancellationToken)
    {
        var list = ListOf(request, clock.GetUtcNow());
        return data.ReadAsync(
            async (reader, token) =>
            {
                var rows = await DirectoryData.RowsAsync(reader, EntryRow.Read, token);
                await reader.NextResultAsync(token);
                await reader.ReadAsync(token);
                var count = (int)reader.GetInt64(0);
                await reader.NextResultAsync(token);
                var facets = await FacetsAsync(reader, token);
                return new DirectoryPage(PageOf(rows, request.Cursor), count, facets)
                {
                    Recommended = await reader.NextResultAsync(token) ? await DirectoryData.RowsAsync(reader, EntryRow.Read, token) : [],
                };
            },
            cancellationToken,
            [list, CountOf(request), Facets(request.ScopeId), .. IsFront(request) ? [Recommended(request.ScopeId)] : Array.Empty<SqlText>()]);
    }

    private bool IsFront(BrowseDirectory request) =>
        !request.IsNarrowed && request.Cursor is null && sites.ById(request.ScopeId) is { ParentId: null };

    private static SqlText Recommended(Guid scope)
    {
        var sql = new SqlText();
        sql.Text =
            $"""
            select {EntryRow.Columns} from disclosure.directory_entries e
            where e.recommendation is not null and e.state = 'Listed' and e.site_path[1] = {sql.Value(scope)}
            order by e.recommendation = 'top' desc, e.published_at desc, e.id desc limit {sql.Value(MostRecommended)}
            """;
        return sql;
    }

    /// <summary>The newest hits, or those beside the cursor; one more than a page shows.</summary>
    internal static SqlText ListOf(BrowseDirectory request, DateTimeOffset now)
    {
        var sql = new SqlText();
        var backwards = request.Cursor is { Backwards: true };
        var order = backwards ? "asc" : "desc";
        var limit = sql.Value(PageSize + 1);
        if (IsLookUp(request))
        {
            sql.Text =
                $"""
                select {EntryRow.Columns} from {LookUp(sql, request)}{Beside(sql, request.Cursor, "e.id")}
                order by e.published_at {order}, e.id {order} limit {limit}
                """;
        }
        else if (ExpressionOf(request) is { } expression)
        {
            // The two quarters beside the place first, within the index: there a frequent word has enough hits, and a
            // word that has not is rare enough to be read through.
            var at = request.Cursor?.At ?? now;
            var near = $"{expression} & ({Grams.Quote(EntryTags.OfQuarter(at))} | {Grams.Quote(EntryTags.OfQuarter(at, backwards ? 1 : -1))})";
            var rest = Days(sql, request, "e") + Beside(sql, request.Cursor, "e.id");
            sql.Text =
                $"""
                with near as materialized (
                  select e.id, e.published_at from disclosure.directory_entries e
                  where e.title_vector @@ {sql.Value(near)}::tsquery{rest}
                  order by e.published_at {order}, e.id {order} limit {limit}),
                hits as (
                  select * from near
                  union (
                    select e.id, e.published_at from disclosure.directory_entries e
                    where (select count(*) from near) < {limit} and e.title_vector @@ {sql.Value(expression)}::tsquery{rest}
                    order by e.published_at {order}, e.id {order} limit {limit}))
                select {EntryRow.Columns}
                from (select * from hits order by published_at {order}, id {order} limit {limit}) h
                join disclosure.directory_entries e on e.id = h.id
                order by h.published_at {order}, h.id {order}
                """;
        }
        else
        {
            sql.Text =
                $"""
                select {EntryRow.Columns}
                from ({Listed(sql, request, $"order by l.published_at {order}, l.entry_id {order} limit {limit}", "l.entry_id, l.published_at")}) l
                join disclosure.directory_entries e on e.id = l.entry_id
                order by l.published_at {order}, l.entry_id {order}
                """;
        }

        return sql;
    }

    /// <summary>Rows one more than a page shows, in the order of the query, as a page with its cursors.</summary>
    internal static Page<EntryRow> PageOf(List<EntryRow> rows, Cursor? cursor)
    {
        var more = rows.Count > PageSize;
        var shown = rows.Take(PageSize).ToList();
        var backwards = cursor is { Backwards: true };
        if (backwards)
        {
            shown.Reverse();
        }

        var older = shown.Count > 0 && (backwards || more);
        var newer = shown.Count > 0 && (backwards ? more : cursor is not null);
        return new Page<EntryRow>(
            shown,
            older ? new Cursor(shown[^1].PublishedAt, shown[^1].Id, false).ToString() : null,
            newer ? new Cursor(shown[0].PublishedAt, shown[0].Id, true).ToString() : null);
    }

    private static SqlText CountOf(BrowseDirectory request)
    {
        var sql = new SqlText();
        var source = IsLookUp(request)
            ? LookUp(sql, request)
            : ExpressionOf(request) is { } expression
                ? $"disclosure.directory_entries e where e.title_vector @@ {sql.Value(expression)}::tsquery{Days(sql, request, "e")}"
                : $"({Listed(sql, request with { Cursor = null }, $"limit {sql.Value(CountCap + 1)}", "1")}) l";
        sql.Text = $"select count(*) from (select 1 from {source} limit {sql.Value(CountCap + 1)}) counted";
        return sql;
    }

    private static bool IsLookUp(BrowseDirectory request) => request.Number.Length > 0 || request.Index.Length > 0;

    // The numbers first, by their indexes, whatever else is asked: the fence keeps the rest of the question out of there.
    // A number alone names one thing, in the lists or withdrawn: its answer is the record or the tombstone.
    private static string LookUp(SqlText sql, BrowseDirectory request)
    {
        List<string> numbers = [], whole = [];
        void Number(string column, NumberPattern pattern)
        {
            numbers.Add(pattern.IsPrefix ? $"{column} like {sql.Value(pattern.Like)}" : $"{column} = {sql.Value(pattern.Text)}");
            whole.Add(pattern.IsPrefix ? $"{column} = {sql.Value(pattern.Text)}" : "true");
        }

        if (request.Index.Length > 0)
        {
            Number("e.index_number", NumberPattern.OfIndex(request.Index));
        }

        if (request.Number.Length > 0)
        {
            Number("e.number_key", NumberPattern.OfDocument(request.Number));
        }

        var found = $"(select * from disclosure.directory_entries e where {string.Join(" and ", numbers)} offset 0) e "
            + $"where {sql.Value(request.ScopeId)} = any(e.site_path) and e.state <> 'Withheld'";
        return (request with { Number = "", Index = "" }).IsNarrowed
            ? found + $" and e.title_vector @@ {sql.Value(string.Join(" & ", WordsOf(request).Concat(TagsOf(request))))}::tsquery"
                + Days(sql, request, "e")
            : found + $" and (e.state = 'Listed' or ({string.Join(" and ", whole)}))";
    }

    /// <summary>Is there anything in <paramref name="title"/> that a title can be searched for?</summary>
    internal static bool IsSearchable(string title) =>
        title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(word => Grams.Query(word) is not null);

    private static List<string> WordsOf(BrowseDirectory request) =>
        [.. request.Title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(Grams.Query).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? ExpressionOf(BrowseDirectory request)
    {
        var words = WordsOf(request);
        return words.Count == 0 ? null : string.Join(" & ", words.Concat(TagsOf(request)));
    }

    private static IEnumerable<string> TagsOf(BrowseDirectory request)
    {
        List<string> tags = [EntryTags.Listed, EntryTags.OfScope(request.ScopeId)];
        Add(tags, request.SiteId is { } site ? EntryTags.OfSite(site) : null);
        Add(tags, request.Subject is { } subject ? EntryTags.OfSubject(subject) : null);
        Add(tags, request.Genre is { } genre ? EntryTags.OfGenre(genre) : null);
        Add(tags, request.Item is { } item ? EntryTags.OfItem(item) : null);
        Add(tags, request.FiveOpenness is { } five ? EntryTags.OfFiveOpenness(five) : null);
        Add(tags, request.Validity is { } validity ? EntryTags.OfValidity(validity) : null);
        Add(tags, request.Year is { } year ? EntryTags.OfYear(year) : null);
        return tags.Select(Grams.Quote);
    }

    private static void Add(List<string> tags, string? tag)
    {
        if (tag is not null)
        {
            tags.Add(tag);
        }
    }

    // What the province has classified itself stands beside what its owner has: each side is an index range of its own.
    private static string Listed(SqlText sql, BrowseDirectory request, string part, string columns)
    {
        var rest = Narrow(sql, request) + Days(sql, request, "l") + Beside(sql, request.Cursor, "l.entry_id");
        string Side(string where) => $"select {columns} from disclosure.directory_listings l where {rest}{where} {part}";
        if (request.Subject is not { } subject)
        {
            return Side("");
        }

        var above = Classifications.Subjects.ItemOf(subject)?.Parent;
        var (group, leaf) = (sql.Value(above ?? subject), above is null ? null : sql.Value(subject));
        var own = leaf is null ? $" and l.subject_class = {group}" : $" and l.subject_class = {group} and l.subject = {leaf}";
        var added = leaf is null
            ? $" and l.overlay_subject_class = {group} and l.subject_class is distinct from {group}"
            : $" and l.overlay_subject_class = {group} and l.overlay_subject = {leaf} and l.subject is distinct from {leaf}";
        return $"select * from (({Side(own)}) union all ({Side(added)})) l {part}";
    }

    private static string Narrow(SqlText sql, BrowseDirectory request)
    {
        var where = $"l.scope_id = {sql.Value(request.ScopeId)}";
        where += request.SiteId is { } site ? $" and l.site_id = {sql.Value(site)}" : "";
        where += request.Genre is { } genre ? $" and l.genre = {sql.Value(genre)}" : "";
        where += request.Item is { } item ? $" and l.statutory_item = {sql.Value(item)}" : "";
        where += request.FiveOpenness is { } five ? $" and l.five_openness = {sql.Value(five)}" : "";
        where += request.Validity is { } validity ? $" and l.validity = {sql.Value(validity)}" : "";
        return where;
    }

    private static string Days(SqlText sql, BrowseDirectory request, string row)
    {
        var (from, to) = (request.From, request.To);
        if (request.Year is { } year)
        {
            from = from > new DateOnly(year, 1, 1) ? from : new DateOnly(year, 1, 1);
            to = to < new DateOnly(year, 12, 31) ? to : new DateOnly(year, 12, 31);
        }

        var where = from is { } first ? $" and {row}.published_at >= {sql.Value(BeijingTime.StartOf(first).ToUniversalTime())}" : "";
        return to is { } last
            ? where + $" and {row}.published_at < {sql.Value(BeijingTime.StartOf(last.AddDays(1)).ToUniversalTime())}"
            : where;
    }

    private static string Beside(SqlText sql, Cursor? cursor, string id) => cursor is { } edge
        ? $" and ({id[..1]}.published_at, {id}) {(edge.Backwards ? '>' : '<')} ({sql.Value(edge.At.ToUniversalTime())}, {sql.Value(edge.Id)})"
        : "";

    private SqlText Facets(Guid scope)
    {
        var sql = new SqlText();
        var id = sql.Value(scope);
        var below = sites.All.Where(site => site.Path.Contains(scope)).Select(site => site.Id).ToArray();
        sql.Text = string.Join(
            " union all ",
            Probe(sql, "subject", "subject_class", id, TopCodes(Classifications.Subjects)),
            Probe(sql, "subject", "overlay_subject_class", id, TopCodes(Classifications.Subjects)),
            Probe(sql, "genre", "genre", id, TopCodes(Classifications.Genres)),
            Probe(sql, "item", "statutory_item", id, TopCodes(Classifications.StatutoryItems)),
            Probe(sql, "five", "five_openness", id, TopCodes(Classifications.FiveOpenness)),
            $"select 'site', s::text from unnest({sql.Value(below)}) s where exists "
                + $"(select from disclosure.directory_listings l where l.scope_id = {id} and l.site_id = s)",
            $"select 'year', y::text from generate_series({sql.Value(FirstYear)}, {sql.Value(BeijingTime.In(clock.GetUtcNow()).Year + 1)}) y "
                + $"where exists (select from disclosure.directory_listings l where l.scope_id = {id} "
                + "and l.published_at >= make_timestamptz(y, 1, 1, 0, 0, 0, 'Asia/Shanghai') "
                + "and l.published_at < make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'Asia/Shanghai'))");
        return sql;
    }

    // An index probe a value, however many entries there are.
    private static string Probe(SqlText sql, string facet, string column, string scope, string[] codes) =>
        $"select '{facet}', c from unnest({sql.Value(codes)}) c where exists "
            + $"(select from disclosure.directory_listings l where l.scope_id = {scope} and l.{column} = c)";

    private static string[] TopCodes(Classification list) =>
        [.. list.Versions[^1].Items.Where(item => item.Parent is null).Select(item => item.Code)];

    private static async Task<DirectoryFacets> FacetsAsync(
        Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = await DirectoryData.RowsAsync(reader, row => (Facet: row.GetString(0), Value: row.GetString(1)), cancellationToken);
        var values = rows.ToLookup(row => row.Facet, row => row.Value);
        return new DirectoryFacets(
            values["subject"].ToHashSet(),
            values["genre"].ToHashSet(),
            values["item"].ToHashSet(),
            values["five"].ToHashSet(),
            [.. values["year"].Select(year => int.Parse(year, System.Globalization.CultureInfo.InvariantCulture)).OrderDescending()],
            values["site"].Select(Guid.Parse).ToHashSet());
    }
}
