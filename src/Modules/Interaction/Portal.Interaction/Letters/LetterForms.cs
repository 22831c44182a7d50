using System.Buffers.Binary;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>The tokens in forms of letters.</summary>
internal sealed class LetterForms(IDataProtectionProvider protection, TimeProvider clock)
    : PublicForms(protection, clock, "Portal.Interaction.Letters")
{
    private const int LookLength = 16 + 16 + 8;

    private static readonly TimeSpan LookLife = TimeSpan.FromHours(2);

    private readonly TimeProvider _clock = clock;
    private readonly IDataProtector _looks = protection.CreateProtector("Portal.Interaction.Letters.Look.v1");

    /// <summary>Says that a look of this person at this letter is on the record, so that a form that comes back is no second one.</summary>
    public string NewLook(Guid letterId, Guid actorId)
    {
        var bytes = new byte[LookLength];
        letterId.TryWriteBytes(bytes);
        actorId.TryWriteBytes(bytes.AsSpan(16));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(32), _clock.GetUtcNow().ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_looks.Protect(bytes));
    }

    /// <summary>Is a look of this person at this letter on the record?</summary>
    public bool IsLook(string? token, Guid letterId, Guid actorId) =>
        Read(_looks, token, LookLength) is { } bytes && new Guid(bytes.AsSpan(0, 16)) == letterId && new Guid(bytes.AsSpan(16, 16)) == actorId
        && _clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(32))) <= LookLife;
}
