using System.Text.Json;
using MediatR;
using Npgsql;
using NpgsqlTypes;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Messaging;
using Portal.Shared.Modules;
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
public sealed record Facet(string Value, int Count);

/// <summary>What a search found.</summary>
/// <param name="Hits">One page of hits, best first.</param>
/// <param name="Count">Documents found, counted up to <see cref="SearchDocumentsHandler.CountCap"/>.</param>
/// <param name="CountIsCapped">There are more than counted.</param>
/// <param name="HasMore">There is a next page.</param>
/// <param name="Types">Counts by document type.</param>
/// <param name="Years">Counts by year, newest first.</param>
public sealed record SearchResults(
    IReadOnlyList<SearchHit> Hits,
    int Count,
    bool CountIsCapped,
    bool HasMore,
    IReadOnlyList<Facet> Types,
    IReadOnlyList<Facet> Years)
{
    /// <summary>Nothing found.</summary>
    public static SearchResults None { get; } = new([], 0, false, false, [], []);
}

/// <summary>
/// Two stages: the newest title hits and the newest text hits, a bounded number of each, and only those are ranked. The
/// newest are looked for in the last two years first: there a frequent word has enough of them, and a word that has not
/// is rare enough to be read through. Counts are capped. No step costs more because a word is frequent.
/// </summary>
internal sealed class SearchDocumentsHandler(ModuleDataSources sources, ModuleRegistry modules, TimeProvider clock)
    : IRequestHandler<SearchDocuments, SearchResults>
{
    public const int PageSize = 20;
    public const int CountCap = 1_000;
    private const int Candidates = 200;

    // Estimates for grams that stand together are far too low, and reading vectors without an index far too dear. Plans
    // for this much estimated cost would be compiled, which takes longer than to run them.
    private const string PlanSql = "select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    // The marks are replaced by conditions that are written from constants below; every value is a parameter.
    private static readonly string HitsSql =
        $"""
        with {HitsIn("title")},
        {HitsIn("text")},
        numbers as (
          select document_id, part, published_at from publishing.search_entries e
          where document_number = $3 /*filters*/ limit 20),
        candidates as (
          select document_id, max(score) as score, min(part) as part, max(published_at) as published_at
          from (
            select *, 1000 as score from numbers
            union all select *, 60 from title_hits
            union all select *, 0 from text_hits) as found
          group by document_id),
        ranked as (
          select c.document_id, c.part, c.published_at, c.score >= 1000 as is_number,
            c.score
              + case when position(lower($4) in lower(p.title)) > 0 then 40 else 0 end
              + case when p.fields->>'validity' in ('repealed', 'expired') then -15 else 0 end
              + 20 / (1 + extract(epoch from $5 - c.published_at) / 86400 / 365) as score
          from candidates c
          join publishing.published_pages p on p.document_id = c.document_id and p.language = $6
          order by score desc, c.published_at desc, c.document_id
          limit $7 offset $8)
        select r.document_id, p.site_id, p.path, p.type, p.title, e.text, p.published_at,
          p.fields->>'documentNumber', p.fields->>'validity', r.is_number, p.summary
        from ranked r
        join publishing.published_pages p on p.document_id = r.document_id and p.language = $6
        join publishing.search_entries e
          on e.document_id = r.document_id and e.language = $6 and e.part = r.part
        order by r.score desc, r.published_at desc, r.document_id
        """;

    private const string CountsSql =
        """
        with found as (
          select distinct document_id, type, year from (
            select document_id, type, year from publishing.search_entries e
            where text_vector @@ $1::tsquery /*filters*/ /*text phrases*/ limit $2) as capped)
        select (select count(*) from found),
          (select coalesce(json_agg(json_build_object('value', type, 'count', n) order by n desc), '[]')
             from (select type, count(*) as n from found group by type) as types),
          (select coalesce(json_agg(json_build_object('value', year::text, 'count', n) order by year desc), '[]')
             from (select year, count(*) as n from found group by year) as years)
        """;

    public async Task<SearchResults> Handle(SearchDocuments request, CancellationToken cancellationToken)
    {
        var terms = SearchTerms.Read(request.Query);
        if (terms.Expression is null)
        {
            return SearchResults.None;
        }

        var page = Math.Clamp(request.Page, 1, Candidates / PageSize);
        await using var connection = await sources
            .For(modules.OwnerOf(typeof(SearchDocumentsHandler).Assembly)).OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PlanSql));
        batch.BatchCommands.Add(HitsCommand(request, terms, page, clock.GetUtcNow()));
        batch.BatchCommands.Add(CountsCommand(request, terms));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var hits = await ReadHitsAsync(reader, terms, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var count = (int)reader.GetInt64(0);
        return new SearchResults(
            [.. hits.Take(PageSize)],
            count,
            count >= CountCap,
            hits.Count > PageSize,
            Facets(reader.GetString(1)),
            Facets(reader.GetString(2)));
    }

    private static string HitsIn(string column) =>
        $"""
        {column}_recent as materialized (
          select document_id, part, published_at from (
            select * from publishing.search_entries e
            where {column}_vector @@ $9::tsquery /*filters*/ order by published_at desc, document_id limit $10) as e
          where true /*{column} phrases*/ limit $2),
        {column}_hits as (
          select * from {column}_recent
          union all (
            select document_id, part, published_at from publishing.search_entries e
            where (select count(*) from {column}_recent) < $2
              and {column}_vector @@ $1::tsquery /*filters*/ /*{column} phrases*/
            order by published_at desc, document_id limit $2))
        """;

    private static NpgsqlBatchCommand HitsCommand(
        SearchDocuments request, SearchTerms terms, int page, DateTimeOffset now)
    {
        var number = DocumentNumbers.Key(string.Concat(terms.Words));
        var command = new NpgsqlBatchCommand();
        var expression = ExpressionOf(request, terms);
        Add(command, expression);
        Add(command, Candidates);
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
        Add(command, RecentlyOf(expression, now));
        // Nearly all that have the grams of a phrase side by side have the phrase.
        Add(command, terms.Phrases.Count == 0 ? Candidates : Candidates * 2);
        var filters = Filters(command, request);
        command.CommandText = HitsSql
            .Replace("/*filters*/", filters, StringComparison.Ordinal)
            .Replace("/*title phrases*/", Phrases(command, terms, "title"), StringComparison.Ordinal)
            .Replace("/*text phrases*/", Phrases(command, terms, "text"), StringComparison.Ordinal);
        return command;
    }

    private static NpgsqlBatchCommand CountsCommand(SearchDocuments request, SearchTerms terms)
    {
        var command = new NpgsqlBatchCommand();
        Add(command, ExpressionOf(request, terms));
        Add(command, CountCap);
        var filters = Filters(command, request);
        command.CommandText = CountsSql
            .Replace("/*filters*/", filters, StringComparison.Ordinal)
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

    // Two characters are one gram: the index has answered.
    private static bool IsGram(string phrase) => Grams.Query(phrase) == Grams.Quote(Grams.Fold(phrase));

    private static int Add<T>(NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command.Parameters.Count;
    }

    private static async Task<List<SearchHit>> ReadHitsAsync(
        NpgsqlDataReader reader, SearchTerms terms, CancellationToken cancellationToken)
    {
        List<SearchHit> hits = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var text = reader.GetString(5);
            hits.Add(new SearchHit(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetString(3),
                Highlighter.Mark(reader.GetString(4), terms.Words),
                Highlighter.Excerpt(text.Length > 0 ? text : reader.GetString(10), terms.Words),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.IsDBNull(7) ? null : reader.GetString(7),
                reader.IsDBNull(8) ? null : reader.GetString(8),
                reader.GetBoolean(9)));
        }

        return hits;
    }

    private static List<Facet> Facets(string json) =>
        JsonSerializer.Deserialize<List<Facet>>(json, MessageJson.Options)!;
}
