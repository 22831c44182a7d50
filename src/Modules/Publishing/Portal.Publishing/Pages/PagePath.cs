using System.Buffers;

namespace Portal.Publishing.Pages;

/// <summary>
/// Paths of pages are lower-case letters, digits, hyphens and slashes, and nothing else: whatever does not fit is no
/// page, and no database is asked.
/// </summary>
internal static class PagePath
{
    private const int Longest = 400;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789/-");

    public static bool IsOne(ReadOnlySpan<char> path) =>
        path.Length is > 0 and <= Longest
        && path[0] != '/' && path[^1] != '/'
        && !path.ContainsAnyExcept(Allowed)
        && path.IndexOf("//", StringComparison.Ordinal) < 0;
}
