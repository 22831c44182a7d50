using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>The tokens in forms of letters.</summary>
internal sealed class LetterForms(IDataProtectionProvider protection, TimeProvider clock)
    : PublicForms(protection, clock, "Portal.Interaction.Letters");
