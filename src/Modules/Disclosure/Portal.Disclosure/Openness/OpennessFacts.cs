using System.Globalization;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Openness;

/// <summary>Which clock a document starts, and when.</summary>
internal static class OpennessFacts
{
    /// <summary>
    /// The strictest limit that the document's own facts state: the end of an activity before the day of issue, and for a
    /// normative document the days of the provincial opinion before those of the regulation. Null: no clock runs.
    /// </summary>
    public static (OpennessKind Kind, DateTimeOffset StartedAt)? Of(string type, IReadOnlyDictionary<string, string> fields)
    {
        if (StaffInstants.Read(fields.GetValueOrDefault("activityEndedAt")) is { } ended)
        {
            return Timed(OpennessKind.Livelihood, ended);
        }

        var formed = DayOf(fields.GetValueOrDefault("issuedOn"));
        return type == "policy" && IsNormative(fields) ? Timed(OpennessKind.Normative, DayOf(fields.GetValueOrDefault("printedOn")) ?? formed)
            : Timed(OpennessKind.Disclosure, formed);
    }

    /// <summary>
    /// When what is public changed, as it is stated (Regulation art. 26: 或者变更之日). Nothing stated: it changed on the day of
    /// its update. What had changed before it was public at all was published as it then was.
    /// </summary>
    public static DateTimeOffset? ChangeOf(string? changedOn, DateTimeOffset publicSince) =>
        DayOf(changedOn) is { } at && OpennessClock.Reaches(at) && BeijingTime.Date(at) >= BeijingTime.Date(publicSince) ? at : null;

    /// <summary>The beginning of a day that is written <c>YYYY-MM-DD</c>; null when it is none.</summary>
    public static DateTimeOffset? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? BeijingTime.StartOf(day).ToUniversalTime() : null;

    // A number between these brackets is that of a document of an administrative organ; laws and orders have none.
    private static bool IsNormative(IReadOnlyDictionary<string, string> fields) =>
        fields.GetValueOrDefault("documentNumber") is { } number
        && DocumentNumbers.Normalise(number).Contains('〔', StringComparison.Ordinal)
        && fields.GetValueOrDefault("issuer")?.Contains("人民代表大会", StringComparison.Ordinal) != true;

    private static (OpennessKind, DateTimeOffset)? Timed(OpennessKind kind, DateTimeOffset? start) =>
        start is { } at && OpennessClock.Reaches(at) ? (kind, at) : null;
}
