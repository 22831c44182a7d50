using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.ReadPaper;

/// <summary>Opens a paper of the file: a letter to print, what the applicant wrote, a file. A look at personal data, recorded.</summary>
public sealed record ReadPaper(Guid RequestId, Guid PaperId) : IRequest<Outcome<OpenedPaper>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

/// <summary>An opened paper: a letter, a text, or a file.</summary>
public sealed record OpenedPaper(string Number, string Name, Letter? Letter, string? Text, string? MediaType, byte[]? Content);

internal sealed class ReadPaperHandler(
    DisclosureDbContext db, RequestScope scope, RequestWriter writer, RequestFiles files, RequestKeyring keyring,
    IStringLocalizer<RequestText> text) : IRequestHandler<ReadPaper, Outcome<OpenedPaper>>
{
    public async Task<Outcome<OpenedPaper>> Handle(ReadPaper request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindWithPersonAsync(request.RequestId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;

        var paper = await db.Papers.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.PaperId && row.RequestId == request.RequestId
                && row.Kind != PaperKind.Application && row.Kind != PaperKind.Draft,
            cancellationToken);
        if (paper is null || keyring.KeyOf(found.Request) is not { } key)
        {
            return Failure.NotFound;
        }

        var opened = await OpenAsync(found.Request.Number, key, paper, cancellationToken);
        if (opened is null)
        {
            return Failure.NotFound;
        }

        writer.Note(found, RequestTrigger.Reveal, actor, text["Note.Paper", text["Paper." + paper.Kind].Value], ("paper", paper.Id.ToString()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (RequestConflicts.IsOne(exception))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        return opened;
    }

    private async Task<OpenedPaper?> OpenAsync(string number, byte[] key, RequestPaper paper, CancellationToken cancellationToken)
    {
        if (paper.Kind is PaperKind.Attachment or PaperKind.AnswerFile)
        {
            var file = RequestFiles.Read<FilePaper>(key, paper);
            return await files.ReadFileAsync(key, paper, cancellationToken) is { } content
                ? new OpenedPaper(number, file.Name, null, null, file.MediaType, content)
                : null;
        }

        return paper.Kind is PaperKind.Correction or PaperKind.Reasons
            ? new OpenedPaper(number, text["Paper." + paper.Kind], null, RequestFiles.Read<string>(key, paper), null, null)
            : RequestFiles.Read<Letter>(key, paper) is var letter
                ? new OpenedPaper(number, letter.Title, letter, null, null, null)
                : null;
    }
}

/// <summary>Sent as a form, because opening a paper is a step of the case.</summary>
internal sealed class ReadPaperEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/requests/{id:guid}/papers", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var opened = await sender.Send(
                new ReadPaper(id, Guid.TryParse(form.Text("PaperId"), out var paper) ? paper : Guid.Empty), cancellationToken);
            return !opened.Succeeded ? opened.Failure.Page()
                : opened.Value.Content is { } content
                    // Never shown inside the console's own origin: what somebody sent is downloaded.
                    ? Results.File(content, "application/octet-stream", opened.Value.Name)
                    : ReadPaperPage.Of(opened.Value);
        });
}
