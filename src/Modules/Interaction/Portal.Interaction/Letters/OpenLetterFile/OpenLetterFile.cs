using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.OpenLetterFile;

/// <summary>Opens a file of the writer: a look at personal data, recorded.</summary>
public sealed record OpenLetterFile(Guid LetterId, Guid FileId) : IRequest<Outcome<OpenedFile>>, IRequirePermission
{
    // Three permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>An opened file.</summary>
public sealed record OpenedFile(string Name, byte[] Content);

internal sealed class OpenLetterFileHandler(
    InteractionDbContext db, LetterScope scope, LetterWriter writer, LetterPapers papers, LetterKeyring keyring,
    IStringLocalizer<DeskText> text, IStringLocalizer<LetterText> names) : IRequestHandler<OpenLetterFile, Outcome<OpenedFile>>
{
    public async Task<Outcome<OpenedFile>> Handle(OpenLetterFile request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindWithWriterAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;
        var paper = await db.LetterPapers.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == request.FileId && row.LetterId == request.LetterId && row.Kind == LetterPaperKind.Attachment, cancellationToken);
        if (paper is null || keyring.KeyOf(found.Letter) is not { } key
            || await papers.ReadFileAsync(key, paper, cancellationToken) is not { } content)
        {
            return Failure.NotFound;
        }

        writer.Note(found, LetterTrigger.Reveal, actor, text["Note.File"], ("paper", paper.Id.ToString()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (LetterConflicts.IsOne(exception))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", names["Rule.Stale"])]);
        }

        return new OpenedFile(LetterPapers.Read<LetterFile>(key, paper).Name, content);
    }
}

/// <summary>Sent as a form, because opening a file is a step of the letter.</summary>
internal sealed class OpenLetterFileEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/{letter:guid}/files", async (
            Guid letter, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var opened = await sender.Send(new OpenLetterFile(letter, form.Id("FileId") ?? Guid.Empty), cancellationToken);
            // Never shown inside the console's own origin: what somebody sent is downloaded.
            return opened.Succeeded
                ? Results.File(opened.Value.Content, "application/octet-stream", opened.Value.Name)
                : opened.Failure.Page();
        });
}
