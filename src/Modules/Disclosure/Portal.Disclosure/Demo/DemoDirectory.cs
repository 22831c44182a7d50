using System.Globalization;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.EnterEntry;
using Portal.Disclosure.Directory.RebuildDirectory;
using Portal.Disclosure.Proposals;
using Portal.Host.Contracts;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Demo;

/// <summary>
/// The demo's directory: what staff confirmed for its published policies, the entries of all of them, and entries that
/// are no documents.
/// </summary>
internal sealed class DemoDirectory(
    DisclosureDbContext db, RebuildDirectory rebuild, DirectoryWriter writer, ISender sender, ISites sites,
    ISettings settings, TimeProvider clock, IStringLocalizer<ProposalText> text) : IDemoSeed
{
    private const string File = "directory.json";
    private const string Origin = "demo:";
    private const int Most = 1_000;

    public int Order => 120;

    public async Task SeedAsync(Portal.Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        await settings.EnsureLoadedAsync(cancellationToken);
        await using var file = System.IO.File.OpenRead(Path.Combine(demo.Folder, File));
        var planned = (await JsonSerializer.DeserializeAsync<DemoRecords>(file, MessageJson.Options, cancellationToken))!;
        var person = (await sender.Send(new FindStaff([planned.ConfirmedBy]), cancellationToken)).Single();
        await ConfirmAsync(planned, person, cancellationToken);
        var (_, changed) = await rebuild.RunAsync(new Progress<long>(), cancellationToken);
        var reviewers = await sender.Send(new FindStaff(planned.ReviewedBy), cancellationToken);
        List<StaffSummary> inOrder = [.. planned.ReviewedBy.Select(name => reviewers.Single(one => one.UserName == name))];
        var author = (await sender.Send(new FindStaff([planned.EnteredBy]), cancellationToken)).Single();
        var entered = await EnterAsync(planned, author, inOrder, cancellationToken);
        demo.Report($"Disclosure: {changed} directory entries of documents, {entered} others");
    }

    private async Task ConfirmAsync(DemoRecords planned, StaffSummary person, CancellationToken cancellationToken)
    {
        var ids = await sender.Send(new ListPublishedDocuments(["policy"], Guid.Empty, Most), cancellationToken);
        var published = await sender.Send(new GetPublishedDocuments(ids), cancellationToken);
        var known = await db.DocumentMetadata.Select(row => row.DocumentId).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var document in published.Where(document => !known.Contains(document.Id)))
        {
            var key = document.Path[(document.Path.LastIndexOf('/') + 1)..];
            if (sites.ById(document.SiteId) is not { } site || !planned.Documents.TryGetValue(key, out var words))
            {
                continue;
            }

            var confirmedAt = document.PublishedAt.AddHours(-2);
            var values = MetadataComposer.Normalise(words, BeijingTime.Date(now));
            db.DocumentMetadata.Add(new DocumentMetadata
            {
                DocumentId = document.Id,
                SiteId = site.Id,
                Values = values,
                CodeVersions = MetadataComposer.VersionsToday(values, BeijingTime.Date(now)),
                ConfirmedValues = values,
                ConfirmedVersions = MetadataComposer.VersionsToday(values, BeijingTime.Date(now)),
                FactsHash = DocumentFacts.Of(document, site.OrganisationName).Hash(),
                ConfirmedBy = person.Id,
                ConfirmedByName = person.Name,
                ConfirmedAt = confirmedAt,
                UpdatedBy = person.Id,
                UpdatedAt = confirmedAt,
            });
            db.Record(Decision.By(
                ActorOf(person), confirmedAt, "disclosure.metadata.confirmed", site.Id, "document", document.Id.ToString(),
                document.Title, null, document.ContentHash, ("edition", document.EditionId.ToString())));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> EnterAsync(
        DemoRecords planned, StaffSummary person, IReadOnlyList<StaffSummary> reviewers, CancellationToken cancellationToken)
    {
        var known = await db.Entries.Where(entry => entry.SourceKey != null && entry.SourceKey.StartsWith(Origin))
            .Select(entry => entry.SourceKey!).ToListAsync(cancellationToken);
        var entered = 0;
        foreach (var entry in planned.Entries.Where(entry => !known.Contains(Origin + entry.Key)).OrderBy(entry => entry.PublishedAt))
        {
            if (sites.ByKey(entry.Site) is not { } site)
            {
                continue;
            }

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await writer.LockAsync([sites.DirectoryOf(site)], cancellationToken);
            var composed = DirectDraft.Compose(entry.Metadata, entry.PublishedAt);
            var draft = DirectDraft.Of(site, composed, entry.Body, entry.PublishedAt) with { SourceKey = Origin + entry.Key };
            var made = await writer.AddAsync(draft, person.Id, cancellationToken);
            await ReviewAsync(
                ProposalKind.Enter, composed, entry.Body, site, made, person, reviewers, entry.PublishedAt, cancellationToken);
            foreach (var change in entry.Changes ?? [])
            {
                made = await ChangeAsync(entry, made.Id, site, change, person, reviewers, cancellationToken);
            }

            if (entry.Withdrawn is { } reason)
            {
                made.WithdrawnByStaff = true;
                await writer.UpdateAsync(made, draft with { State = EntryState.Withdrawn, Reason = reason }, person.Id, cancellationToken);
                db.Record(Decision.By(
                    ActorOf(person), clock.GetUtcNow(), "disclosure.entry.withdrawn", site.Id, "directory-entry",
                    made.Id.ToString(), made.Title, reason, made.ContentHash, ("indexNumber", made.IndexNumber)));
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            entered++;
        }

        return entered;
    }

    // The information changed some days ago, and its entry was brought up to date now.
    private async Task<DirectoryEntry> ChangeAsync(
        DemoEntry entry, Guid id, SiteInfo site, DemoChange change, StaffSummary person, IReadOnlyList<StaffSummary> reviewers,
        CancellationToken cancellationToken)
    {
        // The lists of the first version go by a statement; what is tracked of them goes with it.
        db.ChangeTracker.Clear();
        var made = await db.Entries.SingleAsync(row => row.Id == id, cancellationToken);
        var now = clock.GetUtcNow();
        var metadata = entry.Metadata.Copy().Set(
            "changedOn", BeijingTime.Date(now).AddDays(-change.DaysBefore).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var composed = DirectDraft.Compose(metadata, now);
        await writer.UpdateAsync(
            made, DirectDraft.Of(site, composed, change.Body, entry.PublishedAt), person.Id, cancellationToken);
        await ReviewAsync(ProposalKind.Change, composed, change.Body, site, made, person, reviewers, now, cancellationToken);
        return made;
    }

    // The three reviews that the entry has behind it, an hour from one to the next.
    private async Task ReviewAsync(
        ProposalKind kind, ComposedMetadata composed, string body, SiteInfo site, DirectoryEntry made, StaffSummary person,
        IReadOnlyList<StaffSummary> reviewers, DateTimeOffset releasedAt, CancellationToken cancellationToken)
    {
        var content = new ProposalContent
        {
            Kind = kind,
            SiteId = site.Id,
            EntryId = kind == ProposalKind.Enter ? null : made.Id,
            BaseVersion = kind == ProposalKind.Enter ? 0 : made.Version - 1,
            Values = composed.Values,
            CodeVersions = composed.Versions,
            Body = body,
        };
        var submitted = releasedAt.AddHours(-reviewers.Count);
        var proposal = new EntryProposal
        {
            Id = Guid.CreateVersion7(submitted),
            SiteId = site.Id,
            Kind = kind,
            Title = made.Title,
            Content = content,
            ContentHash = content.Hash(),
            Contributors = [person.Id],
            AuthorName = person.Name,
            AuthorUnit = person.Unit,
            CreatedAt = submitted,
            SubmittedAt = submitted,
            UpdatedAt = releasedAt,
        };
        db.EntryProposals.Add(proposal);
        Tell(person, submitted, "submitted", null);
        await db.SaveChangesAsync(cancellationToken);
        string[] acts = ["first-reviewed", "second-reviewed", "released"];
        foreach (var (stage, reviewer) in Enum.GetValues<ProposalStage>().Zip(reviewers))
        {
            var at = submitted.AddHours((int)stage + 1);
            db.ProposalReviews.Add(new ProposalReview
            {
                Id = Guid.CreateVersion7(at),
                ProposalId = proposal.Id,
                Round = 1,
                Stage = stage,
                Decision = ProposalDecision.Approved,
                ContentHash = proposal.ContentHash,
                PersonId = reviewer.Id,
                PersonName = reviewer.Name,
                Unit = reviewer.Unit,
                Opinion = text["Demo.Opinion"],
                SecrecyChecked = stage == ProposalStage.First,
                At = at,
            });
            Tell(reviewer, at, acts[(int)stage], text["Demo.Opinion"]);
            // One by one: the database refuses a review before the one it follows.
            await db.SaveChangesAsync(cancellationToken);
        }

        proposal.EntryId = made.Id;
        proposal.State = ProposalState.Released;
        db.Record(Decision.By(
            ActorOf(reviewers[^1]), releasedAt, "disclosure.entry." + (kind == ProposalKind.Enter ? "entered" : "edited"), site.Id,
            "directory-entry", made.Id.ToString(), made.Title, null, made.ContentHash, ("indexNumber", made.IndexNumber),
            ("proposal", proposal.Id.ToString())));
        await db.SaveChangesAsync(cancellationToken);

        void Tell(StaffSummary who, DateTimeOffset at, string act, string? opinion) =>
            db.Record(Decision.By(
                ActorOf(who), at, "disclosure.proposal." + act, site.Id, "entry-proposal", proposal.Id.ToString(), proposal.Title,
                opinion, proposal.ContentHash));
    }

    private static Actor ActorOf(StaffSummary person) => new(person.Id, person.Name, person.Unit, []);

    private sealed record DemoRecords(
        string ConfirmedBy, string EnteredBy, IReadOnlyList<string> ReviewedBy, IReadOnlyDictionary<string, EntryMetadata> Documents, IReadOnlyList<DemoEntry> Entries);

    private sealed record DemoEntry(
        string Key, string Site, DateTimeOffset PublishedAt, EntryMetadata Metadata, string Body, string? Withdrawn = null,
        IReadOnlyList<DemoChange>? Changes = null);

    private sealed record DemoChange(int DaysBefore, string Body);
}
