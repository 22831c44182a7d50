using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Documents.DraftNextEdition;

/// <summary>
/// Opens the next edition of a document without touching what the public sees, nor an edition that waits for its time.
/// </summary>
public sealed record DraftNextEdition : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>The document.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>BCP 47 tag of the language version.</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>The edition whose content it begins with; null while only one can be meant.</summary>
    public Guid? From { get; init; }
}

internal sealed class DraftNextEditionValidator : AbstractValidator<DraftNextEdition>
{
    public DraftNextEditionValidator(IStringLocalizer<DocumentText> text) =>
        RuleFor(form => form.Language).NotEmpty().MaximumLength(16).WithMessage(text["Form.Broken"]);
}

internal sealed class DraftNextEditionHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<DocumentText> text)
    : IRequestHandler<DraftNextEdition, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(DraftNextEdition request, CancellationToken cancellationToken)
    {
        var editions = await db.Editions.AsNoTracking()
            .Where(row => row.DocumentId == request.DocumentId && row.Language == request.Language)
            .OrderByDescending(row => row.Number)
            .Select(row => new { row.Id, row.State, row.Number, row.Unpublishing })
            .ToListAsync(cancellationToken);
        if (editions.Count == 0)
        {
            return Failure.NotFound;
        }

        var working = editions.Find(row => EditionStates.Working.Contains(row.State));
        if (working is not null)
        {
            var seen = await scope.FindAsync(working.Id, Permission.WriteDocuments, cancellationToken);
            return seen.Succeeded ? working.Id : seen.Failure;
        }

        var bases = NextBases.Among(editions, row => row.State, row => row.Unpublishing is not null);
        var from = request.From is { } named ? bases.Find(row => row.Id == named) : bases is [var only] ? only : null;
        if (bases.Count == 0)
        {
            return Failure.NotFound;
        }

        if (from is null)
        {
            var seen = await scope.FindAsync(bases[0].Id, Permission.WriteDocuments, cancellationToken);
            return seen.Succeeded ? Failure.Invalid(nameof(request.From), text["Base.Choose"]) : seen.Failure;
        }

        var found = await scope.FindAsync(from.Id, Permission.WriteDocuments, cancellationToken);
        return found.Succeeded
            ? await DraftAsync(found.Value, editions[0].Number + 1, cancellationToken)
            : found.Failure;
    }

    private async Task<Outcome<Guid>> DraftAsync(EditionInScope from, int number, CancellationToken cancellationToken)
    {
        var (former, actor) = (from.Edition, from.Actor);
        if (DocumentTypes.Find(from.Document.Type) is { Composed: true })
        {
            return new Failure(FailureKind.Invalid, [new FieldError("", text["Edition.Composed"])]);
        }

        var now = clock.GetUtcNow();
        var edition = Edition.Following(former, Guid.CreateVersion7(now), number, actor.Id, now);
        db.Editions.Add(edition);
        db.Record(EditionDecisions.Of("drafted", edition, actor, now, null, ("from", former.Id.ToString())));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (
            exception.Breaks(EditionConfiguration.OneWorking) || exception.Breaks(EditionConfiguration.OneNumber))
        {
            // Somebody was faster: there is one working edition, and both go to it.
            db.ChangeTracker.Clear();
            var theirs = await db.Editions
                .Where(row => row.DocumentId == former.DocumentId && row.Language == former.Language
                    && EditionStates.Working.Contains(row.State))
                .Select(row => (Guid?)row.Id)
                .SingleOrDefaultAsync(cancellationToken);
            return theirs is { } id ? id : Failure.Conflict;
        }

        return edition.Id;
    }
}
