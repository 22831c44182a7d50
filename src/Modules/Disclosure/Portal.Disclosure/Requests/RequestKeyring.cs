using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests;

internal sealed class RequestHashKeyConfiguration() : HashKeyConfiguration("request_hash_keys");

/// <summary>Keys of the requests.</summary>
internal sealed class RequestKeyring(IDataProtectionProvider protection, DisclosureDbContext db, HashKeys known)
    : CaseKeyring(protection, db, known, "Portal.Disclosure.Requests")
{
    /// <summary>The data key of a request; null once it is destroyed.</summary>
    public byte[]? KeyOf(InformationRequest request) => Unwrap(request.SealedKey);
}
