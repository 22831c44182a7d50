using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Portal.Interaction.Consultations;

/// <summary>The results of a consultation and their use (S-08, G-32, Q-09): worked out from the opinions, with words of staff.</summary>
public sealed record ConsultationReport
{
    public required string Title { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required int Received { get; init; }

    public required int NotValid { get; init; }

    /// <summary>Not read by staff yet; none in a report that is submitted.</summary>
    public int Waiting { get; init; }

    public required int Displayed { get; init; }

    /// <summary>Valid opinions by the way they came.</summary>
    public required IReadOnlyList<ReportCount> Channels { get; init; }

    /// <summary>Valid opinions by clause and stance; the first line may be the draft as a whole.</summary>
    public required IReadOnlyList<ReportClause> Clauses { get; init; }

    public required IReadOnlyList<ReportLine> Lines { get; init; }

    /// <summary>What staff say to all of it.</summary>
    public required string Words { get; init; }

    public int Valid => Received - NotValid - Waiting;

    public int CountOf(Disposition disposition) => Lines.Where(line => line.Disposition == disposition).Sum(line => line.Count);
}

/// <summary>How many came by one way.</summary>
public sealed record ReportCount(OpinionChannel Channel, int Count);

/// <summary>What was said to a clause; no label: the draft as a whole.</summary>
public sealed record ReportClause(string? Label, int Agree, int Change, int Disagree)
{
    public int All => Agree + Change + Disagree;
}

/// <summary>What was asked for by one or many, and what became of it. No words: the opinion is not shown.</summary>
public sealed record ReportLine(string? What, IReadOnlyList<string> Clauses, int Count, Disposition Disposition, string Reason);

/// <summary>How far the opinions are from a report.</summary>
public sealed record ReportReadiness(int Received, int Waiting, int Undisposed);

/// <summary>Works the report out.</summary>
internal sealed class ReportBuilder(InteractionDbContext db, IStringLocalizer<OpinionText> text)
{
    private const int LongestExcerpt = 200;

    public async Task<ReportReadiness> ReadinessAsync(Guid consultationId, CancellationToken cancellationToken)
    {
        var counts = await db.Opinions.AsNoTracking().Where(row => row.ConsultationId == consultationId)
            .Select(row => new
            {
                Waiting = row.State == OpinionState.Waiting,
                Open = row.State != OpinionState.Waiting && row.State != OpinionState.NotValid && row.Disposition == null
                    && !db.OpinionClusters.Any(cluster => cluster.Id == row.ClusterId && cluster.Disposition != null),
            })
            .GroupBy(_ => 1)
            .Select(group => new ReportReadiness(group.Count(), group.Count(row => row.Waiting), group.Count(row => row.Open)))
            .SingleOrDefaultAsync(cancellationToken);
        return counts ?? new ReportReadiness(0, 0, 0);
    }

    public async Task<ConsultationReport> BuildAsync(Consultation row, CancellationToken cancellationToken)
    {
        var opinions = await db.Opinions.AsNoTracking().Where(opinion => opinion.ConsultationId == row.Id)
            .OrderBy(opinion => opinion.SubmittedAt).ThenBy(opinion => opinion.Id)
            .Select(opinion => new
            {
                opinion.Channel,
                opinion.ClauseId,
                opinion.ClauseLabel,
                opinion.Stance,
                opinion.State,
                opinion.ClusterId,
                opinion.Disposition,
                opinion.DispositionReason,
                opinion.DisplayText,
            })
            .ToListAsync(cancellationToken);
        var clusters = await db.OpinionClusters.AsNoTracking().Where(cluster => cluster.ConsultationId == row.Id)
            .OrderBy(cluster => cluster.Id).ToListAsync(cancellationToken);
        var valid = opinions.FindAll(opinion => opinion.State is OpinionState.Displayed or OpinionState.Kept);
        List<ReportLine> lines = [];
        foreach (var cluster in clusters)
        {
            var members = valid.FindAll(opinion => opinion.ClusterId == cluster.Id && opinion.Disposition is null);
            if (members.Count > 0 && cluster is { Disposition: { } disposition, Reason: { } reason })
            {
                string[] about = [.. members.Select(opinion => opinion.ClauseLabel ?? text["Clause.Whole"].Value).Distinct()];
                lines.Add(new ReportLine(cluster.Name, about, members.Count, disposition, reason));
            }
        }

        lines.AddRange(valid.Where(opinion => opinion.Disposition is not null).Select(opinion => new ReportLine(
            Excerpt(opinion.DisplayText), [opinion.ClauseLabel ?? text["Clause.Whole"].Value], 1, opinion.Disposition!.Value,
            opinion.DispositionReason!)));
        var order = row.Released!.Clauses.Select((clause, index) => (clause.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        return new ConsultationReport
        {
            Title = row.Title,
            From = row.OpensOn!.Value,
            To = row.ClosesOn!.Value,
            Received = opinions.Count,
            NotValid = opinions.Count(opinion => opinion.State == OpinionState.NotValid),
            Waiting = opinions.Count(opinion => opinion.State == OpinionState.Waiting),
            Displayed = opinions.Count(opinion => opinion.State == OpinionState.Displayed),
            Channels = [.. valid.GroupBy(opinion => opinion.Channel).OrderBy(group => group.Key).Select(group => new ReportCount(group.Key, group.Count()))],
            Clauses =
            [
                .. valid.GroupBy(opinion => (opinion.ClauseId, opinion.ClauseLabel))
                    .OrderBy(group => group.Key.ClauseId is null ? -1 : order.GetValueOrDefault(group.Key.ClauseId, int.MaxValue))
                    .ThenBy(group => group.Key.ClauseId, StringComparer.Ordinal)
                    .Select(group => new ReportClause(
                        group.Key.ClauseLabel, group.Count(one => one.Stance == OpinionStance.Agree),
                        group.Count(one => one.Stance == OpinionStance.Change), group.Count(one => one.Stance == OpinionStance.Disagree))),
            ],
            Lines = lines,
            Words = row.ReportWords,
        };
    }

    /// <summary>The counts as rows of a table, for spreadsheets.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows(ConsultationReport report) =>
    [
        [text["Csv.Section"], text["Csv.Item"], text["Stance.Agree"], text["Stance.Change"], text["Stance.Disagree"], text["Csv.Count"]],
        [text["Csv.All"], text["Report.Received"], "", "", "", Number(report.Received)],
        [text["Csv.All"], text["Report.Valid"], "", "", "", Number(report.Valid)],
        .. report.Channels.Select(channel => (string[])
            [text["Report.Channels"], text["Channel." + channel.Channel], "", "", "", Number(channel.Count)]),
        .. report.Clauses.Select(clause => (string[])
        [
            text["Report.Clauses"], (clause.Label ?? text["Clause.Whole"].Value).Replace('\n', ' '), Number(clause.Agree), Number(clause.Change),
            Number(clause.Disagree), Number(clause.All),
        ]),
        .. Enum.GetValues<Disposition>().Select(disposition => (string[])
            [text["Report.Use"], text["Disposition." + disposition], "", "", "", Number(report.CountOf(disposition))]),
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Excerpt(string? shown) =>
        shown is { Length: > LongestExcerpt } ? shown[..LongestExcerpt] + "…" : shown;
}
