using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory.ConfirmMetadata;

/// <summary>
/// Keeps what staff say of a document, or confirms the whole for its present facts. Only what is confirmed is public: the
/// entry, where there is one already, changes with a confirmation and with nothing less.
/// </summary>
public sealed record ConfirmMetadata : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>The document.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>The values as typed.</summary>
    public required EntryMetadata Values { get; init; }

    /// <summary>Confirm, or only keep what there is so far.</summary>
    public bool Confirm { get; init; }

    /// <summary>The version of the kept values that the person worked from; 0: there were none.</summary>
    public int Version { get; init; }

    /// <summary>Hash of the facts that the person was shown.</summary>
    public string FactsHash { get; init; } = "";
}

/// <summary>Shows a document's metadata for confirmation.</summary>
public sealed record ReadMetadata(Guid DocumentId) : IRequest<Outcome<MetadataView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;
}

/// <summary>A document's metadata: what its facts say, and what is left to staff.</summary>
public sealed record MetadataView
{
    public required Guid DocumentId { get; init; }
    public required Guid EditionId { get; init; }
    public required string Title { get; init; }
    public required string SiteName { get; init; }

    /// <summary>Facts and staff's words together.</summary>
    public required EntryMetadata Values { get; init; }
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Elements that the facts fill; staff change them in the document.</summary>
    public required IReadOnlyList<MetadataElement> Facts { get; init; }

    /// <summary>Elements that staff fill.</summary>
    public required IReadOnlyList<MetadataElement> Fields { get; init; }
    public required IReadOnlyList<FieldError> Problems { get; init; }

