using System.Text.Json;
using Npgsql;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Directory;

/// <summary>
/// What the public side of the directory reads with: plain rows over the module's own connection pool, all statements
/// of a page in one round trip.
/// </summary>
internal sealed class DirectoryData(NpgsqlDataSource source)
{
    // Estimates for grams that stand together are far too low, and a plan compiled for them takes longer than the query.
    private const string PlanSql = "select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    public async Task<T> ReadAsync<T>(
        Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken,
        params IReadOnlyList<SqlText> statements)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PlanSql));
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.Command());
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await read(reader, cancellationToken);
    }

    /// <summary>Reads by key: a small statement that stays prepared on its connection.</summary>
    public async Task<List<T>> LookUpAsync<T>(
        SqlText statement, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(statement.Command());
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await RowsAsync(reader, row, cancellationToken);
    }

    /// <summary>Reads all rows of the current result.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}

/// <summary>A statement that is written piece by piece; every value is a parameter.</summary>
internal sealed class SqlText
{
    private readonly List<NpgsqlParameter> _values = [];

    /// <summary>The text so far.</summary>
    public string Text { get; set; } = "";

    /// <summary>Adds a value and answers its mark.</summary>
    public string Value<T>(T value)
    {
        _values.Add(new NpgsqlParameter<T> { TypedValue = value });
        return "$" + _values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(Text);
        foreach (var value in _values)
        {
            command.Parameters.Add(value);
        }

        return command;
    }
}

/// <summary>How columns become what pages show.</summary>
internal static class EntryColumns
{
    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateOnly? Day(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    public static T Json<T>(this NpgsqlDataReader row, int column) =>
        JsonSerializer.Deserialize<T>(row.GetString(column), MessageJson.Options)!;
}
