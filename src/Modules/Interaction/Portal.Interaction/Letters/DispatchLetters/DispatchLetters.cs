using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters.DispatchLetters;

/// <summary>
/// Gives several letters to one unit. Each is a step of its own that is taken or not; who names a letter out of reach
/// moves none.
/// </summary>
public sealed record DispatchLetters : IRequest<Outcome<IReadOnlyList<DispatchedLetter>>>, IRequirePermission
{
    /// <summary>How many a form may name.</summary>
    public const int Most = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.ScreenLetters;

    public IReadOnlyList<ChosenLine> Chosen { get; init; } = [];

    public Guid? LeadSiteId { get; init; }

    public string Note { get; init; } = "";
}

/// <summary>What became of one.</summary>
/// <param name="Id">The letter.</param>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Its masked title.</param>
/// <param name="Fault">Why it stays; null: it went.</param>
public sealed record DispatchedLetter(Guid Id, string Number, string Subject, string? Fault);

internal sealed class DispatchLettersValidator : AbstractValidator<DispatchLetters>
{
    public DispatchLettersValidator(IStringLocalizer<DeskText> text, IStringLocalizer<LetterText> names)
    {
        RuleFor(form => form.Chosen).Must(chosen => chosen.Count is > 0 and <= DispatchLetters.Most).WithMessage(_ => text["Batch.Fault.None"]);
        RuleFor(form => form.LeadSiteId).NotNull().WithMessage(_ => names["Fault.Lead"]);
        RuleFor(form => form.Note).Must(note => PublicText.Fits(note, LetterRules.MaximumNote)).WithMessage(_ => names["Fault.NoteLong"]);
    }
}

internal sealed class DispatchLettersHandler(
    InteractionDbContext db, LetterScope scope, LetterWriter writer, ISites sites, ICurrentActor current, IStringLocalizer<LetterText> names)
    : IRequestHandler<DispatchLetters, Outcome<IReadOnlyList<DispatchedLetter>>>
{
    public async Task<Outcome<IReadOnlyList<DispatchedLetter>>> Handle(DispatchLetters request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var chosen = request.Chosen.DistinctBy(letter => letter.Id).ToList();
        Guid[] ids = [.. chosen.Select(letter => letter.Id)];
        var homes = await db.Letters.AsNoTracking().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.SiteId, cancellationToken);
        if (homes.Count < ids.Length)
        {
            return Failure.NotFound;
        }

        if (homes.FirstOrDefault(home => sites.ById(home.Value) is not { } site || !actor.Can(Permission.ScreenLetters, site)) is { Key: var far }
            && far != Guid.Empty)
        {
            return Failure.OutOfScope with { About = new FailureObject("letter", far.ToString(), "") };
        }

        List<DispatchedLetter> results = [];
        foreach (var letter in chosen)
        {
            results.Add(await DispatchAsync(letter, request, cancellationToken));
            db.ChangeTracker.Clear();
        }

        return results;
    }

    private async Task<DispatchedLetter> DispatchAsync(ChosenLine chosen, DispatchLetters request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(chosen.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return new DispatchedLetter(chosen.Id, "", "", names["Rule.Stale"]);
        }

        var (found, actor, _, parties) = reached.Value;
        var result = new DispatchedLetter(chosen.Id, found.Letter.Number, found.Letter.Subject, null);
        if (found.Letter.Version != chosen.Version)
        {
            return result with { Fault = names["Rule.Stale"] };
        }

        var taken = await writer.TakeAsync(
            found, new LetterInput { Trigger = LetterTrigger.Dispatch, LeadSiteId = request.LeadSiteId, Note = request.Note }, parties, actor,
            cancellationToken);
        if (!taken.Succeeded)
        {
            return result with { Fault = taken.Failure.Errors is [var error, ..] ? error.Message : names["Rule.State"] };
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return result;
        }
        catch (DbUpdateException exception) when (LetterConflicts.IsOne(exception))
        {
            return result with { Fault = names["Rule.Stale"] };
        }
    }
}
