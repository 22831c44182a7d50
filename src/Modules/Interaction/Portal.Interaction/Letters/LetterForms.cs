using System.Buffers.Binary;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>The tokens in forms of letters.</summary>
internal sealed class LetterForms(IDataProtectionProvider protection, TimeProvider clock)
    : PublicForms(protection, clock, "Portal.Interaction.Letters")
{
    private const int TurnLength = 16 + 8;

    private readonly IDataProtector _turns = protection.CreateProtector("Portal.Interaction.Letters.Turn.v1");

    /// <summary>A turn for one form, which makes one letter, from <paramref name="at"/> on.</summary>
    public string NewTurn(Guid formId, DateTimeOffset at)
    {
        var bytes = new byte[TurnLength];
        formId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), at.ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_turns.Protect(bytes));
    }

    /// <summary>From when on the turn of this form is good; null for one that is cut, of another form or not ours.</summary>
    public DateTimeOffset? ReadTurn(string? token, Guid formId) =>
        Read(_turns, token, TurnLength) is { } bytes && new Guid(bytes.AsSpan(0, 16)) == formId
            ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)))
            : null;
}
