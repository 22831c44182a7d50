using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Interaction.ErrorReports;

/// <summary>Keys of error reports.</summary>
internal sealed class ErrorReportKeyring(IDataProtectionProvider protection, InteractionDbContext db, HashKeys known)
    : InteractionKeyring(protection, db, known)
{
    public const string Code = "error-code";
    public const string Content = "error-content";
    public const string Quote = "error-quote";

    /// <summary>What was written; null once it is erased.</summary>
    public WrittenReport? Open(ErrorReport report) =>
        Unwrap(report.SealedKey) is { } key ? OpenJson<WrittenReport>(key, report.Id, report.Sealed) : null;
}
