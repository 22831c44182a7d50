using System.Globalization;
using Portal.Shared.Ui;

namespace Portal.Disclosure;

/// <summary>Instants in the forms of staff: the time of Asia/Shanghai, kept in UTC.</summary>
internal static class StaffInstants
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>The value of an <c>input type="datetime-local"</c>.</summary>
    public static string Field(DateTimeOffset instant) =>
        BeijingTime.In(instant).ToString(Forms[0], CultureInfo.InvariantCulture);

    /// <summary>Reads a local date and time; null when it is none.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTime.TryParseExact(text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year is >= 2000 and < 2100
            ? new DateTimeOffset(local, BeijingTime.Zone.GetUtcOffset(local)).ToUniversalTime()
            : null;
}
