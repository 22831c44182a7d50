using Npgsql;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>
/// Rows for one table in PostgreSQL's binary COPY format, made on one core while the database takes earlier ones on
/// the other. Not by Npgsql's importer: it goes through a converter for each of a thousand grams a document, and can be
/// fed only while its connection does nothing else.
/// </summary>
internal sealed class CopyRows<T>(string table, params (string Column, Action<CopyBuffer, T> Write)[] columns)
{
    // "PGCOPY", the bytes that show a file spoiled in transfer, no flags, no extension.
    private static readonly byte[] Header =
        [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly CopyBuffer _buffer = new();

    /// <summary>Adds a row.</summary>
    public void Add(T row)
    {
        if (_buffer.Length == 0)
        {
            _buffer.Bytes(Header);
        }

        _buffer.Short((short)columns.Length);
        foreach (var (_, write) in columns)
        {
            write(_buffer, row);
        }
    }

    /// <summary>Adds rows.</summary>
    public void AddRange(IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    /// <summary>Sends the rows inside the transaction that is open on the connection.</summary>
    public async Task SendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_buffer.Length == 0)
        {
            return;
        }

        _buffer.Short(-1);
        var names = string.Join(", ", columns.Select(column => column.Column));
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"copy publishing.{table} ({names}) from stdin (format binary)", cancellationToken);
        await copy.WriteAsync(_buffer.Written, cancellationToken);
    }
}
