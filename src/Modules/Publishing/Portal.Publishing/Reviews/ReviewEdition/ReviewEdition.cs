using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Publishing.Reviews.ReviewEdition;

/// <summary>What is to become of an edition that waits for its time when another one is released for now.</summary>
public enum ScheduledChoice
{
    /// <summary>It still goes live at its time.</summary>
    Keep,

    /// <summary>It is discarded; the edition released now takes its place.</summary>
    Replace,
}

/// <summary>
/// A decision at the stage where the edition stands (Opinion art. 12: 初审、审核、审发). The stage comes from the edition,
/// never from the form; the content hash is the one the reviewer was shown.
/// </summary>
public sealed record ReviewEdition : IRequest<Outcome<ReviewResult>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>The edition.</summary>
    public Guid EditionId { get; init; }

    /// <summary>
    /// The stage that the reviewer was asked about. It decides nothing: where another stage is due by now, it tells a
    /// reviewer who came second from one who reaches for what is not theirs.
    /// </summary>
    public ReviewStage? Stage { get; init; }

    /// <summary>The hash of what the reviewer saw.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>Approve or return.</summary>
    public ReviewDecision? Decision { get; init; }

    /// <summary>The opinion; required either way.</summary>
    public string Opinion { get; init; } = "";

    /// <summary>保密审查 done; required to approve the first review (G-40).</summary>
    public bool SecrecyChecked { get; init; }

    /// <summary>Needed only where another edition waits for its time.</summary>
    public ScheduledChoice? Scheduled { get; init; }
}

/// <summary>Where the edition stands after the decision.</summary>
public sealed record ReviewResult(Guid EditionId, EditionState State, string Title, UnpublishingKind? Unpublishing);

internal sealed class ReviewEditionValidator : AbstractValidator<ReviewEdition>
{
    public const int OpinionLength = 500;

    public ReviewEditionValidator(IStringLocalizer<ReviewText> text)
    {
        RuleFor(review => review.Opinion)
            .Paragraphs(OpinionLength, text["OpinionRequired"], text["OpinionTooLong", OpinionLength]);
        RuleFor(review => review.Decision).Must(decision => decision is { } made && Enum.IsDefined(made))
            .WithMessage(_ => text["DecisionRequired"]);
        // What the form of the first review lacks is told at once; the handler asks again, by the edition's own stage.
        RuleFor(review => review.SecrecyChecked).Equal(true)
            .When(review => review is { Stage: ReviewStage.First, Decision: ReviewDecision.Approved })
            .WithMessage(_ => text["SecrecyRequired"]);
    }
}

