using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters.Copies.ReadLetterCopy;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.DecideLetterCopy;

/// <summary>Releases a copy, as its hash says it was proposed, or returns it. Never the person who confirmed the masks.</summary>
public sealed record DecideLetterCopy(Guid LetterId, Guid CopyId, string ContentHash, bool Release, string Reason)
    : IRequest<Outcome<LetterTrigger>>, IRequirePermission
{
    // Two permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class DecideLetterCopyHandler(InteractionDbContext db, LetterScope scope, CopyDesk desk)
    : IRequestHandler<DecideLetterCopy, Outcome<LetterTrigger>>
{
    public async Task<Outcome<LetterTrigger>> Handle(DecideLetterCopy request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        var trigger = request.Release ? LetterTrigger.ReleaseCopy : LetterTrigger.ReturnCopy;
        if (!LetterFlow.Steps.Single(step => step.Trigger == trigger).Allows(parties))
        {
            return Failure.Forbidden with { About = new FailureObject("letter", found.Letter.Id.ToString(), found.Letter.Number) };
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var decided = await desk.DecideAsync(
                found, request.CopyId, request.ContentHash, request.Release, request.Reason, actor, cancellationToken);
            if (!decided.Succeeded)
            {
                return decided.Failure;
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (CopyDesk.IsOne(exception))
        {
            return desk.Conflict("Copy.Stale");
        }

        await desk.EvictAsync(found.Letter.SiteId, cancellationToken);
        return trigger;
    }
}

internal sealed class DecideLetterCopyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/{letter:guid}/publication/decision", async (
            Guid letter, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var decided = await sender.Send(
                new DecideLetterCopy(letter, form.Id("CopyId") ?? Guid.Empty, form.Text("ContentHash"), form.Flag("Release"), form.Text("Reason")),
                cancellationToken);
            return decided.Succeeded ? Results.LocalRedirect($"/console/letters/{letter}/publication?done={decided.Value}")
                : decided.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadLetterCopyEndpoint.AnswerAsync(letter, null, decided.Failure, sender, cancellationToken)
                : decided.Failure.Page();
        });
}
