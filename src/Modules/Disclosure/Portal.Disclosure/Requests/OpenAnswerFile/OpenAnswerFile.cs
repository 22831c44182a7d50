using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Requests.FollowRequest;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.OpenAnswerFile;

/// <summary>Gives the applicant a file of the answer, by the ticket of the page that was opened with number and code.</summary>
public sealed record OpenAnswerFile(string Ticket, Guid PaperId) : IRequest<Outcome<OpenedFile>>, IPublicRequest;

/// <summary>A file, opened.</summary>
public sealed record OpenedFile(string Name, byte[] Content);

internal sealed class OpenAnswerFileHandler(
    DisclosureDbContext db, RequestForms forms, RequestReader reader, RequestFiles files, RequestKeyring keyring, ICurrentSite current,
    IStringLocalizer<RequestText> text)
    : IRequestHandler<OpenAnswerFile, Outcome<OpenedFile>>
{
    public async Task<Outcome<OpenedFile>> Handle(OpenAnswerFile request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site || forms.ReadTicket(request.Ticket) is not { } id)
        {
            return Failure.Invalid("", text["Follow.TicketOld"]);
        }

        // What the page does not offer is not there: a file of a draft, another case's, an erased one.
        if (await reader.FindAsync(id, site.Id, cancellationToken) is not { } found || keyring.KeyOf(found.Request) is not { } key
            || (await reader.AnswerFilesAsync(found, key, cancellationToken)).FirstOrDefault(file => file.PaperId == request.PaperId)
                is not { } named)
        {
            return Failure.NotFound;
        }

        var paper = await db.Papers.AsNoTracking().SingleAsync(paper => paper.Id == named.PaperId, cancellationToken);
        return await files.ReadFileAsync(key, paper, cancellationToken) is { } content
            ? new OpenedFile(named.Name, content)
            : Failure.NotFound;
    }
}

/// <summary>Sent as a form: neither the ticket nor the file has an address.</summary>
internal sealed class OpenAnswerFileEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicForm("/disclosure/requests/follow/file", async (
            IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var opened = await sender.Send(
                new OpenAnswerFile(form.Text("Ticket"), Guid.TryParse(form.Text("PaperId"), out var paper) ? paper : Guid.Empty),
                cancellationToken);
            return opened.Succeeded
                ? Results.File(opened.Value.Content, "application/octet-stream", opened.Value.Name)
                : opened.Failure.Kind == FailureKind.Invalid
                    ? FollowRequestPage.Of(new FollowRequest.FollowRequest(), opened.Failure.Errors, StatusCodes.Status422UnprocessableEntity)
                    : opened.Failure.Page();
        }).AddEndpointFilter<OpenSiteFilter>();
}
