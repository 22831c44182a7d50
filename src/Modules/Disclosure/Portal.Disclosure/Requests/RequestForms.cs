using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests;

/// <summary>The tokens in forms of requests.</summary>
internal sealed class RequestForms(IDataProtectionProvider protection, TimeProvider clock)
    : PublicForms(protection, clock, "Portal.Disclosure.Requests");
