using Npgsql;
using NpgsqlTypes;

namespace Portal.Publishing.Pages;

/// <summary>
/// What the public side reads with: plain rows, no tracking, no object graph. Statements stay prepared on their
/// connection, so that a page costs one or two round trips. The pool is its own: it bounds how many pages are read at
/// once, so that a crowd of visitors waits in line here and leaves the writers their connections.
/// </summary>
internal sealed class PublishedData(string connection) : IAsyncDisposable
{
    private const int Connections = 24;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
    {
        MaxPoolSize = Connections,
        // Reads leave nothing behind; the statements that clean up after each of them would cost as much as some reads.
        NoResetOnClose = true,
    });

    /// <summary>
    /// The top channels that hold something (W-06), as a table <c>nav</c> of one row with the columns <c>paths</c> and
    /// <c>names</c>. $1 = site. Each channel is one index probe, whatever the planner thinks of the size of the lists.
    /// </summary>
    public const string Navigation =
        """
        (select coalesce(array_agg(top.path), '{}') as paths, coalesce(array_agg(top.name), '{}') as names from (
          select n.path, n.name from publishing.channels n
          where n.site_id = $1 and n.parent_id is null and not n.hidden
            and (select true from publishing.listing_entries held where held.channel_id = n.id limit 1)
          order by n.position, n.id limit 7) top) nav
        """;

    /// <summary>When the next schedule of the site falls due: no answer of the site may be cached beyond it. $1 = site.</summary>
    public const string NextChange =
        """
        least(
          (select min(s.publish_at) from publishing.editions s where s.state = 'Scheduled' and s.site_id = $1),
          (select min(t.take_down_at) from publishing.editions t
            where t.state = 'Live' and t.take_down_at is not null and t.site_id = $1))
        """;

    /// <summary>Runs the statements in one round trip and hands the results over in their order.</summary>
    public async Task<T> ReadAsync<T>(
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken,
        params IReadOnlyList<Statement> statements)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.Command());
        }

        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await read(reader, cancellationToken);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}

/// <summary>A statement with its positional values.</summary>
internal sealed class Statement(string sql, params object?[] values)
{
    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                Guid id => new NpgsqlParameter<Guid> { TypedValue = id },
                string text => new NpgsqlParameter<string> { TypedValue = text },
                int number => new NpgsqlParameter<int> { TypedValue = number },
                Guid[] ids => new NpgsqlParameter<Guid[]> { TypedValue = ids },
                string[] texts => new NpgsqlParameter<string[]> { TypedValue = texts },
                DateTimeOffset at => new NpgsqlParameter<DateTimeOffset>
                {
                    TypedValue = at.ToUniversalTime(),
                    NpgsqlDbType = NpgsqlDbType.TimestampTz,
                },
                _ => throw new ArgumentException($"No parameter type for {value?.GetType().Name ?? "null"}."),
            });
        }

        return command;
    }
}
