using MediatR;
using Portal.Disclosure.Contracts;

namespace Portal.Disclosure.Directory.GetDirectoryEntries;

/// <summary>Asked for every page of an official document, so it reads plain rows.</summary>
internal sealed class GetDirectoryEntriesHandler(DirectoryData data)
    : IRequestHandler<Contracts.GetDirectoryEntries, IReadOnlyList<DirectoryEntrySummary>>
{
    public async Task<IReadOnlyList<DirectoryEntrySummary>> Handle(
        Contracts.GetDirectoryEntries request, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        sql.Text =
            $"""
            select id, document_id, index_number, state from disclosure.directory_entries
            where document_id = any({sql.Value(request.DocumentIds.ToArray())}) and state <> 'Withheld'
            """;
        return await data.LookUpAsync(
            sql,
            row => new DirectoryEntrySummary(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), RecordPath.Of(row.GetGuid(0))),
            cancellationToken);
    }
}
