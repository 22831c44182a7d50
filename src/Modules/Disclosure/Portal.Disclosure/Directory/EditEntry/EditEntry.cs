using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory.OverlayEntry;
using Portal.Disclosure.Proposals;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory.EditEntry;

/// <summary>
/// Proposes a change of an entry that staff entered: the public keeps what it has until the three reviews are done. One that
/// describes a document follows the document. Answers the proposal.
/// </summary>
public sealed record EditEntry : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>The entry.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>The values as typed.</summary>
    public required EntryMetadata Values { get; init; }

    /// <summary>The text itself, in paragraphs.</summary>
    public string Body { get; init; } = "";
}

/// <summary>Shows an entry to staff.</summary>
public sealed record ReadEntry(Guid Id) : IRequest<Outcome<EntryDetails>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;
}

/// <summary>An entry as staff see it.</summary>
public sealed record EntryDetails
{
    public required Guid Id { get; init; }
    public required Guid SiteId { get; init; }
    public required string Title { get; init; }
    public required string IndexNumber { get; init; }
    public required string IndexScheme { get; init; }

    /// <summary>The code in front of the number fails its check digit.</summary>
    public required bool HasDoubtfulCode { get; init; }
    public required EntryOrigin Origin { get; init; }
    public Guid? DocumentId { get; init; }
    public required EntryState State { get; init; }
    public string? Reason { get; init; }
    public required bool WithdrawnByStaff { get; init; }
    public required EntryMetadata Metadata { get; init; }
    public required IReadOnlyDictionary<string, string> CodeVersions { get; init; }
    public string Body { get; init; } = "";
    public required int Version { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required IReadOnlyList<FieldError> Problems { get; init; }

    /// <summary>What stays without effect although it is no fault.</summary>
    public IReadOnlyList<FieldError> Warnings { get; init; } = [];

    /// <summary>The change of it that is on its way through the reviews.</summary>
    public Guid? Proposal { get; init; }

    /// <summary>What the province has added.</summary>
    public EntryOverlay? Overlay { get; init; }

    /// <summary>The person may change that.</summary>
    public bool MayOverlay { get; init; }
}

internal sealed class ReadEntryHandler(
    DirectoryAccess access, MetadataValidator validator, RelationReach reach, ProposalDesk desk, ISites sites,
    TimeProvider clock)
    : IRequestHandler<ReadEntry, Outcome<EntryDetails>>
{
    public async Task<Outcome<EntryDetails>> Handle(ReadEntry request, CancellationToken cancellationToken)
    {
        var found = await access.EntryAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var entry = found.Value.Entry;
        return new EntryDetails
        {
            Id = entry.Id,
            SiteId = entry.SiteId,
            Title = entry.Title,
            IndexNumber = entry.IndexNumber,
            IndexScheme = entry.IndexScheme,
            HasDoubtfulCode = IndexScheme.HasDoubtfulCode(entry.IndexNumber),
            Origin = entry.Origin,
            DocumentId = entry.DocumentId,
            State = entry.State,
            Reason = entry.Reason,
            WithdrawnByStaff = entry.WithdrawnByStaff,
            Metadata = entry.Metadata,
            CodeVersions = entry.CodeVersions,
            Body = entry.Body ?? "",
            Version = entry.Version,
            Sequence = entry.Sequence,
            UpdatedAt = entry.UpdatedAt,
            Problems = validator.Problems(entry.Metadata, entry.CodeVersions, clock.GetUtcNow(), allotted: true),
            Warnings = await reach.WarningsAsync(found.Value.Site, entry.Metadata, cancellationToken),
            Proposal = (await desk.OpenAsync(entry.Id, cancellationToken))?.Id,
            Overlay = entry.Overlay,
            MayOverlay = OverlayEntryHandler.MayOverlay(entry, found.Value.Actor, sites),
        };
    }
}

internal sealed class EditEntryHandler(
    DirectoryAccess access, ProposalDesk desk, ProposalDraft draft, IStringLocalizer<DirectoryText> text,
    IStringLocalizer<ProposalText> proposals) : IRequestHandler<EditEntry, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(EditEntry request, CancellationToken cancellationToken)
    {
        var found = await access.EntryAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (entry, site, actor) = found.Value;
        if (entry.Origin != EntryOrigin.Direct)
        {
            return Failure.Invalid("", text["Edit.NotDirect"]);
        }

        if (entry.Version != request.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.Stale"])]);
        }

        var content = await draft.ComposeAsync(
            new ProposalContent
            {
                Kind = ProposalKind.Change,
                SiteId = site.Id,
                EntryId = entry.Id,
                BaseVersion = entry.Version,
                Values = request.Values,
                CodeVersions = [],
            },
            request.Values, request.Body, "", cancellationToken);
        if (!content.Succeeded)
        {
            return content.Failure;
        }

        return content.Value.Body == (entry.Body ?? "") && content.Value.Values.ToJson() == StatedBy(entry).ToJson()
            ? Failure.Invalid("", proposals["Submit.Unchanged"])
            : await desk.SubmitAsync(site, actor, content.Value, cancellationToken);
    }

    // What people say of an entry: all but what the platform has given it.
    private static EntryMetadata StatedBy(DirectoryEntry entry)
    {
        var stated = entry.Metadata.Copy();
        foreach (var element in MetadataProfile.Current.Elements.Where(element => element.Source == ElementSource.Allotted))
        {
            stated.Set(element.Key);
        }

        return stated;
    }
}
