using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.AnnualReports;

/// <summary>Numbers of a report by place.</summary>
internal sealed class Figures(IReadOnlyDictionary<string, decimal?> values)
{
    private readonly Dictionary<string, decimal?> _values = new(values, StringComparer.Ordinal);

    public decimal? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>With what follows from the typed numbers; a missing one counts as none.</summary>
    public Figures Completed(ReportForm form)
    {
        var all = new Figures(_values);
        foreach (var table in form.Tables)
        {
            foreach (var identity in table.Identities.Where(identity => identity.Derives))
            {
                foreach (var line in ReportChecks.LinesOf(table, identity))
                {
                    all._values[line.LeftKeys[0]] = line.RightKeys.Sum(key => all[key] ?? 0);
                }
            }
        }

        return all;
    }
}

/// <summary>One line over which an identity holds: a row or a column.</summary>
internal sealed record IdentityLine(string Name, IReadOnlyList<string> LeftKeys, IReadOnlyList<string> RightKeys);

/// <summary>Checks a report by the identities of its form (AR30); whatever fails keeps it from being submitted.</summary>
internal sealed class ReportChecks(IStringLocalizer<ReportText> text)
{
    private const decimal Largest = 9_999_999_999m;

    /// <summary>What is wrong: single numbers, then sums that should be equal and are not.</summary>
    /// <param name="form">The form.</param>
    /// <param name="figures">All numbers, the derived ones too.</param>
    /// <param name="previous">Last year's; null where no report of last year was published here.</param>
    public IReadOnlyList<FieldError> Of(ReportForm form, Figures figures, Figures? previous)
    {
        List<FieldError> failures = [];
        foreach (var place in form.Places)
        {
            if (!place.IsDerived && FaultOf(place, figures[place.Key]) is { } fault)
            {
                failures.Add(new FieldError(FieldOf(place.Key), fault));
            }
        }

        foreach (var table in form.Tables)
        {
            foreach (var identity in table.Identities)
            {
                failures.AddRange(Unequal(table, identity, figures, previous));
            }
        }

        return failures;
    }

    /// <summary>Parts in words that may not be empty.</summary>
    public IReadOnlyList<FieldError> OfSections(ReportForm form, IReadOnlyDictionary<string, string> sections) =>
    [
        .. form.Sections.Where(section => section.Required && string.IsNullOrWhiteSpace(sections.GetValueOrDefault(section.Code)))
            .Select(section => new FieldError($"Sections[{section.Code}]", text["Check.Section", section.Title])),
    ];

    /// <summary>Numbers that differ from the records without saying why.</summary>
    public IReadOnlyList<FieldError> OfReasons(ReportForm form, IReadOnlyDictionary<string, ReportCell> cells) =>
    [
        .. from place in form.Places
           let cell = cells.GetValueOrDefault(place.Key)
           where cell is { IsOverridden: true, Value: not null } && string.IsNullOrWhiteSpace(cell.Reason)
           select new FieldError(
               $"Reasons[{place.Key}]",
               text[
                   "Check.Reason", place.Name, ReportChecks.Show(cell.Value, place.Column.Kind),
                   ReportChecks.Show(cell.Computed, place.Column.Kind)]),
    ];

    /// <summary>The name of a number in the form of staff.</summary>
    public static string FieldOf(string key) => $"Cells[{key}]";

    /// <summary>A number as people read it.</summary>
    public static string Show(decimal? value, FigureKind kind = FigureKind.Count) =>
        value is not { } number ? ""
        : kind == FigureKind.Money ? number.ToString("0.00", CultureInfo.InvariantCulture)
        : number.ToString("0.####", CultureInfo.InvariantCulture);

    internal static IEnumerable<IdentityLine> LinesOf(ReportTable table, ReportIdentity identity) =>
        from block in table.Blocks
        from line in identity.Each == IdentityReach.Column
            ? block.Columns.Select(column => new IdentityLine(
                column.Name,
                [.. identity.LeftTerms.Select(row => $"{table.Code}-{row}-{column.Code}")],
                [.. identity.RightTerms.Select(row => $"{table.Code}-{row}-{column.Code}")]))
            : block.Rows.Select(row => new IdentityLine(
                row.FullName,
                [.. identity.LeftTerms.Select(column => $"{table.Code}-{row.Code}-{column}")],
                [.. identity.RightTerms.Select(column => $"{table.Code}-{row.Code}-{column}")]))
        select line;

    private string? FaultOf(ReportPlace place, decimal? value) => value switch
    {
        null => text["Check.Missing", place.Name].Value,
        < 0 => text["Check.Negative", place.Name, Show(value)].Value,
        > Largest => text["Check.TooLarge", place.Name].Value,
        _ when place.Column.Kind == FigureKind.Count && value != decimal.Truncate(value.Value) =>
            text["Check.Whole", place.Name, Show(value)].Value,
        _ when place.Column.Kind == FigureKind.Money && value != decimal.Round(value.Value, 2) =>
            text["Check.Money", place.Name, Show(value)].Value,
        _ => null,
    };

    private IEnumerable<FieldError> Unequal(ReportTable table, ReportIdentity identity, Figures figures, Figures? previous)
    {
        if (identity.LinksYears && previous is null)
        {
            yield break;
        }

        foreach (var line in LinesOf(table, identity))
        {
            var left = line.LeftKeys.Sum(key => figures[key] ?? 0);
            var right = line.RightKeys.Sum(key => (identity.LinksYears ? previous! : figures)[key] ?? 0);
            if (left != right)
            {
                yield return new FieldError(
                    FieldOf(line.LeftKeys[0]),
                    text[
                        "Check.Unequal." + identity.Each, table.Name, line.Name, identity.LeftName, Show(left),
                        identity.RightName, Show(right)]);
            }
        }
    }
}
