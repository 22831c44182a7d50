using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Portal.Disclosure.Docking;

/// <summary>
/// Inserts the new rows of a context with one COPY a table instead of a statement a row. Names, types and conversions are
/// those of the model. The rows are no longer followed afterwards: attach one to change it.
/// </summary>
internal static class BulkRows
{
    /// <summary>Inserts all new rows of <typeparamref name="T"/> inside the open transaction.</summary>
    public static async Task InsertAsync<T>(DbContext db, CancellationToken cancellationToken)
        where T : class
    {
        var added = db.ChangeTracker.Entries<T>().Where(row => row.State == EntityState.Added).ToList();
        if (added.Count == 0)
        {
            return;
        }

        var type = db.Model.FindEntityType(typeof(T))!;
        List<Column> columns = [.. type.GetProperties().Select(ColumnOf)];
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        // Names come from the model, never from input.
        var copy = $"copy {type.GetSchema()}.{type.GetTableName()} ({string.Join(", ", columns.Select(column => column.Name))}) from stdin (format binary)";
        await using (var writer = await connection.BeginBinaryImportAsync(copy, cancellationToken))
        {
            foreach (var row in added)
            {
                await WriteAsync(writer, row, columns, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        foreach (var row in added)
        {
            row.State = EntityState.Detached;
        }
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter writer, EntityEntry row, List<Column> columns, CancellationToken cancellationToken)
    {
        await writer.StartRowAsync(cancellationToken);
        foreach (var (property, _, type) in columns)
        {
            var value = row.CurrentValues[property];
            if (value is not null && property.GetTypeMapping().Converter is { } converter)
            {
                value = converter.ConvertToProvider(value);
            }

            await (value is null
                ? writer.WriteNullAsync(cancellationToken)
                : writer.WriteAsync(value, type, cancellationToken));
        }
    }

    // A length belongs to the column, not to the type.
    private static Column ColumnOf(IProperty property)
    {
        var type = property.GetColumnType();
        var length = type.IndexOf('(', StringComparison.Ordinal);
        return new Column(property, property.GetColumnName(), length < 0 ? type : type[..length]);
    }

    private sealed record Column(IProperty Property, string Name, string Type);
}
