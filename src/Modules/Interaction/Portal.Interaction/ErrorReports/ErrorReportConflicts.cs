using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.Interaction.ErrorReports;

internal static class ErrorReportConflicts
{
    /// <summary>Did two people take a step at the same moment?</summary>
    public static bool IsOne(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || exception.Breaks(ErrorReportEventConfiguration.OneSequence);
}
