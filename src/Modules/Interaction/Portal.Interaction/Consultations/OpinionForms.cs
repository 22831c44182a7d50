using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Consultations;

/// <summary>The tokens in forms of opinions.</summary>
internal sealed class OpinionForms(IDataProtectionProvider protection, TimeProvider clock)
    : PublicForms(protection, clock, "Portal.Interaction.Opinions");
