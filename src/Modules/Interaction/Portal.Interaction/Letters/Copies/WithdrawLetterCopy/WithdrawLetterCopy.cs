using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters.Copies.ReadLetterCopy;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.WithdrawLetterCopy;

/// <summary>Takes a public letter down. Its address stays and says why.</summary>
public sealed record WithdrawLetterCopy(Guid LetterId, string Reason) : IRequest<Outcome<LetterTrigger>>, IRequirePermission
{
    // Two permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class WithdrawLetterCopyHandler(InteractionDbContext db, LetterScope scope, CopyDesk desk)
    : IRequestHandler<WithdrawLetterCopy, Outcome<LetterTrigger>>
{
    public async Task<Outcome<LetterTrigger>> Handle(WithdrawLetterCopy request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        if (!LetterFlow.Steps.Single(step => step.Trigger == LetterTrigger.WithdrawCopy).Allows(parties))
        {
            return Failure.Forbidden with { About = new FailureObject("letter", found.Letter.Id.ToString(), found.Letter.Number) };
        }

        var withdrawn = await desk.WithdrawAsync(found, request.Reason, actor, cancellationToken);
        if (!withdrawn.Succeeded)
        {
            return withdrawn.Failure;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (CopyDesk.IsOne(exception))
        {
            db.ChangeTracker.Clear();
            return desk.Conflict("Copy.Stale");
        }

        await desk.EvictAsync(found.Letter.SiteId, cancellationToken);
        return LetterTrigger.WithdrawCopy;
    }
}

internal sealed class WithdrawLetterCopyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/{letter:guid}/publication/withdrawal", async (
            Guid letter, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var reason = form.Text("Reason") is { Length: > 0 } text ? text : form.Text("Why");
            var withdrawn = await sender.Send(new WithdrawLetterCopy(letter, reason), cancellationToken);
            return withdrawn.Succeeded ? Results.LocalRedirect($"/console/letters/{letter}/publication?done={withdrawn.Value}")
                : withdrawn.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadLetterCopyEndpoint.AnswerAsync(letter, null, withdrawn.Failure, sender, cancellationToken)
                : withdrawn.Failure.Page();
        });
}
