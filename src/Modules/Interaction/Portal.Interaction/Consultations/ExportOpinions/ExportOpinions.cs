using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ExportOpinions;

/// <summary>The opinions of a consultation as a workbook: masked words, nobody's name. That somebody took it away is recorded.</summary>
public sealed record ExportOpinions(Guid Id) : IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <summary>Lines of one workbook, the newest first.</summary>
    public const int MostLines = 20_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

internal sealed class ExportOpinionsHandler(
    InteractionDbContext db, ConsultationScope scope, OpinionPapers papers, IStringLocalizer<ConsultationDeskText> text,
    IStringLocalizer<OpinionText> names, TimeProvider clock) : IRequestHandler<ExportOpinions, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportOpinions request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (row, actor, _) = found.Value;
        if (!ConsultationFlow.Allows(row.State, ConsultationTrigger.Export, ConsultationParty.Editor))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.State"])]);
        }

        var opinions = await db.Opinions.AsNoTracking().Where(opinion => opinion.ConsultationId == row.Id)
            .OrderByDescending(opinion => opinion.SubmittedAt).ThenByDescending(opinion => opinion.Id).Take(ExportOpinions.MostLines)
            .ToListAsync(cancellationToken);
        var clusters = await db.OpinionClusters.AsNoTracking().Where(cluster => cluster.ConsultationId == row.Id)
            .ToDictionaryAsync(cluster => cluster.Id, cancellationToken);
        var words = await papers.WordsAsync(opinions, cancellationToken);
        var lines = opinions.ConvertAll(opinion => Line(
            opinion, words.GetValueOrDefault(opinion.Id), opinion.ClusterId is { } id ? clusters.GetValueOrDefault(id) : null));
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(lines, cancellationToken: cancellationToken);
        db.AddStep(
            row, ConsultationTrigger.Export, actor, clock.GetUtcNow(), null, null,
            ("lines", lines.Count.ToString(CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync(cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    // Every cell is a text: what an opinion begins with never becomes a formula.
    private Dictionary<string, object> Line(Opinion opinion, WrittenOpinion? written, OpinionCluster? cluster) => new()
    {
        [names["Receipt.Number"]] = opinion.Number,
        [names["Report.Channel"]] = names["Channel." + opinion.Channel].Value,
        [text["Label.PaperReference"]] = opinion.PaperReference ?? "",
        [text["Label.Day"]] = opinion.ReceivedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [names["Label.Clause"]] = opinion.ClauseLabel ?? names["Clause.Whole"].Value,
        [names["Label.StanceOf"]] = names["Stance." + opinion.Stance].Value,
        [names["Label.Text"]] = opinion.DisplayText ?? (written is null ? text["Erased"].Value : MaskedCopy.Propose(written)),
        [text["Column.State"]] = names["OpinionState." + opinion.State].Value,
        [text["Label.Theme"]] = opinion.Theme,
        [text["Column.Group"]] = cluster?.Name ?? "",
        [names["Report.Disposition"]] = (opinion.Disposition ?? cluster?.Disposition) is { } disposition ? names["Disposition." + disposition].Value : "",
        [names["Report.Reason"]] = opinion.DispositionReason ?? cluster?.Reason ?? "",
    };
}

/// <summary>Sent as a form, because it is recorded.</summary>
internal sealed class ExportOpinionsEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/consultations/{consultation:guid}/export", async (
            Guid consultation, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var exported = form.Flag("Export")
                ? await sender.Send(new ExportOpinions(consultation), cancellationToken)
                : Failure.Conflict;
            return exported.Succeeded ? Results.File(exported.Value, Workbook, "opinions.xlsx") : exported.Failure.Page();
        });
}
