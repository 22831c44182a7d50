using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Publishing.Reviews;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Schedules.CancelSchedule;

/// <summary>Takes a released edition that waits for its time out of the schedule. It is discarded; a new draft starts anew.</summary>
public sealed record CancelSchedule : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.Release;

    /// <summary>The scheduled edition.</summary>
    public Guid EditionId { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class CancelScheduleValidator : AbstractValidator<CancelSchedule>
{
    public const int ReasonLength = 500;

    public CancelScheduleValidator(IStringLocalizer<ReviewText> text)
    {
        RuleFor(request => request.Reason)
            .Paragraphs(ReasonLength, text["ReasonRequired"], text["ReasonTooLong", ReasonLength]);
    }
}

internal sealed class CancelScheduleHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<ReviewText> text)
    : IRequestHandler<CancelSchedule, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(CancelSchedule request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.Release, cancellationToken);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        var (edition, actor) = (found.Value.Edition, found.Value.Actor);
        if (edition.State != EditionState.Scheduled)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["NotScheduled"])]);
        }

        edition.State = EditionState.Discarded;
        edition.Version++;
        db.Record(EditionDecisions.Of("discarded", edition, actor, clock.GetUtcNow(), FormRules.Paragraphs(request.Reason)));
        if (await db.TrySaveAsync(cancellationToken) is not null)
        {
            // It went live in the meantime.
            return new Failure(FailureKind.Conflict, [new FieldError("", text["NotScheduled"])]);
        }

        return Done.Value;
    }
}
