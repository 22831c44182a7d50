using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Requests.ReadRequest;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.RevealApplicant;

/// <summary>Shows who asks in full, to those who handle the case, and records that it was looked at and why.</summary>
public sealed record RevealApplicant(Guid RequestId, string Reason) : IRequest<Outcome<Applicant>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

internal sealed class RevealApplicantHandler(
    DisclosureDbContext db, RequestScope scope, RequestWriter writer, RequestFiles files, IStringLocalizer<RequestText> text)
    : IRequestHandler<RevealApplicant, Outcome<Applicant>>
{
    public async Task<Outcome<Applicant>> Handle(RevealApplicant request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindWithPersonAsync(request.RequestId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;

        var reason = PublicText.Line(request.Reason);
        if (reason.Length == 0 || !PublicText.Fits(reason, 200))
        {
            return Failure.Invalid("Reason", text["Fault.RevealReason"]);
        }

        if (await files.ApplicantAsync(found.Request, cancellationToken) is not { } applicant)
        {
            return Failure.Invalid("Reason", text["Fault.Erased"]);
        }

        writer.Note(found, RequestTrigger.Reveal, actor, reason);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (RequestConflicts.IsOne(exception))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        return applicant;
    }
}

/// <summary>The answer to the form shows the data; no address does.</summary>
internal sealed class RevealApplicantEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/requests/{id:guid}/applicant", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var shown = await sender.Send(new RevealApplicant(id, form.Text("Reason")), cancellationToken);
            return shown.Succeeded || shown.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? await ReadRequestEndpoint.AnswerAsync(
                    id, null, shown.Succeeded ? shown.Value : null,
                    shown.Succeeded ? null : new RequestInput { Trigger = RequestTrigger.Reveal }, shown.Failure, sender, cancellationToken)
                : shown.Failure.Page();
        });
}
