using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.Interaction.Letters;

internal static class LetterConflicts
{
    /// <summary>Did two people take a step at the same moment?</summary>
    public static bool IsOne(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException
        || exception.Breaks(LetterEventConfiguration.OneSequence)
        || exception.Breaks(LetterAssignmentConfiguration.OneUnit);
}
