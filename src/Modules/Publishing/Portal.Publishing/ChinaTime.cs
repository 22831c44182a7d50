using System.Globalization;
using Portal.Shared.Ui;

namespace Portal.Publishing;

/// <summary>Instants are kept in UTC; the forms of staff carry the time of Asia/Shanghai (design §6.6).</summary>
internal static class ChinaTime
{
    private static readonly string[] LocalForms =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>The value of an <c>input type="datetime-local"</c>.</summary>
    public static string Field(DateTimeOffset? instant) =>
        instant is { } at ? BeijingTime.In(at).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : "";

    /// <summary>Reads a local date and time; false when it is none.</summary>
    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (!DateTime.TryParseExact(
            text.Trim(), LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || local.Year < 1900)
        {
            return false;
        }

        instant = new DateTimeOffset(local, BeijingTime.Zone.GetUtcOffset(local)).ToUniversalTime();
        return true;
    }
}
