using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.ReadRecord;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Proposals.ReadProposal;

/// <summary>Shows a proposal: what the public would get, what is new about it, and who has said what.</summary>
public sealed record ReadProposal(Guid Id) : IRequest<Outcome<ProposalView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>A proposal as staff see it.</summary>
public sealed record ProposalView
{
    public required Guid Id { get; init; }
    public required string SiteName { get; init; }
    public required ProposalKind Kind { get; init; }
    public required ProposalState State { get; init; }
    public required string ContentHash { get; init; }
    public required int Version { get; init; }
    public required int Round { get; init; }
    public required string AuthorName { get; init; }
    public required string AuthorUnit { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The entry, where there is one.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>The record as the public would get it.</summary>
    public required RecordView Record { get; init; }

    /// <summary>不予公开: the public would get nothing.</summary>
    public required bool IsWithheld { get; init; }

    public required string IndexNumber { get; init; }

    public required string Reason { get; init; }

    /// <summary>What would change of an entry that is there.</summary>
    public required IReadOnlyList<ProposedChange> Changes { get; init; }

    public required IReadOnlyList<FieldError> Problems { get; init; }

    public required IReadOnlyList<FieldError> Warnings { get; init; }

    public required IReadOnlyList<ProposalOpinion> Reviews { get; init; }

    /// <summary>The stage that it waits for.</summary>
    public ProposalStage? Stage { get; init; }

    /// <summary>Why this person cannot decide it now; null: the decision is theirs.</summary>
    public string? Refusal { get; init; }

    public required bool MayEdit { get; init; }
}

/// <summary>What would change.</summary>
/// <param name="Label">The element.</param>
/// <param name="Before">What the public has.</param>
/// <param name="After">What it would get.</param>
public sealed record ProposedChange(string Label, string Before, string After);

/// <summary>What a reviewer said.</summary>
public sealed record ProposalOpinion(
    int Round, ProposalStage Stage, ProposalDecision Decision, string Person, string Unit, string Opinion, bool SecrecyChecked,
    DateTimeOffset At);

internal sealed class ReadProposalHandler(
    DisclosureDbContext db, ProposalDesk desk, ProposalDraft draft, RelationReach reach, TimeProvider clock,
    IStringLocalizer<ProposalText> text, IStringLocalizer<DirectoryText> directory)
    : IRequestHandler<ReadProposal, Outcome<ProposalView>>
{
    public async Task<Outcome<ProposalView>> Handle(ReadProposal request, CancellationToken cancellationToken)
    {
        var found = await desk.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (proposal, site, actor) = found.Value;
        var content = proposal.Content;
        var entry = proposal.EntryId is { } id
            ? await db.Entries.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken) : null;
        var reviews = await db.ProposalReviews.AsNoTracking().Where(review => review.ProposalId == proposal.Id)
            .OrderBy(review => review.At).ThenBy(review => review.Id).ToListAsync(cancellationToken);
        var withheld = AccessRights.Of(content.Values) == AccessRight.Withheld;
        return new ProposalView
        {
            Id = proposal.Id,
            SiteName = site.Name,
            Kind = proposal.Kind,
            State = proposal.State,
            ContentHash = proposal.ContentHash,
            Version = proposal.Version,
            Round = proposal.Round,
            AuthorName = proposal.AuthorName,
            AuthorUnit = proposal.AuthorUnit,
            SubmittedAt = proposal.SubmittedAt,
            EntryId = proposal.EntryId,
            Record = new RecordView
            {
                Id = entry?.Id ?? proposal.Id,
                SiteId = site.Id,
                OrganisationName = site.OrganisationName,
                IndexNumber = entry?.IndexNumber ?? content.IndexNumber,
                Title = proposal.Title,
                Metadata = content.Values,
                CodeVersions = content.CodeVersions,
                PublishedAt = entry?.PublishedAt ?? clock.GetUtcNow(),
                UpdatedAt = proposal.SubmittedAt,
                State = EntryState.Listed,
                Body = content.Body,
                Related = [],
            },
            IsWithheld = withheld,
            IndexNumber = content.IndexNumber,
            Reason = content.Reason,
            Changes = proposal is { Kind: ProposalKind.Change, IsOpen: true } && entry is not null ? ChangesOf(entry, content) : [],
            Problems = proposal.IsOpen ? await draft.ProblemsAsync(content, cancellationToken) : [],
            Warnings =
            [
                .. proposal.IsOpen ? await draft.LikeAsync(content, proposal.EntryId, cancellationToken) : [],
                .. await reach.WarningsAsync(site, content.Values, cancellationToken),
            ],
            Reviews =
            [
                .. reviews.Select(review => new ProposalOpinion(
                    review.Round, review.Stage, review.Decision, review.PersonName, review.Unit, review.Opinion, review.SecrecyChecked,
                    review.At)),
            ],
            Stage = proposal.Stage,
            Refusal = RefusalOf(found.Value, reviews),
            MayEdit = actor.Can(Permission.ManageDisclosure, site),
        };
    }

    private string? RefusalOf(ProposalInScope found, List<ProposalReview> reviews) =>
        found.Proposal.Stage is not { } stage ? text["Review.NotWaiting"].Value
        : !found.Can(ProposalDesk.PermissionOf(stage)) ? text["Review.Others", text["Stage." + stage].Value].Value
        : found.Proposal.Contributors.Contains(found.Actor.Id) ? text["Review.Author"].Value
        : reviews.Exists(review => review.Round == found.Proposal.Round && review.PersonId == found.Actor.Id)
            ? text["Review.OnePersonOneStage"].Value
        : null;

    private List<ProposedChange> ChangesOf(DirectoryEntry entry, ProposalContent content)
    {
        List<ProposedChange> changes = [];
        foreach (var element in MetadataProfile.Current.Elements.Where(element => element.Source != ElementSource.Allotted))
        {
            var before = MetadataValues.Text(
                element, entry.Metadata.All(element.Key), entry.CodeVersions.GetValueOrDefault(element.Key), directory);
            var after = MetadataValues.Text(
                element, content.Values.All(element.Key), content.CodeVersions.GetValueOrDefault(element.Key), directory);
            if (before != after)
            {
                changes.Add(new ProposedChange(directory.Label(element.Key), before, after));
            }
        }

        if ((entry.Body ?? "") != content.Body)
        {
            changes.Add(new ProposedChange(directory["Enter.Body"], entry.Body ?? "", content.Body));
        }

        return changes;
    }
}
