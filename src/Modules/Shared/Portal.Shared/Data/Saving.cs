using Microsoft.EntityFrameworkCore;
using Portal.Shared.Outcomes;

namespace Portal.Shared.Data;

/// <summary>Saves a unit of work whose version somebody else may have moved on.</summary>
public static class Saving
{
    /// <summary>
    /// Saves; answers <see cref="Failure.Conflict"/> when a row is no longer at the version that it was read at, what
    /// <paramref name="refusal"/> makes of another refusal of the database, and null when all is saved.
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="cancellationToken">Ends the save.</param>
    /// <param name="refusal">Reads a broken key as a failure; null lets the exception through.</param>
    public static async Task<Failure?> TrySaveAsync(
        this ModuleDbContext db,
        CancellationToken cancellationToken,
        Func<DbUpdateException, Failure?>? refusal = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        Failure? failure = null;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            failure = Failure.Conflict;
        }
        catch (DbUpdateException exception) when ((failure = refusal?.Invoke(exception)) is not null)
        {
            // The failure says what the database refused.
        }

        return failure;
    }
}
