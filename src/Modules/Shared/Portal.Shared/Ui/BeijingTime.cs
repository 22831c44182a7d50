using System.Globalization;

namespace Portal.Shared.Ui;

/// <summary>Instants as the public reads them: in Asia/Shanghai.</summary>
public static class BeijingTime
{
    /// <summary>The zone in which days begin and deadlines fall.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The instant with the zone's offset.</summary>
    public static DateTimeOffset In(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The day it is there at that instant.</summary>
    public static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(In(instant).DateTime);

    /// <summary>The instant at which a day begins there.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    /// <summary><c>YYYY-MM-DD HH:MM</c> (W-04).</summary>
    public static string Minute(DateTimeOffset instant) => Format(instant, "yyyy-MM-dd HH:mm");

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    public static string Day(DateTimeOffset instant) => Format(instant, "yyyy-MM-dd");

    /// <summary>For the <c>datetime</c> attribute: date, time and offset.</summary>
    public static string Machine(DateTimeOffset instant) => Format(instant, "yyyy-MM-dd'T'HH:mm:sszzz");

    private static string Format(DateTimeOffset instant, string format) =>
        In(instant).ToString(format, CultureInfo.InvariantCulture);
}
