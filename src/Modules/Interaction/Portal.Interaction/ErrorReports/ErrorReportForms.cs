using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Interaction.ErrorReports;

/// <summary>The tokens in forms of error reports.</summary>
internal sealed class ErrorReportForms(IDataProtectionProvider protection, TimeProvider clock)
    : PublicForms(protection, clock, "Portal.Interaction.ErrorReports");
