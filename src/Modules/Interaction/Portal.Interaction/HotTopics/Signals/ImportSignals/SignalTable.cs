using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals.ImportSignals;

/// <summary>The columns of the table; their names are in the texts.</summary>
internal enum SignalColumn
{
    Title,
    Site,
    Day,
    Origin,
    Link,
    Count,
    Summary,
}

/// <summary>What is wrong with a cell; line 0: with the file.</summary>
public sealed record TableFault(int Line, string Column, string Message);

/// <summary>A line that can be taken.</summary>
internal sealed record TableRow(int Line, SiteInfo Site, NoticedSignal Signal);

/// <summary>Reads the table of a watch: every cell is checked, and every fault is named by line and column.</summary>
internal sealed class SignalTable(ISites sites, TimeProvider clock, IStringLocalizer<SignalText> text)
{
    public const int MostBytes = 512 * 1024;
    public const int MostRows = 1000;
    private const int LongestOrigin = 60;
    private const int LongestSummary = 500;
    private const int MostCount = 100_000_000;

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns => [.. Enum.GetValues<SignalColumn>().Select(Name)];

    /// <summary>An example of a line.</summary>
    public IReadOnlyList<string> Example =>
        [.. Enum.GetValues<SignalColumn>().Select(column => column == SignalColumn.Day
            ? BeijingTime.Day(clock.GetUtcNow()) : text["Import.Example." + column].Value)];

    /// <summary>The rows that can be taken, and all faults.</summary>
    public (IReadOnlyList<TableRow> Rows, IReadOnlyList<TableFault> Faults) Read(byte[] content, SiteInfo own, Actor actor)
    {
        if (content.Length is 0 or > MostBytes)
        {
            return ([], [new(0, "", text["Table.Size", MostBytes / 1024])]);
        }

        if (SignalCsv.Decode(content) is not { } decoded)
        {
            return ([], [new(0, "", text["Table.Encoding"])]);
        }

        var lines = SignalCsv.Read(decoded, MostRows + 2).ToList();
        if (lines is [.., { IsOpen: true } open])
        {
            return ([], [new(open.Number, "", text["Table.Quotes"])]);
        }

        if (lines.Count == 0 || Places(lines[0]) is not { } places)
        {
            return ([], [new(1, "", text["Table.Header", string.Join('，', Columns)])]);
        }

        if (lines.Count == 1)
        {
            return ([], [new(0, "", text["Table.Empty"])]);
        }

        if (lines.Count > MostRows + 1)
        {
            return ([], [new(0, "", text["Table.Rows", MostRows])]);
        }

        List<TableRow> rows = [];
        List<TableFault> faults = [];
        foreach (var line in lines.Skip(1))
        {
            List<TableFault> wrong = [];
            string Cell(SignalColumn column) =>
                places.TryGetValue(column, out var place) && place < line.Cells.Count ? PublicText.Line(line.Cells[place]) : "";
            void Fault(SignalColumn column, string message) => wrong.Add(new(line.Number, Name(column), message));
            if (line.Cells.Count > places.Count)
            {
                wrong.Add(new(line.Number, "", text["Table.Cells", line.Cells.Count, places.Count]));
            }

            var row = Read(Cell, Fault, own, actor);
            if (wrong.Count == 0)
            {
                rows.Add(new TableRow(line.Number, sites.ById(row.SiteId)!, row));
            }

            faults.AddRange(wrong);
        }

        return (rows, faults);
    }

