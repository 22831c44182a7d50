using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Portal.Audit.Trail.SignStatement;

internal sealed class SignStatementHandler(AuditDbContext db, TrailVault vault) : IRequestHandler<Contracts.SignStatement, string?>
{
    public async Task<string?> Handle(Contracts.SignStatement request, CancellationToken cancellationToken)
    {
        // A platform that has sealed nothing yet has no key; one whose key is gone signs nothing.
        var key = vault.Key ?? (await db.Entries.AnyAsync(cancellationToken) ? null : vault.KeyFor(0));
        return key?.SignStatement(request.Kind, request.Lines);
    }
}
