using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Publishing.RichText;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>A document as the file gives it, read and checked; nothing of it is in the database yet.</summary>
internal sealed partial record ImportRecord(
    string SourceId,
    string Title,
    RichDocument Body,
    SortedDictionary<string, string> Fields,
    DateTimeOffset? PublishedAt)
{
    private const int LongestTitle = 200;

    // Codes and judicial interpretations run to a hundred thousand characters.
    private static readonly RichLimits Limits = new() { Bytes = 8 << 20 };

    /// <summary>Reads one line. <paramref name="today"/> is the day in Beijing.</summary>
    /// <exception cref="FormatException">The line is no document; the message says why, for the operator.</exception>
    public static ImportRecord Read(string line, DateOnly today)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Read(json.RootElement, today)
                : throw new FormatException("the line is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"broken JSON at character {exception.BytePositionInLine + 1}", exception);
        }
    }

    private static ImportRecord Read(JsonElement line, DateOnly today)
    {
        var id = TextOf(line, "id");
        var title = TextRules.Line(TextOf(line, "title"), LongestTitle);
        var body = TextOf(line, "body");
        if (id.Length is 0 or > 200)
        {
            throw new FormatException("the id is missing or longer than 200 characters");
        }

        if (id.Any(char.IsControl))
        {
            throw new FormatException("the id holds a control character");
        }

        if (title.Value.Length == 0)
        {
            throw new FormatException("the title is missing");
        }

        if (title.Changes.HasFlag(TextChange.TooLong))
        {
            throw new FormatException($"the title is longer than {LongestTitle} characters");
        }

        if (string.IsNullOrWhiteSpace(body))
        {
            throw new FormatException("the body is missing");
        }

        var reading = MarkdownReader.Read(body, limits: Limits);
        if (!reading.Succeeded)
        {
            throw new FormatException($"the body cannot be read: {reading.Error.Fault} {reading.Error.Name}");
        }

        var date = DateOf(line, today);
        var history = HistoryOf(line);
        var fields = FactsOf(history, date, today);
        AddWhatTheTextSays(fields, title.Value, body, history, today);
        var day = date ?? history.Select(DayIn).OfType<DateOnly>().Where(past => past <= today).DefaultIfEmpty().Max();
        return new ImportRecord(
            id,
            title.Value,
            reading.Document,
            fields,
            day == default ? null : BeijingTime.StartOf(day));
    }

    private static string TextOf(JsonElement line, string name) =>
        MemberOf(line, name) is { } value
            ? value.ValueKind switch
            {
                JsonValueKind.String => StringOf(value, name),
                JsonValueKind.Null => "",
                _ => throw new FormatException($"{name} is not text"),
            }
            : "";

    private static JsonElement? MemberOf(JsonElement line, string name)
    {
        try
        {
            return line.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("a name in the line holds half a surrogate pair, which is no character", exception);
        }
    }

    // "\ud800" is JSON but no text: the parser says so only when the string is asked for.
    private static string StringOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException($"{name} holds half a surrogate pair, which is no character", exception);
        }
    }

    private static DateOnly? DateOf(JsonElement line, DateOnly today)
    {
        var text = TextOf(line, "date");
        if (text.Length == 0)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year < 1900)
        {
            throw new FormatException($"the date {TextRules.Cut(text, 20)} is not YYYY-MM-DD");
        }

        // A page goes live at once and lists go by its date: what is announced for later is no history.
        return date <= today ? date : throw new FormatException($"the date {text} is in the future");
    }

    private static List<string> HistoryOf(JsonElement line)
    {
        if (MemberOf(line, "history") is not { ValueKind: not JsonValueKind.Null } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array
            || value.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.String))
        {
            throw new FormatException("history is not a list of lines");
        }

        return [.. value.EnumerateArray()
            .Select(entry => TextRules.Line(StringOf(entry, "history"), 500).Value)
            .Where(entry => entry.Length > 0)];
    }

    /// <summary>
    /// The history of a law as its gazette prints it, a line an act: when it was passed, promulgated, amended, and from
    /// when it is in force.
    /// </summary>
    private static SortedDictionary<string, string> FactsOf(List<string> history, DateOnly? date, DateOnly today)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var first = history.FirstOrDefault(
            line => !InForce().IsMatch(line) && !Ending().IsMatch(OutsideTitles(line)) && DayIn(line) <= today);
        if ((first is null ? date : DayIn(first)) is { } issued)
        {
            fields["issuedOn"] = issued.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        if (first is not null && Issuer().Match(first) is { Success: true } issuer)
        {
            // 「北京市第十三届人民代表大会常务委员会」: the term of office is not part of the organ's name.
            fields["issuer"] = issuer.Groups["place"].Value + issuer.Groups["organ"].Value;
        }

        if (history.Select(line => Number().Match(line)).FirstOrDefault(match => match.Success) is { } number)
        {
            fields["documentNumber"] = number.Groups["number"].Value;
        }

        if (history.LastOrDefault(line => InForce().IsMatch(line)) is { } inForce && DayIn(inForce) is { } from)
        {
            fields["effectiveOn"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        AddValidity(fields, history, first is not null, today);
        if (history.Count > 0)
        {
            fields["history"] = string.Join('\n', history);
        }

        return fields;
    }

    /// <summary>
    /// What the history leaves open and the document says of itself: who made it, its number on a line of its own, and from
    /// when it is in force, as its last articles say.
    /// </summary>
    private static void AddWhatTheTextSays(
        SortedDictionary<string, string> fields, string title, string body, List<string> history, DateOnly today)
    {
        if (!fields.TryGetValue("issuer", out var issuer))
        {
            if (Maker().Match(title) is { Success: true } maker)
            {
                fields["issuer"] = maker.Groups["organ"].Value;
            }
        }
        else if (issuer.StartsWith('市') && City().Match(title) is { Success: true } city)
        {
            // 「市人大常委会」: only whole names are names (R-03), and the title says which city.
            fields["issuer"] = city.Value[..^1] + issuer;
        }

        if (fields.TryGetValue("issuer", out var whole))
        {
            fields["issuer"] = whole.Replace("人大", "人民代表大会", StringComparison.Ordinal)
                .Replace("常委会", "常务委员会", StringComparison.Ordinal);
        }

        if (!fields.ContainsKey("documentNumber")
            && history.Concat(body.Split('\n').Take(12)).Select(line => OwnNumber().Match(line.Trim()))
                .FirstOrDefault(match => match.Success) is { } number)
        {
            fields["documentNumber"] = number.Value;
        }

        if (!fields.ContainsKey("effectiveOn") && fields.ContainsKey("issuedOn"))
        {
            var end = body[Math.Max(0, body.Length - 800)..].Normalised(NormalizationForm.FormKC);
            if (ForceFromDay().Matches(end).LastOrDefault() is { } day && DayIn(string.Concat(day.Value.Where(letter => !char.IsWhiteSpace(letter)))) is { } from)
            {
                fields["effectiveOn"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
            else if (ForceAtOnce().IsMatch(end))
            {
                fields["effectiveOn"] = fields["issuedOn"];
            }

            // What the history took for in force is not while its day lies ahead.
            if (fields.GetValueOrDefault("validity") == "effective" && IsLater(fields.GetValueOrDefault("effectiveOn"), today))
            {
                fields.Remove("validity");
            }
        }
    }

    /// <summary>
    /// Whether the law is in force, as far as its history says: no word about it is better than a wrong one. The titles
    /// that a line quotes are left out: nearly every 废止 in real histories belongs to the name of a decision that only
    /// amended the law.
    /// </summary>
    private static void AddValidity(
        SortedDictionary<string, string> fields, List<string> history, bool isPassed, DateOnly today)
    {
        var mentions = history.Select(OutsideTitles)
            .Where(line => Ending().IsMatch(line) && !line.Contains("同时", StringComparison.Ordinal))
            .ToList();
        if (mentions.LastOrDefault(line => Ended().IsMatch(line) && !Part().IsMatch(line)) is not { } end)
        {
            // A law that was passed and is in force, of whose end nothing is said.
            if (isPassed && mentions.Count == 0 && !IsLater(fields.GetValueOrDefault("effectiveOn"), today))
            {
                fields["validity"] = "effective";
            }
        }
        else if (DayIn(end) is not { } day)
        {
            fields["validity"] = EndOf(end);
        }
        else if (day <= today)
        {
            fields["validity"] = EndOf(end);
            fields["repealedOn"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }

    private static string EndOf(string line) =>
        line.Contains("废止", StringComparison.Ordinal) ? "repealed" : "expired";

    private static bool IsLater(string? day, DateOnly today) =>
        day is not null && DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) > today;

    private static string OutsideTitles(string line) =>
        QuotedTitle().Replace(line.Normalised(NormalizationForm.FormKC), "");

    // Some gazettes print full-width digits.
    private static DateOnly? DayIn(string line) =>
        Day().Match(line.Normalised(NormalizationForm.FormKC)) is { Success: true } match
            && int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture) is var year and >= 1900
            && int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture) is var month and >= 1 and <= 12
            && int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture) is var day and >= 1
            && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    [GeneratedRegex(@"(?<y>[0-9]{4})年(?<m>[0-9]{1,2})月(?<d>[0-9]{1,2})日", RegexOptions.NonBacktracking)]
    private static partial Regex Day();

    [GeneratedRegex(@"日\s*(?:起)?施行$", RegexOptions.NonBacktracking)]
    private static partial Regex InForce();

    [GeneratedRegex(@"^(?<organ>最高人民法院|最高人民检察院|国务院)(?:[、 ]\s*(?:最高人民法院|最高人民检察院|中央军委|中央军事委员会))*关于", RegexOptions.NonBacktracking)]
    private static partial Regex Maker();

    [GeneratedRegex(@"^\p{L}{2,4}?市", RegexOptions.NonBacktracking)]
    private static partial Regex City();

    [GeneratedRegex(@"^\p{L}{2,10}\s?[〔［\[]\d{4}[〕］\]]\s?第?\d{1,5}号$", RegexOptions.NonBacktracking)]
    private static partial Regex OwnNumber();

    [GeneratedRegex(@"自\s*[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日\s*起\s*(?:施行|实施|生效|执行)", RegexOptions.NonBacktracking)]
    private static partial Regex ForceFromDay();

    [GeneratedRegex(@"自(?:公布|发布|颁布|通过|印发|下发)之日起\s*(?:施行|实施|生效|执行)", RegexOptions.NonBacktracking)]
    private static partial Regex ForceAtOnce();

    [GeneratedRegex("《[^》]*》+", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedTitle();

    [GeneratedRegex("废止|失效", RegexOptions.NonBacktracking)]
    private static partial Regex Ending();

    /// <summary>The end of the law is the act of the line, not a word on the way to another act.</summary>
    [GeneratedRegex(@"(?:废止|失效)(?:[\s。,;:)][^决修通公发批施]*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Ended();

    [GeneratedRegex("部分|条款|第[0-9一二三四五六七八九十百零〇]+[条款项]", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex(
        @"日\s*(?:经|由)?(?<place>[^\s《〈第]{0,12}?)(?:第?[一二三四五六七八九十]{1,3}届)?(?<organ>(?:全国)?(?:人民代表大会|人大)(?:常务委员会|常委会)?|国务院|(?:最高)?人民法院|(?:最高)?人民检察院|人民政府|委员会|总局|[部局署])",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Issuer();

    [GeneratedRegex(@"(?<number>(?:国务院|主席|[\p{L}]{2,20}?)(?:令|公告)\s*(?:第)?\s*[0-9０-９一二三四五六七八九十百零〇]{1,6}\s*号|法释\s*〔\d{4}〕\s*\d+\s*号)",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
