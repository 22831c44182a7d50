using Npgsql;
using Portal.Shared.Paging;
using Portal.Shared.Ui;

namespace Portal.Publishing.Pages;

/// <summary>Which part of a channel's list is asked for.</summary>
public sealed record ListPosition(int? Year, int? Number, Cursor? Cursor)
{
    /// <summary>The newest page of the whole list.</summary>
    public static ListPosition Start { get; } = new(null, null, null);
}

/// <summary>Reads a channel's page: everything in one round trip, by the channel's path.</summary>
internal static class ChannelRows
{
    public const int PageSize = 20;

    /// <summary>
    /// Pages that can be asked for by number: beyond them a number would cost more with every page, and cursors lead on.
    /// </summary>
    public const int MostNumbers = 50;

    /// <summary>Counts stop here, so that a channel with millions of pages costs no more than a small one.</summary>
    public const int MostCounted = 10_000;

    private const string This = "(select id from publishing.channels where site_id = $1 and path = $2)";

    private const string Facts =
        $$"""
        select c.id, c.path, c.name, c.type, c.description, c.keywords, c.closed_at is not null, c.lineage,
          array(select l.path from publishing.channels l
            where l.id = any(c.lineage) and l.id <> c.id order by cardinality(l.lineage)),
          array(select l.name from publishing.channels l
            where l.id = any(c.lineage) and l.id <> c.id order by cardinality(l.lineage)),
          nav.paths, nav.names,
          {{PublishedData.NextChange}}
        from publishing.channels c
        cross join {{PublishedData.Navigation}}
        where c.site_id = $1 and c.path = $2
          and (select true from publishing.listing_entries held where held.channel_id = c.id limit 1)
        """;

    private const string Branch =
        """
        with recursive top as (
          select c.lineage[1] as id from publishing.channels c where c.site_id = $1 and c.path = $2),
        tree as (
          select c.id, c.path, c.name, 1 as level, array[''] as place from publishing.channels c join top on top.id = c.id
          union all
          select c.id, c.path, c.name, tree.level + 1, tree.place || (lpad(c.position::text, 6, '0') || c.id::text)
          from publishing.channels c join tree on c.parent_id = tree.id
          where c.site_id = $1 and not c.hidden
            and (select true from publishing.listing_entries held where held.channel_id = c.id limit 1))
        select id, path, name, level from tree order by place
        """;

    private const string Years =
        $$"""
        select y.year::int, (select count(*)::int from (
            select from publishing.listing_entries e
            where e.channel_id = {{This}} and e.language = 'zh-CN'
              and e.published_at >= make_timestamptz(y.year::int, 1, 1, 0, 0, 0, 'Asia/Shanghai')
              and e.published_at < make_timestamptz(y.year::int + 1, 1, 1, 0, 0, 0, 'Asia/Shanghai') limit 10000) counted)
        from (
          select extract(year from max(e.published_at) at time zone 'Asia/Shanghai')::int as last,
            extract(year from min(e.published_at) at time zone 'Asia/Shanghai')::int as first
          from publishing.listing_entries e where e.channel_id = {{This}} and e.language = 'zh-CN') span,
        generate_series(span.last, span.first, -1) y (year)
        """;

    private const string Listed =
        """
        select p.document_id, p.path, p.title, l.published_at, p.type, p.fields ->> 'documentNumber', p.fields ->> 'validity',
          p.fields ->> 'position'
        from listed l join publishing.published_pages p on p.document_id = l.document_id and p.language = 'zh-CN'
        """;

    private const string ByNumber =
        $"""
        with listed as (
          select e.document_id, e.published_at from publishing.listing_entries e
          where e.channel_id = {This} and e.language = 'zh-CN' and e.published_at >= $3 and e.published_at < $4
          order by e.published_at desc, e.document_id desc offset $5 limit 21)
        {Listed} order by l.published_at desc, l.document_id desc
        """;

