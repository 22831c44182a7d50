using System.Globalization;
using System.Text.Json;
using MediatR;
using Npgsql;
using NpgsqlTypes;
using Portal.Shared.Actors;
using Portal.Shared.Messaging;
using Portal.Shared.Modules;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Publishing.Search.SearchDocuments;

/// <summary>Searches what the public can read, on one site or in the whole province.</summary>
public sealed record SearchDocuments : IRequest<SearchResults>, IPublicRequest
{
    /// <summary>What was typed; a quoted phrase is exact.</summary>
    public string Query { get; init; } = "";

    /// <summary>The site; null for the whole province.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>Only this document type.</summary>
    public string? Type { get; init; }

    /// <summary>Only this channel and below.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>Only this year of publication.</summary>
    public int? Year { get; init; }

    /// <summary>Page of the results, from 1.</summary>
    public int Page { get; init; } = 1;
}

/// <summary>A document found.</summary>
public sealed record SearchHit(
    Guid DocumentId,
    Guid SiteId,
    string Path,
    string Type,
    IReadOnlyList<Segment> Title,
    IReadOnlyList<Segment> Excerpt,
    DateTimeOffset PublishedAt,
    string? DocumentNumber,
    string? Validity,
    bool IsExactNumber);

/// <summary>How many of the hits have a value: the counted links beside the results.</summary>
/// <param name="Value">What it narrows to.</param>
/// <param name="Count">How many; null when not everything was counted.</param>
public sealed record Facet(string Value, int? Count);

/// <summary>What a search found.</summary>
/// <param name="Hits">One page of hits, best first.</param>
/// <param name="Count">Documents that were counted.</param>
/// <param name="CountIsCapped">There may be more than counted.</param>
/// <param name="PhrasesRead">
/// The newest that many texts with all the pairs of a quoted phrase were read for it, and there are older ones; null
/// when none is left unread that could matter.
/// </param>
/// <param name="HasMore">There is a next page.</param>
/// <param name="Types">Document types among them, counted unless the count is capped.</param>
/// <param name="Years">Years to narrow to, newest first; counted in the same way.</param>
public sealed record SearchResults(
    IReadOnlyList<SearchHit> Hits,
    int Count,
    bool CountIsCapped,
    int? PhrasesRead,
    bool HasMore,
    IReadOnlyList<Facet> Types,
    IReadOnlyList<Facet> Years)
{
    /// <summary>Nothing found.</summary>
    public static SearchResults None { get; } = new([], 0, false, null, false, [], []);
}

