using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.Disclosure.Requests;

internal static class RequestConflicts
{
    /// <summary>Did two people take a step at the same moment?</summary>
    public static bool IsOne(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || exception.Breaks(RequestEventConfiguration.OneSequence);
}
