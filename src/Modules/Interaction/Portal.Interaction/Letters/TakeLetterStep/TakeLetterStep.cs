using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Letters.TakeLetterStep;

/// <summary>Takes a step of a letter: one handler for all that <see cref="LetterFlow"/> lists.</summary>
public sealed record TakeLetterStep(Guid LetterId, LetterInput Input) : IRequest<Outcome<LetterTrigger>>, IRequirePermission
{
    // Three permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class TakeLetterStepHandler(
    InteractionDbContext db, LetterScope scope, LetterWriter writer, IStringLocalizer<LetterText> text)
    : IRequestHandler<TakeLetterStep, Outcome<LetterTrigger>>
{
    public async Task<Outcome<LetterTrigger>> Handle(TakeLetterStep request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        var input = request.Input;
        var lines = LetterFlow.Steps.Where(step => step.Trigger == input.Trigger).ToList();
        // A look at the personal data and the public copy have forms of their own.
        if (LetterFlow.Apart.Contains(input.Trigger) || lines.Count == 0)
        {
            return Failure.NotFound;
        }

        // Who may never do it is told so before anything about the letter.
        if (!lines.Exists(step => step.Allows(parties)))
        {
            return Failure.Forbidden with { About = new FailureObject("letter", found.Letter.Id.ToString(), found.Letter.Number) };
        }

        if (input.Version != found.Letter.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        var taken = await writer.TakeAsync(found, input, parties, actor, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (LetterConflicts.IsOne(exception))
        {
            db.ChangeTracker.Clear();
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        return input.Trigger;
    }
}
