using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Portal.Shared.Data;

/// <summary>Reads which unique key or check a failed save broke.</summary>
public static class KeyedConflicts
{
    /// <summary>
    /// True when <paramref name="exception"/> is PostgreSQL's refusal of a duplicate under
    /// <paramref name="index"/> (SQLSTATE 23505).
    /// </summary>
    public static bool Breaks(this DbUpdateException exception, string index)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } refusal
            && refusal.ConstraintName == index;
    }
}
