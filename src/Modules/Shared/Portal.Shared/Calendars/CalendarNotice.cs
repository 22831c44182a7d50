using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Shared.Calendars;

/// <summary>
/// What the State Council's yearly notice says about a year's holidays (放假办法 art. 7): days off and, the other way
/// round, weekend days that are worked. A notice may name days of the neighbouring years.
/// </summary>
/// <param name="Year">The year the notice is for.</param>
/// <param name="Sources">Addresses of the notice and of its later changes.</param>
/// <param name="Off">Days off, the weekend days among them included.</param>
/// <param name="Work">Days that are worked although the week, or an earlier notice, says otherwise.</param>
public sealed record CalendarNotice(
    int Year, IReadOnlyList<string> Sources, IReadOnlyList<CalendarRun> Off, IReadOnlyList<CalendarRun> Work)
{
    /// <summary>
    /// Does it settle its year? A region's own days do not: they only add to what holds above it (放假办法 art. 4).
    /// </summary>
    public bool IsWhole { get; init; } = true;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The notices of 2015 to 2026 that come with the product: the first version of a province's calendar.</summary>
    public static IReadOnlyList<CalendarNotice> National()
    {
        using var file = typeof(CalendarNotice).Assembly.GetManifestResourceStream("Portal.Shared.Calendars.national.json")!;
        return JsonSerializer.Deserialize<Book>(file, Options)!.Notices;
    }

    private sealed record Book(string Name, IReadOnlyList<CalendarNotice> Notices);
}

/// <summary>Days in a row under one name.</summary>
/// <param name="Name">What the notice calls them, such as 春节.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record CalendarRun(string Name, DateOnly From, DateOnly To);
