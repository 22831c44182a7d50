using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Interaction;

/// <summary>
/// Keys of the module's cases. It keeps one key for its hashes, wrapped under the name that its first area gave it; the kinds
/// of hashes keep areas apart.
/// </summary>
internal abstract class InteractionKeyring(IDataProtectionProvider protection, InteractionDbContext db, HashKeys known)
    : CaseKeyring(protection, db, known, "Portal.Interaction.Letters");
