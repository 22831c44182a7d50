using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;

namespace Portal.Disclosure.Proposals;

/// <summary>A proposal that the actor may see.</summary>
internal sealed record ProposalInScope(EntryProposal Proposal, SiteInfo Site, Actor Actor)
{
    public bool Can(Permission permission) => Actor.Can(permission, Site);

    public Failure Forbidden(params IReadOnlyList<FieldError> errors) =>
        new(FailureKind.Forbidden, errors) { About = ProposalDesk.About(Proposal) };
}

/// <summary>
/// Finds proposals for the actor of this request, and takes new ones. Those who keep the directory of the site and those who
/// review for it see them; for everybody else of the site they are closed, and for strangers they do not exist.
/// </summary>
internal sealed class ProposalDesk(
    DisclosureDbContext db, ISites sites, ICurrentActor current, TimeProvider clock, IStringLocalizer<ProposalText> text)
{
    private static readonly Permission[] Readers =
    [
        Permission.ManageDisclosure, Permission.FirstReview, Permission.SecondReview, Permission.Release, Permission.ReadTrail,
    ];

    public static FailureObject About(EntryProposal proposal) => new("entry-proposal", proposal.Id.ToString(), proposal.Title);

    /// <summary>The permission that a stage needs.</summary>
    public static Permission PermissionOf(ProposalStage stage) => stage switch
    {
        ProposalStage.First => Permission.FirstReview,
        ProposalStage.Second => Permission.SecondReview,
        _ => Permission.Release,
    };

    public static bool MayRead(Actor actor, SiteInfo site) => Readers.Any(permission => actor.Can(permission, site));

    public async Task<Outcome<ProposalInScope>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var proposal = await db.EntryProposals.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (proposal is null || current.Actor is not { } actor || sites.ById(proposal.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var found = new ProposalInScope(proposal, site, actor);
        return !actor.Knows(site) ? Failure.OutOfScope with { About = About(proposal) }
            : MayRead(actor, site) ? found
            : found.Forbidden();
    }

    /// <summary>Holds a proposal until the transaction ends and reads it as it is now.</summary>
    public async Task LockAsync(EntryProposal proposal, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"select 1 from disclosure.entry_proposals where id = {proposal.Id} for update", cancellationToken);
        await db.Entry(proposal).ReloadAsync(cancellationToken);
    }

    /// <summary>The proposal that is on its way for an entry.</summary>
    public Task<EntryProposal?> OpenAsync(Guid entryId, CancellationToken cancellationToken) =>
        db.EntryProposals.AsNoTracking().SingleOrDefaultAsync(
            row => row.EntryId == entryId && row.State != ProposalState.Released && row.State != ProposalState.Dropped,
            cancellationToken);

    /// <summary>Takes a proposal: it waits for its first review.</summary>
    public async Task<Outcome<Guid>> SubmitAsync(
        SiteInfo site, Actor actor, ProposalContent content, CancellationToken cancellationToken)
    {
        if (content.EntryId is { } entry && await OpenAsync(entry, cancellationToken) is not null)
        {
            return UnderWay();
        }

        var now = clock.GetUtcNow();
        var proposal = new EntryProposal
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            Kind = content.Kind,
            EntryId = content.EntryId,
            Title = TitleOf(content),
            Content = content,
            ContentHash = content.Hash(),
            Contributors = [actor.Id],
            AuthorName = actor.Name,
            AuthorUnit = actor.Unit,
            CreatedAt = now,
            SubmittedAt = now,
            UpdatedAt = now,
        };
        db.EntryProposals.Add(proposal);
        Record(proposal, actor, "submitted", null);
        return await db.TrySaveAsync(
            cancellationToken, exception => exception.Breaks(EntryProposalConfiguration.OneAtATime) ? UnderWay() : null) is { } failure
            ? failure
            : proposal.Id;
    }

    public void Record(
        EntryProposal proposal, Actor actor, string act, string? opinion, params ReadOnlySpan<(string Key, string Value)> facts) =>
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "disclosure.proposal." + act, proposal.SiteId, "entry-proposal", proposal.Id.ToString(),
            proposal.Title, opinion, proposal.ContentHash, facts));

    public static string TitleOf(ProposalContent content) => (content.Values.One("title") ?? "").CutTo(200);

    private Failure UnderWay() => new(FailureKind.Conflict, [new FieldError("", text["Submit.UnderWay"])]);
}
