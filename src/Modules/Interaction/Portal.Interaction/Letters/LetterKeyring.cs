using Microsoft.AspNetCore.DataProtection;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

internal sealed class LetterHashKeyConfiguration() : HashKeyConfiguration("letter_hash_keys");

/// <summary>Keys of the letters.</summary>
internal sealed class LetterKeyring(IDataProtectionProvider protection, InteractionDbContext db, HashKeys known)
    : InteractionKeyring(protection, db, known)
{
    /// <summary>The data key of a letter; null once it is destroyed.</summary>
    public byte[]? KeyOf(Letter letter) => Unwrap(letter.SealedKey);
}