internal sealed class ReviewEditionHandler(
    PublishingDbContext db,
    EditionScope scope,
    Publisher publisher,
    DisclosureGate disclosure,
    InterpretationGate interpretation,
    TimeProvider clock,
    IStringLocalizer<ReviewText> text,
    IStringLocalizer<PublishingText> names)
    : IRequestHandler<ReviewEdition, Outcome<ReviewResult>>
{
    public async Task<Outcome<ReviewResult>> Handle(ReviewEdition request, CancellationToken cancellationToken)
    {
        var answer = await scope.FindAsync(request.EditionId, Permission.UseConsole, cancellationToken);
        if (answer.Failure is { } failure)
        {
            return failure;
        }

        var found = answer.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await publisher.LockAsync(found.Edition.DocumentId, cancellationToken);
        await db.Entry(found.Edition).ReloadAsync(cancellationToken);
        if (await RefusalOfAsync(request, found, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var stage = StageOf(found.Edition.State)!.Value;
        var now = clock.GetUtcNow();
        try
        {
            AddReview(request, found, stage, now);
            if (request.Decision == ReviewDecision.Returned)
            {
                found.Edition.State = EditionState.Returned;
                found.Edition.Version++;
                await db.SaveChangesAsync(cancellationToken);
            }
            else if (await AdvanceAsync(request, found, stage, now, cancellationToken) is { } problem)
            {
                return problem;
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (IsRaceLost(exception))
        {
            return Failure.Conflict;
        }
        catch (PathTakenException taken)
        {
            return Failure.Invalid("", text["PathTaken", taken.Path]);
        }

        return new ReviewResult(
            found.Edition.Id, found.Edition.State, found.Edition.Title, found.Edition.Unpublishing);
    }

    /// <summary>The stage an edition in this state waits for.</summary>
    public static ReviewStage? StageOf(EditionState state) => state switch
    {
        EditionState.AwaitingFirstReview => ReviewStage.First,
        EditionState.AwaitingSecondReview => ReviewStage.Second,
        EditionState.AwaitingRelease => ReviewStage.Release,
        _ => null,
    };

    /// <summary>The permission a stage needs.</summary>
    public static Permission PermissionOf(ReviewStage stage) => stage switch
    {
        ReviewStage.First => Permission.FirstReview,
        ReviewStage.Second => Permission.SecondReview,
        ReviewStage.Release => Permission.Release,
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    private async Task<Failure?> RefusalOfAsync(
        ReviewEdition request, EditionInScope found, CancellationToken cancellationToken)
    {
        var (edition, actor) = (found.Edition, found.Actor);
        if (StageOf(edition.State) is not { } stage)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["NotWaiting"])]);
        }

        if (await DecidedBeforeAsync(request, found, stage, cancellationToken) is { } late)
        {
            return late;
        }

        if (!found.Can(PermissionOf(stage)))
        {
            return found.Forbidden();
        }

        if (edition.Contributors.Contains(actor.Id))
        {
            return found.Forbidden(new FieldError("", text["AuthorMayNotReview"]));
        }

        if (edition.ContentHash != request.ContentHash)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["ContentChanged"])]);
        }

        if (request.Decision == ReviewDecision.Returned)
        {
            return null;
        }

        if (stage == ReviewStage.Release && SubmissionCheck.TakenDownTooSoon(edition, clock.GetUtcNow()))
        {
            return Failure.Invalid("", text["TakeDownPassed"]);
        }

        if (stage == ReviewStage.Release
            && await disclosure.CheckAsync(edition, found.Document, cancellationToken) is { Problems.Count: > 0 } check)
        {
            return new Failure(
                FailureKind.Invalid, [.. check.Problems.Select(problem => new FieldError("Disclosure", problem.Message))]);
        }

        if (stage == ReviewStage.First && !request.SecrecyChecked)
        {
            return Failure.Invalid(nameof(request.SecrecyChecked), text["SecrecyRequired"]);
        }

        if (await db.Reviews.AnyAsync(
            review => review.EditionId == edition.Id && review.ContentHash == edition.ContentHash
                && review.PersonId == actor.Id && review.Decision == ReviewDecision.Approved,
            cancellationToken))
        {
            return found.Forbidden(new FieldError("", text["OnePersonOneStage"]));
        }

        // without a plan it neither enters the third review nor, if it waits there already, is released.
        return stage is ReviewStage.Second or ReviewStage.Release
            && await interpretation.CheckAsync(edition, found.Document, cancellationToken) is { Problem: { } problem }
            ? Failure.Invalid("Interpretation", problem)
            : null;
    }

    /// <summary>
    /// Whoever had the right to decide the stage shown, and comes after it was decided, lost a race: neither is that a
    /// refusal for the trail, nor may the decision count for the stage that is due now.
    /// </summary>
    private async Task<Failure?> DecidedBeforeAsync(
        ReviewEdition request, EditionInScope found, ReviewStage due, CancellationToken cancellationToken)
    {
        var (edition, actor) = (found.Edition, found.Actor);
        List<ReviewStage> own =
        [
            .. Enum.GetValues<ReviewStage>()
                .Where(stage => stage != due && found.Can(PermissionOf(stage))
                    && (request.Stage is { } shown ? shown == stage : !found.Can(PermissionOf(due)))),
        ];
        if (own.Count == 0 || edition.Contributors.Contains(actor.Id))
        {
            return null;
        }

        var decided = await db.Reviews.AsNoTracking()
            .Where(review => review.EditionId == edition.Id && review.ContentHash == request.ContentHash
                && own.Contains(review.Stage))
            .OrderByDescending(review => review.PersonId == actor.Id).ThenByDescending(review => review.At)
            .FirstOrDefaultAsync(cancellationToken);
        return decided is null ? null : new Failure(
            FailureKind.Conflict,
            [
                new FieldError("", decided.PersonId == actor.Id
                    ? text["DecidedByYou", names["ReviewStage." + decided.Stage].Value]
                    : text["DecidedByOther", names["ReviewStage." + decided.Stage].Value, decided.PersonName]),
            ]);
    }

    private void AddReview(ReviewEdition request, EditionInScope found, ReviewStage stage, DateTimeOffset now)
    {
        var (edition, actor) = (found.Edition, found.Actor);
        db.Reviews.Add(new Review
        {
            Id = Guid.CreateVersion7(now),
            SiteId = edition.SiteId,
            EditionId = edition.Id,
            ContentHash = edition.ContentHash,
            Stage = stage,
            Decision = request.Decision!.Value,
            PersonId = actor.Id,
            PersonName = actor.Name,
            Unit = actor.Unit,
            Opinion = FormRules.Paragraphs(request.Opinion),
            SecrecyChecked = stage == ReviewStage.First && request.SecrecyChecked,
            At = now,
        });
        var action = (request.Decision, stage) switch
        {
            (ReviewDecision.Returned, _) => "returned",
            (_, ReviewStage.First) => "first-reviewed",
            (_, ReviewStage.Second) => "second-reviewed",
            _ => "released",
        };
        db.Record(EditionDecisions.Of(
            action, edition, actor, now, FormRules.Paragraphs(request.Opinion),
            EditionDecisions.FactsOf(stage, request.Decision.Value, request.SecrecyChecked)));
    }

    private async Task<Failure?> AdvanceAsync(
        ReviewEdition request, EditionInScope found, ReviewStage stage, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var edition = found.Edition;
        if (stage != ReviewStage.Release)
        {
            edition.State = stage == ReviewStage.First
                ? EditionState.AwaitingSecondReview
                : EditionState.AwaitingRelease;
            edition.Version++;
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }

        if (await SettleScheduledAsync(request, found, now, cancellationToken) is { } question)
        {
            return question;
        }

        // The reviews must be rows before the guard looks for them.
        await db.SaveChangesAsync(cancellationToken);
        // Where the reviews took longer than the schedule allowed for, released now means now.
        if (edition.PublishAt > now)
        {
            edition.State = EditionState.Scheduled;
            edition.Version++;
            db.Record(EditionDecisions.Of(
                "scheduled", edition, found.Actor, now, null, ("publishAt", edition.PublishAt.Value.ToString("O"))));
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }

        await publisher.GoLiveAsync(edition, found.Actor.Id, cancellationToken);
        return null;
    }

    /// <summary>
    /// An urgent fix never cancels what is scheduled without being told to: where both exist, the releaser is asked.
    /// </summary>
    private async Task<Failure?> SettleScheduledAsync(
        ReviewEdition request, EditionInScope found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var edition = found.Edition;
        var scheduled = await db.Editions.SingleOrDefaultAsync(
            row => row.DocumentId == edition.DocumentId && row.Language == edition.Language
                && row.State == EditionState.Scheduled,
            cancellationToken);
        if (scheduled is null)
        {
            return null;
        }

        var bothScheduled = edition.PublishAt > now;
        if (request.Scheduled is null || (bothScheduled && request.Scheduled == ScheduledChoice.Keep))
        {
            return Failure.Invalid(
                nameof(request.Scheduled),
                text["ScheduledExists", scheduled.Number, BeijingTime.Minute(scheduled.PublishAt!.Value)]);
        }

        if (request.Scheduled == ScheduledChoice.Replace)
        {
            scheduled.State = EditionState.Discarded;
            scheduled.Version++;
            db.Record(EditionDecisions.Of("discarded", scheduled, found.Actor, now, FormRules.Paragraphs(request.Opinion)));
            await db.SaveChangesAsync(cancellationToken);
        }

        return null;
    }

    private static bool IsRaceLost(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException
        || exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