    /// <summary>What stays without effect although it is no fault.</summary>
    public required IReadOnlyList<FieldError> Warnings { get; init; }
    public required string FactsHash { get; init; }
    public required int Version { get; init; }
    public string? ConfirmedBy { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>What was confirmed is what the document says now.</summary>
    public required bool IsConfirmed { get; init; }
    public Guid? EntryId { get; init; }
}

internal sealed class ReadMetadataHandler(
    DisclosureDbContext db, DirectoryAccess access, MetadataValidator validator, RelationReach reach, TimeProvider clock,
    IStringLocalizer<DirectoryText> text)
    : IRequestHandler<ReadMetadata, Outcome<MetadataView>>
{
    public async Task<Outcome<MetadataView>> Handle(ReadMetadata request, CancellationToken cancellationToken)
    {
        var found = await access.DocumentAsync(request.DocumentId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (document, site, _) = found.Value;
        var staff = await db.DocumentMetadata.AsNoTracking()
            .SingleOrDefaultAsync(row => row.DocumentId == document.Id, cancellationToken);
        var entry = await db.Entries.AsNoTracking().Where(row => row.DocumentId == document.Id)
            .Select(row => new { row.Id, row.CodeVersions }).SingleOrDefaultAsync(cancellationToken);
        var facts = EditedFacts.Of(document, site);
        var now = clock.GetUtcNow();
        var composed = MetadataComposer.Compose(
            facts, staff is null ? null : (staff.Values, staff.CodeVersions), entry?.CodeVersions ?? [], BeijingTime.Date(now));
        var told = facts.ToMetadata(composed.Versions);
        var elements = MetadataProfile.Current.Elements.Where(element => element.Source != ElementSource.Allotted).ToList();
        return new MetadataView
        {
            DocumentId = document.Id,
            EditionId = document.EditionId,
            Title = document.Title,
            SiteName = site.Name,
            Values = composed.Values,
            Versions = composed.Versions,
            Facts = [.. elements.Where(element => element.Source is ElementSource.Facts or ElementSource.Stated && told.Has(element.Key))],
            Fields = [.. elements.Where(element => element.Source == ElementSource.Staff
                || (element.Source == ElementSource.Facts && !told.Has(element.Key)))],
            Problems =
            [
                .. validator.Problems(composed.Values, composed.Versions, now, allotted: false),
                .. AccessRights.Of(composed.Values) == AccessRight.Public
                    ? Array.Empty<FieldError>() : [new FieldError(AccessRights.Element, text["Confirm.Openness"])],
            ],
            Warnings = await reach.WarningsAsync(site, composed.Values, cancellationToken),
            FactsHash = facts.Hash(),
            Version = staff?.Version ?? 0,
            ConfirmedBy = staff?.ConfirmedByName,
            ConfirmedAt = staff?.ConfirmedAt,
            IsConfirmed = staff?.ConfirmedAt is not null && staff.FactsHash == facts.Hash(),
            EntryId = entry?.Id,
        };
    }
}

internal sealed class ConfirmMetadataHandler(
    DisclosureDbContext db, DirectoryAccess access, DocumentEntries entries, MetadataValidator validator,
    TimeProvider clock, IStringLocalizer<DirectoryText> text) : IRequestHandler<ConfirmMetadata, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ConfirmMetadata request, CancellationToken cancellationToken)
    {
        var found = await access.DocumentAsync(request.DocumentId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (document, site, actor) = found.Value;
        var now = clock.GetUtcNow();
        var facts = EditedFacts.Of(document, site);
        if (request.FactsHash != facts.Hash())
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.FactsChanged"])]);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var staff = await db.DocumentMetadata.SingleOrDefaultAsync(row => row.DocumentId == document.Id, cancellationToken);
        if ((staff?.Version ?? 0) != request.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.Stale"])]);
        }

        var today = BeijingTime.Date(now);
        var values = MetadataComposer.Normalise(request.Values, today);
        var versions = MetadataComposer.VersionsToday(values, today);
        var composed = MetadataComposer.Compose(facts, (values, versions), new Dictionary<string, string>(), today);
        List<FieldError> problems = [.. validator.Problems(composed.Values, composed.Versions, now, allotted: false)];
        if (AccessRights.Of(composed.Values) != AccessRight.Public)
        {
            problems.Add(new FieldError(AccessRights.Element, text["Confirm.Openness"]));
        }

        // What is left open may be kept; what is wrong may not.
        List<FieldError> standing =
            request.Confirm ? problems
            : [.. problems.Where(problem => problem.Field != AccessRights.Element && composed.Values.Has(problem.Field))];
        if (standing.Count > 0)
        {
            return new Failure(FailureKind.Invalid, standing);
        }

        if (staff is null)
        {
            staff = new DocumentMetadata { DocumentId = document.Id, SiteId = site.Id, Values = values };
            db.DocumentMetadata.Add(staff);
        }
        else
        {
            staff.Version++;
        }

        staff.Values = values;
        staff.CodeVersions = versions;
        staff.UpdatedBy = actor.Id;
        staff.UpdatedAt = now;
        (staff.FactsHash, staff.ConfirmedBy, staff.ConfirmedByName, staff.ConfirmedAt) = request.Confirm
            ? (facts.Hash(), actor.Id, actor.Name, now)
            : ((string?)null, (Guid?)null, (string?)null, (DateTimeOffset?)null);
        if (request.Confirm)
        {
            (staff.ConfirmedValues, staff.ConfirmedVersions) = (values, versions);
        }

        db.Record(Decision.By(
            actor, now, request.Confirm ? "disclosure.metadata.confirmed" : "disclosure.metadata.edited", site.Id,
            "document", document.Id.ToString(), document.Title, null, document.ContentHash,
            ("edition", document.EditionId.ToString())));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            if (request.Confirm)
            {
                await entries.RenewAsync([(document.Id, site.Id)], actor.Id, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.Stale"])]);
        }

        return Done.Value;
    }
}

/// <summary>The facts of a document on its way.</summary>
internal static class EditedFacts
{
    public static DocumentFacts Of(Portal.Publishing.Contracts.EditedDocument document, Portal.Shared.Sites.SiteInfo site) => new()
    {
        Type = document.Type,
        Title = document.Title,
        Summary = document.Summary,
        Fields = document.Fields,
        Keywords = document.Keywords,
        Source = document.Source,
        OrganisationName = site.OrganisationName,
    };
}
