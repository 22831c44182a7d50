using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Interviews;

/// <summary>The tokens in forms of interviews.</summary>
internal sealed class InterviewForms(IDataProtectionProvider protection, TimeProvider clock)
    : PublicForms(protection, clock, "Portal.Interaction.Interviews");
