using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Proposals;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory.EnterEntry;

/// <summary>
/// Enters information that is no document of the platform: a plan on paper, a page of another system. It goes through the
/// three reviews before the public gets it (Opinion art. 12). Answers the proposal.
/// </summary>
public sealed record EnterEntry : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>The values as typed.</summary>
    public required EntryMetadata Values { get; init; }

    /// <summary>The text itself, in paragraphs.</summary>
    public string Body { get; init; } = "";

    /// <summary>A number that it has already; empty: one is allotted.</summary>
    public string IndexNumber { get; init; } = "";
}

internal sealed class EnterEntryHandler(
    ProposalDesk desk, ProposalDraft draft, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<EnterEntry, Outcome<Guid>>
{
    public const int LongestBody = 100_000;

    public async Task<Outcome<Guid>> Handle(EnterEntry request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageDisclosure, site))
        {
            return Failure.Forbidden;
        }

        var content = await draft.ComposeAsync(
            new ProposalContent { Kind = ProposalKind.Enter, SiteId = site.Id, Values = request.Values, CodeVersions = [] },
            request.Values, request.Body, request.IndexNumber, cancellationToken);
        return content.Succeeded
            ? await desk.SubmitAsync(site, actor, content.Value, cancellationToken)
            : content.Failure;
    }
}

/// <summary>What an entry without a document is made of.</summary>
internal static class DirectDraft
{
    public static ComposedMetadata Compose(EntryMetadata typed, DateTimeOffset now)
    {
        var today = BeijingTime.Date(now);
        var values = MetadataComposer.Normalise(typed, today);
        return MetadataComposer.Compose(
            null, (values, MetadataComposer.VersionsToday(values, today)), new Dictionary<string, string>(), today);
    }

    /// <summary>There must be something to read, here or at an address, where it is for everybody to read.</summary>
    public static FieldError? BodyFault(string body, EntryMetadata values, IStringLocalizer<DirectoryText> text) =>
        body.Trim().Length == 0 && !values.Has("address") && AccessRights.Of(values) == AccessRight.Public
            ? new FieldError("Body", text["Enter.Body.Missing"])
        : body.Length > EnterEntryHandler.LongestBody ? new FieldError("Body", text["Enter.Body.Long", EnterEntryHandler.LongestBody])
        : null;

    public static EntryDraft Of(SiteInfo site, ComposedMetadata composed, string body, DateTimeOffset publishedAt) => new()
    {
        Site = site,
        Origin = EntryOrigin.Direct,
        Metadata = composed.Values,
        CodeVersions = composed.Versions,
        PublishedAt = publishedAt,
        Body = body.Trim().Length == 0 ? null : body.ReplaceLineEndings("\n").Trim(),
        State = EntryState.Listed,
    };
}
