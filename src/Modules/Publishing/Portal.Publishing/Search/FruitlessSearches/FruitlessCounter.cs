using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Portal.Publishing.Search.SearchDocuments;
using Portal.Shared.Modules;
using Portal.Shared.Ui;

namespace Portal.Publishing.Search.FruitlessSearches;

/// <summary>
/// Counts searches that found nothing. A host keeps the counts in mind and writes them together every few seconds, with
/// the search that comes next; a restart forgets a handful. The visitor notices nothing of it, whatever happens.
/// </summary>
internal sealed partial class FruitlessCounter(
    ModuleDataSources sources, ModuleRegistry modules, TimeProvider clock, ILogger<FruitlessCounter> logger)
{
    // A term that is there already is counted however many there are; a new one only as long as the day has room.
    private const string Sql =
        """
        insert into publishing.fruitless_searches as f (site_id, day, term, times)
        select n.site_id, n.day, n.term, n.times
        from (
          select t.*, row_number() over (partition by t.site_id, t.day order by t.times desc, t.term)
            + (select count(*) from publishing.fruitless_searches c where c.site_id = t.site_id and c.day = t.day) as place,
            exists (
              select 1 from publishing.fruitless_searches k
              where k.site_id = t.site_id and k.day = t.day and k.term = t.term) as known
          from unnest($1, $2, $3, $4) as t (site_id, day, term, times)) n
        where n.known or n.place <= $5
        order by n.site_id, n.day, n.term
        on conflict (site_id, day, term) do update set times = f.times + excluded.times
        """;

    private readonly Lock _gate = new();
    private Dictionary<(Guid Site, DateOnly Day, string Term), int> _waiting = [];
    private DateTimeOffset _writeAt = DateTimeOffset.MinValue;

    /// <summary>Counts a search on a site.</summary>
    public async Task CountAsync(Guid siteId, string query)
    {
        var now = clock.GetUtcNow();
        var day = BeijingTime.Date(now);
        var rule = FruitlessSearchRules.Of(day);
        if (FruitlessTerm.Of(SearchTerms.Read(query), rule) is not { } term || Add((siteId, day, term), now, rule) is not { } due)
        {
            return;
        }

        try
        {
            await WriteAsync(due, rule);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            LogFailed(logger, exception);
        }
    }

    private Dictionary<(Guid Site, DateOnly Day, string Term), int>? Add(
        (Guid Site, DateOnly Day, string Term) key, DateTimeOffset now, FruitlessSearchRule rule)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(key, out var times))
            {
                _waiting[key] = times + 1;
            }
            else if (_waiting.Count < rule.MostWaiting)
            {
                _waiting[key] = 1;
            }

            if (now < _writeAt)
            {
                return null;
            }

            // Whatever becomes of the write, the next one is a while away.
            _writeAt = now.AddSeconds(rule.WriteEverySeconds);
            var due = _waiting;
            _waiting = [];
            return due;
        }
    }

    private async Task WriteAsync(Dictionary<(Guid Site, DateOnly Day, string Term), int> due, FruitlessSearchRule rule)
    {
        // Not the request's token: a visitor who goes away does not undo the others' counts.
        await using var command = sources.For(modules.OwnerOf(typeof(FruitlessCounter).Assembly)).CreateCommand(Sql);
        command.CommandTimeout = 2;
        command.Parameters.Add(new NpgsqlParameter { Value = due.Keys.Select(key => key.Site).ToArray() });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = due.Keys.Select(key => key.Day).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date,
        });
        command.Parameters.Add(new NpgsqlParameter { Value = due.Keys.Select(key => key.Term).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = due.Values.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rule.TermsPerSiteAndDay });
        await command.ExecuteNonQueryAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Searches without results could not be counted")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
