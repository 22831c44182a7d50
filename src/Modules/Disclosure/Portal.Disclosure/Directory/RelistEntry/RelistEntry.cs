using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Proposals;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Directory.RelistEntry;

/// <summary>
/// Proposes that a withdrawn entry comes back into the lists: it does when the three reviews are done. Answers the proposal.
/// </summary>
public sealed record RelistEntry : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>The entry.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class RelistEntryHandler(DirectoryAccess access, ProposalDesk desk, IStringLocalizer<DirectoryText> text)
    : IRequestHandler<RelistEntry, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(RelistEntry request, CancellationToken cancellationToken)
    {
        var found = await access.EntryAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (entry, site, actor) = found.Value;
        if (EntryListing.ReasonFault(request.Reason, text) is { } fault)
        {
            return fault;
        }

        // What the document's own withdrawal took out comes back with the document alone.
        if (entry.Version != request.Version || entry.State != EntryState.Withdrawn
            || (entry.Origin == EntryOrigin.Document && !entry.WithdrawnByStaff))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.Stale"])]);
        }

        return await desk.SubmitAsync(
            site, actor,
            new ProposalContent
            {
                Kind = ProposalKind.Relist,
                SiteId = site.Id,
                EntryId = entry.Id,
                BaseVersion = entry.Version,
                Values = entry.Metadata,
                CodeVersions = entry.CodeVersions,
                Body = entry.Body ?? "",
                Reason = request.Reason,
            },
            cancellationToken);
    }
}
