using System.Buffers.Binary;
using System.Text;
using Portal.Shared.Text;

namespace Portal.Shared.Submissions;

/// <summary>
/// The follow-up code: 100 bits as four groups of five letters and digits, without I, L, O and U, which are read and
/// dictated wrongly.
/// </summary>
public static class SecretCode
{
    /// <summary>Bytes of the seed; only 100 bits of it are used.</summary>
    public const int SeedBytes = 16;
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 20;

    /// <summary>The code of a seed.</summary>
    public static string Of(ReadOnlySpan<byte> seed)
    {
        var bits = BinaryPrimitives.ReadUInt128BigEndian(seed);
        var text = new StringBuilder(Length + 3);
        for (var i = 0; i < Length; i++)
        {
            if (i > 0 && i % 5 == 0)
            {
                text.Append('-');
            }

            text.Append(Letters[(int)(uint)(bits & 31)]);
            bits >>= 5;
        }

        return text.ToString();
    }

    /// <summary>The code as it is hashed, from what a person typed; empty when it cannot be one.</summary>
    public static string Normalise(string? typed)
    {
        var text = string.Concat((typed ?? "").Normalised(NormalizationForm.FormKC).ToUpperInvariant()
            .Where(char.IsAsciiLetterOrDigit)).Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return text.Length == Length && text.All(letter => Letters.Contains(letter, StringComparison.Ordinal))
            ? $"{text[..5]}-{text[5..10]}-{text[10..15]}-{text[15..]}"
            : "";
    }
}
