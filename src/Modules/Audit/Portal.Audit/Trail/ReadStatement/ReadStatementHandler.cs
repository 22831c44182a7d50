using MediatR;
using Portal.Audit.Contracts;

namespace Portal.Audit.Trail.ReadStatement;

internal sealed class ReadStatementHandler(TrailVault vault) : IRequestHandler<Contracts.ReadStatement, StatementReading>
{
    private const int Longest = 4000;
    private const string Signature = "\u2014 ";

    private static readonly StatementReading Nothing = new() { IsWhole = false, IsOurs = false, IsSigned = false };

    public Task<StatementReading> Handle(Contracts.ReadStatement request, CancellationToken cancellationToken) =>
        Task.FromResult(Read(request.Statement));

    // Copied by hand out of a page or a message, lines get blanks around them and empty ones in between.
    private StatementReading Read(string statement)
    {
        string[] lines = statement.Length > Longest
            ? []
            : [.. statement.ReplaceLineEndings("\n").Trim('\uFEFF').Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (lines is not [var name, var kind, .. var said, var signature]
            || !name.StartsWith(TrailKey.StatementPrefix, StringComparison.Ordinal)
            || said.Length == 0
            || !signature.StartsWith(Signature, StringComparison.Ordinal))
        {
            return Nothing;
        }

        var key = vault.Key;
        var note = string.Join('\n', lines[..^1]) + "\n\n" + signature + "\n";
        return new StatementReading
        {
            IsWhole = true,
            IsOurs = key?.StatementName == name,
            IsSigned = key?.IsStatement(note) == true,
            Kind = kind,
            Lines = said,
        };
    }
}
