using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Proposals.ReviewProposal;

/// <summary>
/// A decision at the stage where a proposal stands (Opinion art. 12: 初审、审核、审发). The stage comes from the proposal,
/// never from the form; the content hash is the one that the reviewer was shown.
/// </summary>
public sealed record ReviewProposal : IRequest<Outcome<ProposalState>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>The proposal.</summary>
    public Guid Id { get; init; }

    /// <summary>The hash of what the reviewer saw.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>Approve or return.</summary>
    public ProposalDecision? Decision { get; init; }

    /// <summary>The opinion; required either way.</summary>
    public string Opinion { get; init; } = "";

    /// <summary>保密审查 done; required to approve the first review.</summary>
    public bool SecrecyChecked { get; init; }
}

internal sealed class ReviewProposalHandler(
    DisclosureDbContext db, ProposalDesk desk, ProposalRelease release, TimeProvider clock, IStringLocalizer<ProposalText> text)
    : IRequestHandler<ReviewProposal, Outcome<ProposalState>>
{
    public const int LongestOpinion = 500;

    public async Task<Outcome<ProposalState>> Handle(ReviewProposal request, CancellationToken cancellationToken)
    {
        var found = await desk.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (proposal, site, actor) = found.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await desk.LockAsync(proposal, cancellationToken);
        if (await RefusalAsync(request, found.Value, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var stage = proposal.Stage!.Value;
        var now = clock.GetUtcNow();
        var opinion = TypedText.Paragraphs(request.Opinion);
        db.ProposalReviews.Add(new ProposalReview
        {
            Id = Guid.CreateVersion7(now),
            ProposalId = proposal.Id,
            Round = proposal.Round,
            Stage = stage,
            Decision = request.Decision!.Value,
            ContentHash = proposal.ContentHash,
            PersonId = actor.Id,
            PersonName = actor.Name,
            Unit = actor.Unit,
            Opinion = opinion,
            SecrecyChecked = stage == ProposalStage.First && request.SecrecyChecked,
            At = now,
        });
        desk.Record(
            proposal, actor,
            (request.Decision, stage) switch
            {
                (ProposalDecision.Returned, _) => "returned",
                (_, ProposalStage.First) => "first-reviewed",
                (_, ProposalStage.Second) => "second-reviewed",
                _ => "released",
            },
            opinion,
            ("decision", request.Decision.Value.ToString()),
            ("secrecy", stage == ProposalStage.First && request.SecrecyChecked ? "Checked" : "Unchecked"),
            ("stage", stage.ToString()));
        try
        {
            // The review must be a row before the guard looks for it.
            await db.SaveChangesAsync(cancellationToken);
            if (request.Decision == ProposalDecision.Approved && stage == ProposalStage.Release)
            {
                var applied = await release.ApplyAsync(proposal, site, actor, cancellationToken);
                if (!applied.Succeeded)
                {
                    return applied.Failure;
                }

                proposal.EntryId = applied.Value.Id;
            }

            proposal.State = (request.Decision, stage) switch
            {
                (ProposalDecision.Returned, _) => ProposalState.Returned,
                (_, ProposalStage.First) => ProposalState.AwaitingSecondReview,
                (_, ProposalStage.Second) => ProposalState.AwaitingRelease,
                _ => ProposalState.Released,
            };
            proposal.Version++;
            proposal.UpdatedAt = now;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(DirectoryEntryConfiguration.OneNumber))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Review.NumberTaken", proposal.Content.IndexNumber])]);
        }

        return proposal.State;
    }

    private async Task<Failure?> RefusalAsync(
        ReviewProposal request, ProposalInScope found, CancellationToken cancellationToken)
    {
        var (proposal, _, actor) = found;
        if (proposal.Stage is not { } stage)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Review.NotWaiting"])]);
        }

        if (!found.Can(ProposalDesk.PermissionOf(stage)))
        {
            return found.Forbidden();
        }

        if (proposal.Contributors.Contains(actor.Id))
        {
            return found.Forbidden(new FieldError("", text["Review.Author"]));
        }

        if (proposal.ContentHash != request.ContentHash)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Review.ContentChanged"])]);
        }

        if (await db.ProposalReviews.AnyAsync(
            review => review.ProposalId == proposal.Id && review.Round == proposal.Round && review.PersonId == actor.Id,
            cancellationToken))
        {
            return found.Forbidden(new FieldError("", text["Review.OnePersonOneStage"]));
        }

        List<FieldError> errors = [];
        var opinion = TypedText.Paragraphs(request.Opinion);
        if (opinion.Length is 0 or > LongestOpinion)
        {
            errors.Add(new FieldError(
                nameof(request.Opinion), opinion.Length == 0 ? text["Review.Opinion.Missing"] : text["Review.Opinion.Long", LongestOpinion]));
        }

        if (request.Decision is not { } decision || !Enum.IsDefined(decision))
        {
            errors.Add(new FieldError(nameof(request.Decision), text["Review.Decision.Missing"]));
        }
        else if (decision == ProposalDecision.Approved && stage == ProposalStage.First && !request.SecrecyChecked)
        {
            errors.Add(new FieldError(nameof(request.SecrecyChecked), text["Review.Secrecy.Missing"]));
        }

        return errors.Count > 0 ? new Failure(FailureKind.Invalid, errors) : null;
    }
}
