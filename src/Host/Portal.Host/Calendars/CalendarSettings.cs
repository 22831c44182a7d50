using Portal.Shared.Settings;

namespace Portal.Host.Calendars;

/// <summary>What provincial admins may set for calendars.</summary>
public sealed record CalendarSettings
{
    /// <summary>The month from which on next year's notice is missed; it comes out in October or November (C-11).</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 12)]
    public int RemindFromMonth { get; init; } = 10;
}