    private NoticedSignal Read(Func<SignalColumn, string> cell, Action<SignalColumn, string> fault, SiteInfo own, Actor actor)
    {
        var title = cell(SignalColumn.Title);
        if (title.Length < 2 || !PublicText.Fits(title, Signal.LongestTitle) || title.Length > Signal.LongestTitle)
        {
            fault(SignalColumn.Title, text["Table.Title", Signal.LongestTitle]);
        }
        else if (title == text["Import.Example.Title"])
        {
            fault(SignalColumn.Title, text["Table.Example"]);
        }

        var site = SiteOf(cell(SignalColumn.Site), own);
        if (site is null || !actor.Can(Permission.ManageHotTopics, site))
        {
            // Of a site out of reach no more is said than of one that is not there.
            fault(SignalColumn.Site, text["Table.Site"]);
        }

        var (day, origin, link, summary) =
            (DayOf(cell(SignalColumn.Day)), cell(SignalColumn.Origin), cell(SignalColumn.Link), cell(SignalColumn.Summary));
        if (day is null)
        {
            fault(SignalColumn.Day, text["Table.Day", TopicLimits.Of(BeijingTime.Date(clock.GetUtcNow())).OldestDays]);
        }

        if (origin.Length is 0 or > LongestOrigin)
        {
            fault(SignalColumn.Origin, text["Table.Origin", LongestOrigin]);
        }

        if (link.Length > 0 && !IsWeb(link))
        {
            fault(SignalColumn.Link, text["Table.Link"]);
        }

        if (summary.Length > LongestSummary)
        {
            fault(SignalColumn.Summary, text["Table.Summary", LongestSummary]);
        }

        var count = 0;
        if (cell(SignalColumn.Count) is { Length: > 0 } number
            && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is 0 or > MostCount))
        {
            fault(SignalColumn.Count, text["Table.Count"]);
        }

        foreach (var (column, words) in ((SignalColumn, string)[])[(SignalColumn.Title, title), (SignalColumn.Summary, summary)])
        {
            if (PersonalSpans.Find(words, new WrittenLetter()).Any(span => span.Kind is MaskKind.IdNumber or MaskKind.BankCard or MaskKind.Phone))
            {
                fault(column, text["Table.Personal"]);
            }
        }

        return new NoticedSignal(
            (site ?? own).Id, SignalSource.Import, SignalWords.Public(title, Signal.LongestTitle),
            new SignalEvidence
            {
                Origin = origin,
                Link = link.Length > 0 ? link : null,
                Summary = summary.Length > 0 ? SignalWords.Public(summary, LongestSummary) : null,
                Count = count > 0 ? count : null,
            },
            SignalWriter.Fingerprint(SignalSource.Import, title, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", origin),
            day is { } at ? Noon(at) : null);
    }

    // The table knows the day: nothing is noticed later than now.
    private DateTimeOffset Noon(DateOnly day)
    {
        var (noon, now) = (BeijingTime.StartOf(day).AddHours(9).ToUniversalTime(), clock.GetUtcNow());
        return noon < now ? noon : BeijingTime.StartOf(day).ToUniversalTime();
    }

    private DateOnly? DayOf(string cell)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        string[] forms = ["yyyy-M-d", "yyyy/M/d", "yyyy年M月d日"];
        return DateOnly.TryParseExact(cell, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day <= today && day >= today.AddDays(-TopicLimits.Of(today).OldestDays) ? day : null;
    }

    private SiteInfo? SiteOf(string cell, SiteInfo own) =>
        cell.Length == 0 ? own : sites.ByKey(cell) ?? sites.All.OfRegions().FirstOrDefault(site => site.RegionCode == cell);

    private static bool IsWeb(string link) =>
        link.Length <= SignalFeedConfiguration.LongestAddress
        && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;

    // The header names the columns in any order; those that may be empty may be missing.
    private Dictionary<SignalColumn, int>? Places(CsvLine header)
    {
        var names = header.Cells.Select(PublicText.Line).ToList();
        var known = Enum.GetValues<SignalColumn>().Where(column => names.Contains(Name(column))).ToDictionary(column => column, column => names.IndexOf(Name(column)));
        return known.Count == names.Count && known.ContainsKey(SignalColumn.Title) && known.ContainsKey(SignalColumn.Day)
            && known.ContainsKey(SignalColumn.Origin)
            ? known
            : null;
    }

    private string Name(SignalColumn column) => text["Import.Column." + column];
}
