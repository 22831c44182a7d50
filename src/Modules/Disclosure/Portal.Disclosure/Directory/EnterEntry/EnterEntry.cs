using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory.EnterEntry;

/// <summary>Enters information that is no document of the platform: a plan on paper, a page of another system.</summary>
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
    DisclosureDbContext db, DirectoryWriter writer, MetadataValidator validator, ICurrentActor current,
    ICurrentSite currentSite, ISites sites, ISettings settings, TimeProvider clock, IStringLocalizer<DirectoryText> text)
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

        var now = clock.GetUtcNow();
        var composed = DirectDraft.Compose(request.Values, now);
        List<FieldError> problems = [.. validator.Problems(composed.Values, composed.Versions, now, allotted: false)];
        if (DirectDraft.BodyFault(request.Body, composed.Values, text) is { } fault)
        {
            problems.Add(fault);
        }

        var number = IndexScheme.Normalise(request.IndexNumber);
        if (number.Length > 64 || number.Any(char.IsControl))
        {
            problems.Add(new FieldError(nameof(EnterEntry.IndexNumber), text["Enter.Index.Long"]));
        }

        if (problems.Count > 0)
        {
            return new Failure(FailureKind.Invalid, problems);
        }

        await settings.EnsureLoadedAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await writer.LockAsync([sites.DirectoryOf(site)], cancellationToken);
        if (number.Length > 0 && await db.Entries.AnyAsync(entry => entry.IndexNumber == number, cancellationToken))
        {
            return Failure.Invalid(nameof(EnterEntry.IndexNumber), text["Enter.Index.Taken", number]);
        }

        try
        {
            var entry = await writer.AddAsync(
                DirectDraft.Of(site, composed, request.Body, now) with { IndexNumber = number.Length > 0 ? number : null },
                actor.Id, cancellationToken);
            db.Record(Decision.By(
                actor, now, "disclosure.entry.entered", site.Id, "directory-entry", entry.Id.ToString(), entry.Title, null,
                entry.ContentHash, ("indexNumber", entry.IndexNumber), ("scheme", entry.IndexScheme)));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return entry.Id;
        }
        catch (DbUpdateException exception) when (exception.Breaks(DirectoryEntryConfiguration.OneNumber))
        {
            return Failure.Invalid(nameof(EnterEntry.IndexNumber), text["Enter.Index.Taken", number]);
        }
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
