using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Portal.Interaction;

/// <summary>A ticked line of a list that takes one step for many.</summary>
/// <param name="Id">What the line is about.</param>
/// <param name="Version">Its version as it was seen: what has changed since is left alone.</param>
public sealed record ChosenLine(Guid Id, int Version);

/// <summary>Reads ticked lines.</summary>
internal static class ChosenLines
{
    /// <summary>The lines of a posted list; what is no id and version is none.</summary>
    public static IReadOnlyList<ChosenLine> ChosenLinesOf(this IFormCollection form) => [.. form["Chosen"].Select(Read).OfType<ChosenLine>()];

    private static ChosenLine? Read(string? value) =>
        value?.Split(':') is [var id, var version] && Guid.TryParse(id, out var line)
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new ChosenLine(line, seen)
            : null;
}
