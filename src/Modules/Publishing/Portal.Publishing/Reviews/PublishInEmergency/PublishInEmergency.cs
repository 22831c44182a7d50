using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Reviews.PublishInEmergency;

/// <summary>
/// Publishes at once, without the three reviews, on one named person's reason. The publication stays flagged in every
/// list until somebody else has looked at it.
/// </summary>
public sealed record PublishInEmergency : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.PublishInEmergency;

    /// <summary>The edition.</summary>
    public Guid EditionId { get; init; }

    /// <summary>The hash of what the person saw.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>Why it cannot wait.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class PublishInEmergencyValidator : AbstractValidator<PublishInEmergency>
{
    public const int ReasonLength = 500;

    public PublishInEmergencyValidator(IStringLocalizer<ReviewText> text)
    {
        RuleFor(request => request.Reason)
            .Paragraphs(ReasonLength, text["ReasonRequired"], text["ReasonTooLong", ReasonLength]);
    }
}

internal sealed class PublishInEmergencyHandler(
    PublishingDbContext db,
    EditionScope scope,
    SubmissionCheck check,
    Publisher publisher,
    TimeProvider clock,
    IStringLocalizer<ReviewText> text)
    : IRequestHandler<PublishInEmergency, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(PublishInEmergency request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.PublishInEmergency, cancellationToken);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        var (edition, actor) = (found.Value.Edition, found.Value.Actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await publisher.LockAsync(edition.DocumentId, cancellationToken);
        await db.Entry(edition).ReloadAsync(cancellationToken);
        if (!edition.IsWorking)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["NotWaiting"])]);
        }

        if (edition.ContentHash != request.ContentHash)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["ContentChanged"])]);
        }

        var now = clock.GetUtcNow();
        var problems = await check.ProblemsAsync(
            edition, found.Value.Document, found.Value.Channel, now, cancellationToken);
        if (problems.Count > 0)
        {
            return new Failure(
                FailureKind.Invalid, problems.ConvertAll(problem => problem with { Field = "" }));
        }

        db.EmergencyPublications.Add(new EmergencyPublication
        {
            Id = Guid.CreateVersion7(now),
            SiteId = edition.SiteId,
            EditionId = edition.Id,
            ContentHash = edition.ContentHash,
            PersonId = actor.Id,
            PersonName = actor.Name,
            Unit = actor.Unit,
            Reason = FormRules.Paragraphs(request.Reason),
            At = now,
        });
        db.Record(EditionDecisions.Of("emergency-published", edition, actor, now, FormRules.Paragraphs(request.Reason)));
        await db.SaveChangesAsync(cancellationToken);
        try
        {
            await publisher.GoLiveAsync(edition, actor.Id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Failure.Conflict;
        }
        catch (PathTakenException taken)
        {
            return Failure.Invalid("", text["PathTaken", taken.Path]);
        }

        return Done.Value;
    }
}
