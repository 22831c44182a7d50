namespace Portal.Host.Calendars;

/// <summary>Texts of the calendars' pages (CalendarText.resx).</summary>
public sealed class CalendarText;
