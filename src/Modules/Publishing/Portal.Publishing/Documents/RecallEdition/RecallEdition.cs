using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Documents.RecallEdition;

/// <summary>An author takes an edition back from review, to go on writing.</summary>
public sealed record RecallEdition : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>The edition.</summary>
    public Guid EditionId { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class RecallEditionValidator : AbstractValidator<RecallEdition>
{
    public RecallEditionValidator(IStringLocalizer<DocumentText> text) =>
        RuleFor(form => form.Reason).Line(EditionRules.MaximumReason, text["Reason.Required"], text["Reason.TooLong"]);
}

internal sealed class RecallEditionHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<DocumentText> text)
    : IRequestHandler<RecallEdition, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(RecallEdition request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.UseConsole, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (edition, _, _, _, actor) = found.Value;
        if (!found.Value.IsOwn)
        {
            return found.Value.Forbidden();
        }

        if (!EditionStates.Awaiting.Contains(edition.State))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Edition.NotAwaiting"])]);
        }

        if (edition.Version != request.Version)
        {
            return Failure.Conflict;
        }

        var now = clock.GetUtcNow();
        var former = edition.State;
        edition.State = EditionState.Draft;
        edition.UpdatedBy = actor.Id;
        edition.UpdatedAt = now;
        edition.SubmittedAt = null;
        edition.Version++;
        db.Record(EditionDecisions.Of("recalled", edition, actor, now, FormRules.Clean(request.Reason),
            ("formerState", former.ToString())));
        if (await db.TrySaveAsync(cancellationToken) is { } failure)
        {
            return failure;
        }

        return edition.Id;
    }
}
