using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ReadLetter;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.RevealWriter;

/// <summary>Shows a letter in full, to those who handle it, and records that it was looked at and why.</summary>
public sealed record RevealWriter(Guid LetterId, string Reason) : IRequest<Outcome<WrittenLetter>>, IRequirePermission
{
    // Three permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class RevealWriterHandler(
    InteractionDbContext db, LetterScope scope, LetterWriter writer, LetterPapers papers, IStringLocalizer<DeskText> text,
    IStringLocalizer<LetterText> names) : IRequestHandler<RevealWriter, Outcome<WrittenLetter>>
{
    public async Task<Outcome<WrittenLetter>> Handle(RevealWriter request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindWithWriterAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;
        var reason = PublicText.Line(request.Reason);
        if (reason.Length == 0 || !PublicText.Fits(reason, 200))
        {
            return Failure.Invalid("RevealReason", text["Fault.RevealReason"]);
        }

        if (await papers.TextAsync(found.Letter, cancellationToken) is not { } letter)
        {
            return Failure.Invalid("RevealReason", text["Fault.Erased"]);
        }

        writer.Note(found, LetterTrigger.Reveal, actor, reason);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (LetterConflicts.IsOne(exception))
        {
            db.ChangeTracker.Clear();
            return new Failure(FailureKind.Conflict, [new FieldError("", names["Rule.Stale"])]);
        }

        return letter;
    }
}

/// <summary>The answer to the form shows the letter; no address does.</summary>
internal sealed class RevealWriterEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/{letter:guid}/writer", async (
            Guid letter, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var shown = await sender.Send(new RevealWriter(letter, form.Text("RevealReason")), cancellationToken);
            return shown.Succeeded || shown.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? await ReadLetterEndpoint.AnswerAsync(
                    letter, null, shown.Succeeded ? shown.Value : null, null, shown.Failure, sender, cancellationToken)
                : shown.Failure.Page();
        });
}
