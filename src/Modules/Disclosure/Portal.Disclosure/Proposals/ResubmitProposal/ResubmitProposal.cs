using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Proposals.ResubmitProposal;

/// <summary>Sends a returned proposal through its reviews again, from the first: what was agreed before does not count.</summary>
public sealed record ResubmitProposal : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>The proposal.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>The values as typed.</summary>
    public required EntryMetadata Values { get; init; }

    /// <summary>The text itself, in paragraphs.</summary>
    public string Body { get; init; } = "";

    /// <summary>A number that it has already.</summary>
    public string IndexNumber { get; init; } = "";

    /// <summary>Why a withdrawn entry is to come back.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class ResubmitProposalHandler(
    DisclosureDbContext db, ProposalDesk desk, ProposalDraft draft, DirectoryAccess access, TimeProvider clock,
    IStringLocalizer<ProposalText> text, IStringLocalizer<DirectoryText> directory)
    : IRequestHandler<ResubmitProposal, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ResubmitProposal request, CancellationToken cancellationToken)
    {
        var found = await desk.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (proposal, _, actor) = found.Value;
        if (!found.Value.Can(Permission.ManageDisclosure))
        {
            return found.Value.Forbidden();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await desk.LockAsync(proposal, cancellationToken);
        if (proposal.State != ProposalState.Returned || proposal.Version != request.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Resubmit.NotReturned"])]);
        }

        var content = proposal.Content;
        if (proposal.EntryId is { } id)
        {
            // It starts from the entry as it is now: what has happened to it in between is seen and signed anew.
            var entry = await access.EntryAsync(id, cancellationToken);
            if (!entry.Succeeded)
            {
                return entry.Failure;
            }

            content = content with { BaseVersion = entry.Value.Entry.Version };
        }

        if (proposal.Kind == ProposalKind.Relist)
        {
            var reason = TypedText.Line(request.Reason);
            if (reason.Length is 0 or > EntryListing.LongestReason)
            {
                return Failure.Invalid("Reason", reason.Length == 0 ? directory["Reason.Missing"] : directory["Reason.Long", EntryListing.LongestReason]);
            }

            content = content with { Reason = reason };
        }
        else
        {
            var composed = await draft.ComposeAsync(content, request.Values, request.Body, request.IndexNumber, cancellationToken);
            if (!composed.Succeeded)
            {
                return composed.Failure;
            }

            content = composed.Value;
        }

        var now = clock.GetUtcNow();
        proposal.Content = content;
        proposal.ContentHash = content.Hash();
        proposal.Title = ProposalDesk.TitleOf(content);
        proposal.Contributors = [.. proposal.Contributors.Append(actor.Id).Distinct()];
        (proposal.AuthorName, proposal.AuthorUnit) = (actor.Name, actor.Unit);
        proposal.State = ProposalState.AwaitingFirstReview;
        proposal.Round++;
        proposal.Version++;
        proposal.SubmittedAt = now;
        proposal.UpdatedAt = now;
        desk.Record(proposal, actor, "resubmitted", null, ("round", proposal.Round.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Value;
    }
}