/// <summary>
/// Two stages: the newest title hits and the newest text hits, a bounded number of each, and only those are ranked. The
/// newest are looked for in the last two years first: there a frequent word has enough of them, and a word that has not
/// is rare enough to be looked through. Every title hit stands before every hit in a text alone, so that texts are not
/// asked when the titles fill all pages. Counts end at a thousand, and phrases are read in a bounded number of texts;
/// the page says so.
/// </summary>
internal sealed class SearchDocumentsHandler(ModuleDataSources sources, ModuleRegistry modules, TimeProvider clock)
    : IRequestHandler<SearchDocuments, SearchResults>
{
    public const int PageSize = 20;
    public const int MostYears = 12;
    private const int CountCap = 1_000;
    private const int Candidates = 200;
    private const int MostTextsRead = 1_000;

    // Estimates for grams that stand together are far too low, and reading vectors without an index far too dear. Plans
    // for this much estimated cost would be compiled, or given to further processes, for parts that mostly do not run.
    private const string PlanSql =
        """
        select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
          set_config('max_parallel_workers_per_gather', '0', true)
        """;

    // The marks are replaced by conditions that are written from constants below; every value is a parameter.
    // $1 the expression, $2 the same for the last two years, $3 candidates, $4 title hits that leave the texts unasked,
    // $5 most texts, $6 most text hits, $7 count cap.
    private const string Sql =
        """
        with title_recent as materialized (
          select document_id, part, published_at, type, year from publishing.search_entries e
          where title_vector @@ $2::tsquery /*filters*/ /*title phrases*/
          order by published_at desc, document_id limit $7),
        title_hits as materialized (
          select * from title_recent where (select count(*) from title_recent) >= $3
          union all (
            select document_id, part, published_at, type, year from publishing.search_entries e
            where (select count(*) from title_recent) < $3 and title_vector @@ $1::tsquery /*filters*/ /*title phrases*/
            order by published_at desc, document_id limit $7)),
        text_recent as materialized (
          select document_id, part, published_at, type, year from (
            select * from publishing.search_entries e
            where (select count(*) from title_hits) < $4 and text_vector @@ $2::tsquery /*filters*/
            order by published_at desc, document_id limit $5) as e
          where true /*text phrases*/ limit $6),
        text_all as materialized (
          select document_id, part, published_at, type, year, title, text from publishing.search_entries e
          where (select count(*) from title_hits) < $4 and (select count(*) from text_recent) < $3
            and text_vector @@ $1::tsquery /*filters*/
          order by published_at desc, document_id limit $5 + 1),
        text_hits as materialized (
          select * from text_recent where (select count(*) from text_recent) >= $3
          union all (
            select document_id, part, published_at, type, year from text_all e
            where true /*text phrases*/ limit $6)),
        others as materialized (
          select document_id, type, year from publishing.search_entries e
          where (select count(*) from title_hits) < $4 and (select count(*) from text_recent) >= $3
            and (select count(*) from text_recent) < $6 and text_vector @@ $1::tsquery /*filters*/
          limit $7),
        found as (
          select document_id, type, year from title_hits
          union select document_id, type, year from text_hits
          union select document_id, type, year from others),
        summary as (
          select
            (select count(*) from found) as found,
            (select count(*) from text_all) > $5 and (select count(*) from text_hits) < $6 as is_read_in_part,
            (select count(*) from title_hits) >= $4 or (select count(*) from text_hits) >= $6
              or (select count(*) from others) >= $7 as is_capped,
            (select coalesce(json_agg(json_build_object('value', type, 'count', n) order by n desc, type), '[]')
               from (select type, count(*) as n from found group by type) as types) as types,
            (select coalesce(json_agg(json_build_object('value', year::text, 'count', n) order by year desc), '[]')
               from (select year, count(*) as n from found group by year) as years) as years),
        numbers as (
          select document_id, part, published_at from publishing.search_entries e
          where document_number = $8 /*filters*/ limit 20),
        candidates as (
          select document_id, max(score) as score, min(part) as part, max(published_at) as published_at
          from (
            select *, 1000 as score from numbers
            union all (
              select document_id, part, published_at, 60 from title_hits
              order by published_at desc, document_id limit $3)
            union all (
              select document_id, part, published_at, 0 from text_hits
              where (select count(*) from title_hits) < $3
              order by published_at desc, document_id limit $3)) as best
          group by document_id),
        ranked as (
          select c.document_id, c.part, c.published_at, c.score >= 1000 as is_number,
            c.score
              + case when position(lower($9) in lower(p.title)) > 0 then 40 else 0 end
              + case when p.fields->>'validity' in ('repealed', 'expired') then -15 else 0 end
              + 20 / (1 + extract(epoch from $10 - c.published_at) / 86400 / 365) as score
          from candidates c
          join publishing.published_pages p on p.document_id = c.document_id and p.language = $11
          order by score desc, c.published_at desc, c.document_id
          limit $12 offset $13),
        shown as (
          select r.score, r.document_id, p.site_id, p.path, p.type, p.title, e.text, p.published_at,
            p.fields->>'documentNumber' as number,
            case when p.status = 'Page' then p.fields->>'validity' end as validity, r.is_number, p.summary
          from ranked r
          join publishing.published_pages p on p.document_id = r.document_id and p.language = $11
          join publishing.search_entries e
            on e.document_id = r.document_id and e.language = $11 and e.part = r.part)
        select s.found, s.is_read_in_part, s.is_capped, s.types, s.years,
          shown.document_id, shown.site_id, shown.path, shown.type, shown.title, shown.text, shown.published_at,
          shown.number, shown.validity, shown.is_number, shown.summary
        from summary s left join shown on true
        order by shown.score desc, shown.published_at desc, shown.document_id
        """;

    public async Task<SearchResults> Handle(SearchDocuments request, CancellationToken cancellationToken)
    {
        var terms = SearchTerms.Read(request.Query);
        if (terms.Expression is null)
        {
            return SearchResults.None;
        }

        var page = Math.Clamp(request.Page, 1, Candidates / PageSize);
        var now = clock.GetUtcNow();
        await using var connection = await sources
            .For(modules.OwnerOf(typeof(SearchDocumentsHandler).Assembly)).OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PlanSql));
        batch.BatchCommands.Add(Command(request, terms, page, now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var isReadInPart = HasPhrases(terms) && reader.GetBoolean(1);
        var isCapped = isReadInPart || reader.GetBoolean(2);
        var (types, years) = (Facets(reader.GetString(3)), Facets(reader.GetString(4)));
        var count = (int)reader.GetInt64(0);
        var hits = await ReadHitsAsync(reader, terms, cancellationToken);
        return new SearchResults(
            [.. hits.Take(PageSize)],
            Math.Min(count, CountCap),
            isCapped,
            isReadInPart ? MostTextsRead : null,
            hits.Count > PageSize,
            isCapped ? [.. types.Select(type => type with { Count = null })] : types,
            isCapped && request.Year is null ? YearsUntil(now, years) : years);
    }

    // The newest hits do not tell in which years there are others: the links lead to all the years that are shown.
    private static List<Facet> YearsUntil(DateTimeOffset now, List<Facet> found) =>
    [
        .. found.Select(year => int.Parse(year.Value, CultureInfo.InvariantCulture))
            .Union(Enumerable.Range(BeijingTime.In(now).Year - MostYears + 1, MostYears))
            .OrderDescending()
            .Select(year => new Facet(year.ToString(CultureInfo.InvariantCulture), null)),
    ];

    private static NpgsqlBatchCommand Command(
        SearchDocuments request, SearchTerms terms, int page, DateTimeOffset now)
    {
        var number = DocumentNumbers.Key(string.Concat(terms.Words));
        var hasPhrases = HasPhrases(terms);
        var command = new NpgsqlBatchCommand();
        var expression = ExpressionOf(request, terms);
        Add(command, expression);
        // A chosen year is as narrow as the last two.
        Add(command, request.Year is null ? RecentlyOf(expression, now) : expression);
        Add(command, Candidates);
        // Counting further is cheap for words, but not where texts must be read or all pairs with a character met.
        Add(command, hasPhrases || terms.HasPrefix ? Candidates : CountCap);
        Add(command, hasPhrases ? MostTextsRead : CountCap);
        Add(command, hasPhrases ? Candidates : CountCap);
        Add(command, CountCap);
        Add(command, number.Length <= 60 ? number : "");
        Add(command, string.Join(' ', terms.Words));
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = request.Year is { } year && year < 9000
                ? new DateTime(year, 12, 31, 0, 0, 0, DateTimeKind.Utc)
                : now.UtcDateTime,
            NpgsqlDbType = NpgsqlDbType.TimestampTz,
        });
        Add(command, "zh-CN");
        Add(command, PageSize + 1);
        Add(command, (page - 1) * PageSize);
        var filters = Filters(command, request);
        command.CommandText = Sql
            .Replace("/*filters*/", filters, StringComparison.Ordinal)
            .Replace("/*title phrases*/", Phrases(command, terms, "title"), StringComparison.Ordinal)
            .Replace("/*text phrases*/", Phrases(command, terms, "text"), StringComparison.Ordinal);
        return command;
    }

    private static string ExpressionOf(SearchDocuments request, SearchTerms terms)
    {
        var expression = terms.Expression!;
        if (request.SiteId is { } site)
        {
            expression += " & " + Grams.Quote(SearchTags.OfSite(site));
        }

        if (request.Type is { Length: > 0 and <= 40 } type)
        {
            expression += " & " + Grams.Quote(SearchTags.OfType(type));
        }

        return request.Year is { } year ? expression + " & " + Grams.Quote(SearchTags.OfYear(year)) : expression;
    }

    private static string RecentlyOf(string expression, DateTimeOffset now)
    {
        var year = BeijingTime.In(now).Year;
        return $"{expression} & ({Grams.Quote(SearchTags.OfYear(year))} | {Grams.Quote(SearchTags.OfYear(year - 1))})";
    }

    private static string Filters(NpgsqlBatchCommand command, SearchDocuments request)
    {
        var filters = "";
        if (request.SiteId is { } site)
        {
            filters += $" and e.site_id = ${Add(command, site)}";
        }

        if (request.Type is { Length: > 0 and <= 40 } type)
        {
            filters += $" and e.type = ${Add(command, type)}";
        }

        if (request.ChannelId is { } channel)
        {
            filters += $" and e.lineage @> array[${Add(command, channel)}]";
        }

        if (request.Year is { } year)
        {
            filters += $" and e.year = ${Add(command, year)}";
        }

        return filters;
    }

    // Grams say that all pairs occur, not that they stand together: a quoted phrase is read in the text itself. Folding
    // a text costs a hundred times the look, so letter case is folded only for phrases that have letters.
    private static string Phrases(NpgsqlBatchCommand command, SearchTerms terms, string column) =>
        string.Concat(terms.Phrases.Where(phrase => !IsGram(phrase)).Select(phrase =>
        {
            var hasLetters = phrase.Any(char.IsAsciiLetter);
            var value = $"${Add(command, hasLetters ? phrase.ToLowerInvariant() : phrase)}";
            string Holds(string name) => hasLetters
                ? $"strpos(lower(e.{name}), {value}) > 0"
                : $"strpos(e.{name}, {value}) > 0";
            return column == "title" ? $" and {Holds("title")}" : $" and ({Holds("text")} or {Holds("title")})";
        }));

    private static bool HasPhrases(SearchTerms terms) => terms.Phrases.Any(phrase => !IsGram(phrase));

    // Two characters are one gram, and one character is the beginning of some: the index has answered.
    private static bool IsGram(string phrase) =>
        Grams.Query(phrase) == Grams.Quote(Grams.Fold(phrase)) || phrase.EnumerateRunes().Take(2).Count() == 1;

    private static int Add<T>(NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command.Parameters.Count;
    }

    private static async Task<List<SearchHit>> ReadHitsAsync(
        NpgsqlDataReader reader, SearchTerms terms, CancellationToken cancellationToken)
    {
        List<SearchHit> hits = [];
        // Nothing found is a row with nothing but counts.
        for (var more = !reader.IsDBNull(5); more; more = await reader.ReadAsync(cancellationToken))
        {
            var text = reader.GetString(10);
            hits.Add(new SearchHit(
                reader.GetGuid(5),
                reader.GetGuid(6),
                reader.GetString(7),
                reader.GetString(8),
                Highlighter.Mark(reader.GetString(9), terms.Words),
                Highlighter.Excerpt(text.Length > 0 ? text : reader.GetString(15), terms.Words),
                reader.GetFieldValue<DateTimeOffset>(11),
                reader.IsDBNull(12) ? null : reader.GetString(12),
                reader.IsDBNull(13) ? null : reader.GetString(13),
                reader.GetBoolean(14)));
        }

        return hits;
    }

    private static List<Facet> Facets(string json) =>
        JsonSerializer.Deserialize<List<Facet>>(json, MessageJson.Options)!;
}
