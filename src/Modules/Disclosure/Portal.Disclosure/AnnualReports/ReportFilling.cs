namespace Portal.Disclosure.AnnualReports;

/// <summary>Brings computed numbers into a report: what staff overrode stays, and what moved is told.</summary>
internal static class ReportFilling
{
    public static void Fill(
        AnnualReport report, ReportForm form, IReadOnlyDictionary<string, ReportCell> computed, ReportFees fees, DateTimeOffset now)
    {
        SortedDictionary<string, ReportCell> cells = new(StringComparer.Ordinal);
        List<FigureMove> moves = [];
        var isFirst = report.Cells.Count == 0;
        foreach (var place in form.Places.Where(place => !place.IsDerived))
        {
            var former = report.Cells.GetValueOrDefault(place.Key) ?? new ReportCell(null);
            cells[place.Key] = Filled(former, computed.GetValueOrDefault(place.Key));
            if (!isFirst && former.Computed != cells[place.Key].Computed)
            {
                moves.Add(new FigureMove(
                    place.Key, former.Computed, cells[place.Key].Computed, cells[place.Key].IsOverridden));
            }
        }

        report.Cells = cells;
        report.Moves = moves;
        report.Fees = fees;
        report.FilledAt = now;
    }

    // An override that says what the records say by now is none any more.
    private static ReportCell Filled(ReportCell former, ReportCell? computed) =>
        computed?.Computed is null ? new ReportCell(former.Value ?? computed?.Value)
        : former.IsOverridden && former.Value != computed.Computed
            ? computed with { Value = former.Value, Reason = former.Reason }
            : computed;
}
