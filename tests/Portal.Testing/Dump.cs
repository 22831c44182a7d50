using Npgsql;

namespace Portal.Testing;

/// <summary>Looks for a text in every row of every table, as somebody with a copy of the database would.</summary>
public static class Dump
{
    public static async Task<List<string>> TablesHolding(string connectionString, IReadOnlyList<string> secrets)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        List<string> tables = [];
        await using (var command = new NpgsqlCommand(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        List<string> holding = [];
        foreach (var table in tables)
        {
            foreach (var secret in secrets)
            {
                await using var command = new NpgsqlCommand(
                    $"select exists (select 1 from {table} t where t::text like $1 or encode(convert_to(t::text, 'UTF8'), 'hex') like $2)", connection);
                command.Parameters.Add(new NpgsqlParameter { Value = $"%{secret}%" });
                command.Parameters.Add(new NpgsqlParameter { Value = $"%{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(secret))}%" });
                if ((bool)(await command.ExecuteScalarAsync())!)
                {
                    holding.Add($"{table}: {secret}");
                }
            }
        }

        return holding;
    }
}
