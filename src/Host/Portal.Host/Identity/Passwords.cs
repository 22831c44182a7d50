using System.Security.Cryptography;

namespace Portal.Host.Identity;

internal static class Passwords
{
    // Without letters and digits that are read for one another on paper.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>A password of four groups, about 80 bits.</summary>
    public static string Generate() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}
