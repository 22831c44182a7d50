using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory.OverlayEntry;

/// <summary>
/// Changes what the province adds to a docked record 省级补充: staff who answer for the whole province, with a reason.
/// </summary>
public sealed record OverlayEntry : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>The entry.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>The values as typed; none takes all away.</summary>
    public required EntryMetadata Values { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class OverlayEntryHandler(
    DisclosureDbContext db, DirectoryAccess access, DirectoryWriter writer, MetadataValidator validator, ISites sites,
    TimeProvider clock, IStringLocalizer<DirectoryText> text) : IRequestHandler<OverlayEntry, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(OverlayEntry request, CancellationToken cancellationToken)
    {
        var found = await access.EntryAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (entry, site, actor) = found.Value;
        if (!IsProvincial(entry, actor, sites))
        {
            return new Failure(FailureKind.Forbidden, []) { About = new FailureObject("directory-entry", entry.Id.ToString(), entry.Title) };
        }

        if (entry.Origin != EntryOrigin.Docked)
        {
            return Failure.Invalid("", text["Overlay.NotDocked"]);
        }

        var now = clock.GetUtcNow();
        var overlay = OverlayOf(request.Values, now);
        List<FieldError> problems = [.. validator.OverlayProblems(overlay, now)];
        if (request.Reason.Length is 0 or > EntryListing.LongestReason)
        {
            problems.Add(new FieldError(
                "OverlayReason", request.Reason.Length == 0 ? text["Reason.Missing"] : text["Reason.Long", EntryListing.LongestReason]));
        }

        if (problems.Count > 0)
        {
            return new Failure(FailureKind.Invalid, problems);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await writer.LockAsync([entry.DirectoryId], cancellationToken);
        await db.Entry(entry).ReloadAsync(cancellationToken);
        if (entry.Version != request.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.Stale"])]);
        }

        var before = entry.Overlay?.Values ?? new EntryMetadata();
        await writer.UpdateOverlayAsync(
            entry, site, overlay.Values.Values.Count == 0 ? null : overlay, actor.Id, cancellationToken);
        db.Record(Decision.By(
            actor, now, "disclosure.entry.overlaid", site.Id, "directory-entry", entry.Id.ToString(), entry.Title,
            request.Reason, entry.ContentHash,
            [
                ("indexNumber", entry.IndexNumber),
                ("from", before.ToJson()),
                ("to", overlay.Values.ToJson()),
            ]));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Value;
    }

    /// <summary>Only a docked record has another owner, and only the province adds to it.</summary>
    public static bool MayOverlay(DirectoryEntry entry, Actor actor, ISites sites) =>
        entry.Origin == EntryOrigin.Docked && IsProvincial(entry, actor, sites);

    private static bool IsProvincial(DirectoryEntry entry, Actor actor, ISites sites) =>
        sites.ById(entry.SitePath[0]) is { } province && actor.Can(Permission.ManageDisclosure, province);

    /// <summary>Values with the versions of their codes, from the lists of the day.</summary>
    public static EntryOverlay OverlayOf(EntryMetadata values, DateTimeOffset now)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in MetadataProfile.Current.Overlay.Where(element => element.Vocabulary is not null && values.Has(element.Key)))
        {
            versions[element.Key] = Classifications.Of(element.Vocabulary!).On(Portal.Shared.Ui.BeijingTime.Date(now)).Version;
        }

        return new EntryOverlay { Values = values, CodeVersions = versions };
    }
}
