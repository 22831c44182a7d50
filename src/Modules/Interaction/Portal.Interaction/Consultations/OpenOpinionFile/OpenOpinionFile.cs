using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.OpenOpinionFile;

/// <summary>Opens a file of an opinion: a look at personal data, recorded.</summary>
public sealed record OpenOpinionFile(Guid Id, Guid FileId) : IRequest<Outcome<OpenedOpinionFile>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

/// <summary>An opened file.</summary>
public sealed record OpenedOpinionFile(string Name, byte[] Content);

internal sealed class OpenOpinionFileHandler(
    InteractionDbContext db, ConsultationScope scope, OpinionPapers papers, IStringLocalizer<ConsultationDeskText> text, TimeProvider clock)
    : IRequestHandler<OpenOpinionFile, Outcome<OpenedOpinionFile>>
{
    public async Task<Outcome<OpenedOpinionFile>> Handle(OpenOpinionFile request, CancellationToken cancellationToken)
    {
        var found = await scope.FindOpinionAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var ((row, actor, _), opinion) = found.Value;
        if (await papers.ReadFileAsync(opinion, request.FileId, cancellationToken) is not { } read)
        {
            return Failure.NotFound;
        }

        db.AddStep(row, ConsultationTrigger.Reveal, actor, clock.GetUtcNow(), text["Note.File"], opinion, ("paper", request.FileId.ToString()));
        await db.SaveChangesAsync(cancellationToken);
        return new OpenedOpinionFile(read.File.Name, read.Content);
    }
}

/// <summary>Sent as a form, because opening a file is recorded.</summary>
internal sealed class OpenOpinionFileEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/opinions/{opinion:guid}/files", async (
            Guid opinion, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var opened = await sender.Send(new OpenOpinionFile(opinion, form.Id("FileId") ?? Guid.Empty), cancellationToken);
            // Never shown inside the console's own origin: what somebody sent is downloaded.
            return opened.Succeeded
                ? Results.File(opened.Value.Content, "application/octet-stream", opened.Value.Name)
                : opened.Failure.Page();
        });
}
