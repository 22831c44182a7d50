using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Documents.DiscardEdition;

/// <summary>Throws a draft away. Its row stays: what was written is part of the record.</summary>
public sealed record DiscardEdition : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>The edition.</summary>
    public Guid EditionId { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class DiscardEditionValidator : AbstractValidator<DiscardEdition>
{
    public DiscardEditionValidator(IStringLocalizer<DocumentText> text) =>
        RuleFor(form => form.Reason).Line(EditionRules.MaximumReason, text["Reason.Required"], text["Reason.TooLong"]);
}

internal sealed class DiscardEditionHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<DocumentText> text)
    : IRequestHandler<DiscardEdition, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(DiscardEdition request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (edition, _, _, _, actor) = found.Value;
        if (!edition.IsEditable)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Edition.NotEditable"])]);
        }

        if (edition.Version != request.Version)
        {
            return Failure.Conflict;
        }

        var now = clock.GetUtcNow();
        edition.State = EditionState.Discarded;
        edition.UpdatedBy = actor.Id;
        edition.UpdatedAt = now;
        edition.Version++;
        db.Record(EditionDecisions.Of("discarded", edition, actor, now, FormRules.Clean(request.Reason)));
        if (Forming.Of(edition).Length > 0)
        {
            db.TellForming(edition, actor, now);
        }

        if (await db.TrySaveAsync(cancellationToken) is { } failure)
        {
            return failure;
        }

        return edition.DocumentId;
    }
}
