using System.Text.Json;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;

namespace Portal.Host.Calendars.ImportNotice;

/// <summary>Reads <c>{"year", "papers": […], "days": [{"name", "date", "isOffDay"}]}</c>.</summary>
internal static class NoticeJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    public static Outcome<NoticeFile> Read(string content, IStringLocalizer<CalendarText> text)
    {
        try
        {
            using var json = JsonDocument.Parse(content, Options);
            return ReadRoot(json.RootElement, text);
        }
        catch (JsonException exception)
        {
            return NoticeFile.Fault(text["Json.Broken", (exception.LineNumber ?? 0) + 1]);
        }
    }

    private static Outcome<NoticeFile> ReadRoot(JsonElement root, IStringLocalizer<CalendarText> text)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("year", out var yearField) || !IsNumber(yearField, out var year)
            || !root.TryGetProperty("days", out var days) || days.ValueKind != JsonValueKind.Array)
        {
            return NoticeFile.Fault(text["Json.Shape"]);
        }

        if (days.GetArrayLength() > ProposalRules.MostDays)
        {
            return NoticeFile.Fault(text["Days.Many", ProposalRules.MostDays]);
        }

        List<ProposedDay> read = [];
        foreach (var day in days.EnumerateArray())
        {
            if (day.ValueKind != JsonValueKind.Object
                || Text(day, "name") is not { } name || Text(day, "date") is not { } date
                || !day.TryGetProperty("isOffDay", out var off)
                || off.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return NoticeFile.Fault(text["Json.Day", read.Count + 1]);
            }

            read.Add(new ProposedDay(date.Trim(), off.GetBoolean() ? ProposedDay.Off : ProposedDay.Work, name.Trim()));
        }

        return new NoticeFile(year, Papers(root), read);
    }

    private static List<string> Papers(JsonElement root) =>
        root.TryGetProperty("papers", out var papers) && papers.ValueKind == JsonValueKind.Array
            ?
            [
                .. papers.EnumerateArray().Where(paper => paper.ValueKind == JsonValueKind.String)
                    .Select(paper => paper.GetString()!),
            ]
            : [];

    private static string? Text(JsonElement day, string name) =>
        day.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsNumber(JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }
}