    private const string OlderThan =
        $"""
        with listed as (
          select e.document_id, e.published_at from publishing.listing_entries e
          where e.channel_id = {This} and e.language = 'zh-CN' and e.published_at >= $3 and e.published_at < $4
            and (e.published_at, e.document_id) < ($5, $6)
          order by e.published_at desc, e.document_id desc limit 21)
        {Listed} order by l.published_at desc, l.document_id desc
        """;

    private const string NewerThan =
        $"""
        with listed as (
          select e.document_id, e.published_at from publishing.listing_entries e
          where e.channel_id = {This} and e.language = 'zh-CN' and e.published_at >= $3 and e.published_at < $4
            and (e.published_at, e.document_id) > ($5, $6)
          order by e.published_at, e.document_id limit 21)
        {Listed} order by l.published_at desc, l.document_id desc
        """;

    public static IReadOnlyList<Statement> Statements(Guid siteId, string path, ListPosition position)
    {
        var from = position.Year is { } year ? StartOf(year) : DateTimeOffset.UnixEpoch.AddYears(-200);
        var until = position.Year is { } same ? StartOf(same + 1) : DateTimeOffset.UnixEpoch.AddYears(500);
        var list = position.Cursor is { } cursor
            ? new Statement(cursor.Backwards ? NewerThan : OlderThan, siteId, path, from, until, cursor.At, cursor.Id)
            : new Statement(ByNumber, siteId, path, from, until, ((position.Number ?? 1) - 1) * PageSize);
        return [new(Facts, siteId, path), new(Branch, siteId, path), new(Years, siteId, path), list];
    }

    /// <summary>Reads the four results; null when there is no such channel or nothing in it (W-06).</summary>
    public static async Task<ChannelView?> ReadAsync(
        NpgsqlDataReader row, ListPosition position, CancellationToken cancellationToken)
    {
        if (!await row.ReadAsync(cancellationToken))
        {
            return null;
        }

        var view = ReadFacts(row, position);
        List<BranchEntry> branch = [];
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            branch.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3)));
        }

        List<YearCount> years = [];
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (row.GetInt32(1) is > 0 and var count)
            {
                years.Add(new(row.GetInt32(0), count));
            }
        }

        List<ListedPage> pages = [];
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            pages.Add(new(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4),
                row.Text(5), row.Text(6), row.Text(7)));
        }

        return Turn(view with { Branch = branch, Years = years }, pages, position);
    }

    private static ChannelView ReadFacts(NpgsqlDataReader row, ListPosition position) => new()
    {
        Id = row.GetGuid(0),
        Path = row.GetString(1),
        Name = row.GetString(2),
        Type = row.GetString(3),
        Description = row.GetString(4),
        Keywords = row.GetFieldValue<string[]>(5),
        IsClosed = row.GetBoolean(6),
        Lineage = row.GetFieldValue<Guid[]>(7),
        Above = row.Entries(8),
        Navigation = row.Entries(10),
        NextChange = row.Instant(12),
        Branch = [],
        Years = [],
        Pages = [],
        Year = position.Year,
        Number = position.Cursor is null ? position.Number ?? 1 : null,
    };

    // One row more than a page was read: it says whether there is a further page in the direction of reading.
    private static ChannelView Turn(ChannelView view, List<ListedPage> pages, ListPosition position)
    {
        var more = pages.Count > PageSize;
        var backwards = position.Cursor is { Backwards: true };
        if (more)
        {
            pages.RemoveAt(backwards ? 0 : PageSize);
        }

        if (pages.Count == 0)
        {
            return view;
        }

        var older = new Cursor(pages[^1].At, pages[^1].Id, Backwards: false).ToString();
        var newer = new Cursor(pages[0].At, pages[0].Id, Backwards: true).ToString();
        return view with
        {
            Pages = pages,
            Older = more || backwards ? older : null,
            Newer = backwards ? (more ? newer : null) : position.Cursor is null && view.Number == 1 ? null : newer,
        };
    }

    private static DateTimeOffset StartOf(int year) => BeijingTime.StartOf(new DateOnly(year, 1, 1));
}
