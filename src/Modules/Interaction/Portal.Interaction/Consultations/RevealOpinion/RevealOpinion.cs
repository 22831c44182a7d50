using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Consultations.HandleOpinion;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.RevealOpinion;

/// <summary>Shows an opinion in full, and records that it was looked at and why.</summary>
public sealed record RevealOpinion(Guid Id, string Reason) : IRequest<Outcome<WrittenOpinion>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

internal sealed class RevealOpinionHandler(
    InteractionDbContext db, ConsultationScope scope, OpinionPapers papers, IStringLocalizer<ConsultationDeskText> text, TimeProvider clock)
    : IRequestHandler<RevealOpinion, Outcome<WrittenOpinion>>
{
    public async Task<Outcome<WrittenOpinion>> Handle(RevealOpinion request, CancellationToken cancellationToken)
    {
        var found = await scope.FindOpinionAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var ((row, actor, _), opinion) = found.Value;
        var reason = PublicText.Line(request.Reason);
        if (reason.Length == 0 || !PublicText.Fits(reason, 200))
        {
            return Failure.Invalid("RevealReason", text["Fault.RevealReason"]);
        }

        if (await papers.WordsAsync(opinion, cancellationToken) is not { } written)
        {
            return Failure.Invalid("RevealReason", text["Erased"]);
        }

        db.AddStep(row, ConsultationTrigger.Reveal, actor, clock.GetUtcNow(), reason, opinion);
        await db.SaveChangesAsync(cancellationToken);
        return written;
    }
}

/// <summary>The answer to the form shows the opinion; no address does.</summary>
internal sealed class RevealOpinionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/opinions/{opinion:guid}/writer", async (
            Guid opinion, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var shown = await sender.Send(new RevealOpinion(opinion, form.Text("RevealReason")), cancellationToken);
            return shown.Succeeded || shown.Failure.Kind == FailureKind.Invalid
                ? await HandleOpinionEndpoint.AnswerAsync(
                    opinion, null, false, shown.Succeeded ? shown.Value : null, shown.Failure, sender, cancellationToken)
                : shown.Failure.Page();
        });
}
