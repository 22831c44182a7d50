using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents.EditEdition;
using Portal.Publishing.Documents.ListDocuments;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents.ReadEdition;

/// <summary>Reads editions for the pages that show one or two of them.</summary>
internal sealed class EditionReader(
    PublishingDbContext db,
    EditionScope scope,
    TimeProvider clock,
    IStringLocalizer<DocumentText> text,
    IStringLocalizer<PublishingText> names)
{
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(15);

    public async Task<Outcome<EditionView>> ReadAsync(Guid editionId, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(editionId, Permission.UseConsole, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (edition, document, channel, site, actor) = found.Value;
        var mayWrite = found.Value.Can(Permission.WriteDocuments);
        var body = Publisher.BodyOf(edition);
        var files = await FilesOfAsync(edition, body, cancellationToken);
        var policies = await db.Pages.AsNoTracking()
            .Where(row => edition.Interprets.Contains(row.DocumentId) && row.Language == edition.Language)
            .ToDictionaryAsync(row => row.DocumentId, row => row.Title, cancellationToken);
        var edits = await db.EditionEdits.AsNoTracking().Where(row => row.EditionId == edition.Id)
            .OrderBy(row => row.RecordedAt).ToListAsync(cancellationToken);
        var siblings = await db.Editions.AsNoTracking()
            .Where(row => row.DocumentId == edition.DocumentId && row.Language == edition.Language && row.Id != edition.Id
                && (row.State == EditionState.Live || row.State == EditionState.Scheduled))
            .Select(row => new { row.Id, row.State, row.PublishAt })
            .ToListAsync(cancellationToken);
        var since = clock.GetUtcNow() - Recently;
        var type = DocumentTypes.Find(document.Type)!;
        return new EditionView
        {
            EditionId = edition.Id,
            DocumentId = document.Id,
            SiteName = site.Name,
            Type = type,
            Number = edition.Number,
            State = edition.State,
            Kept = Form(edition, body),
            BodyTree = edition.Body,
            Channels = await ChannelsAsync(channel, site, actor, cancellationToken),
            ChannelPath = channel.Path,
            Unpublishing = edition.Unpublishing,
            UnpublishingReason = edition.UnpublishingReason,
            MayWrite = mayWrite,
            MayEdit = mayWrite && edition.IsEditable && !type.Composed,
            MayRecall = found.Value.IsOwn && EditionStates.Awaiting.Contains(edition.State),
            UpdatedAt = edition.UpdatedAt,
            OthersHere =
            [
                .. edits.Where(row => row.PersonId != actor.Id && row.LastSavedAt > since).Select(row => row.PersonName),
            ],
            Writers = [.. edits.Select(row => row.PersonName)],
            Reviews = await ReviewsAsync(edition, cancellationToken),
            Checklist = Checklist(edition, type, channel, body, files),
            Policies = policies,
            Files = files,
            LiveId = siblings.Find(row => row.State == EditionState.Live)?.Id,
            ScheduledAt = siblings.Find(row => row.State == EditionState.Scheduled)?.PublishAt,
        };
    }

    private static EditEdition.EditEdition Form(Edition edition, RichDocument body) => new()
    {
        EditionId = edition.Id,
        Version = edition.Version,
        ChannelId = edition.ChannelId,
        Slug = edition.Slug,
        Title = edition.Title,
        Summary = edition.Summary,
        Body = PlainTextWriter.Write(body),
        BodyFormat = EditionBody.Plain,
        Source = edition.Source,
        Author = edition.Author,
        Keywords = string.Join('，', edition.Keywords),
        CoverMediaId = edition.CoverMediaId,
        Attachments = [.. edition.Attachments.Select(file => new AttachmentRow(file.MediaId, file.Name))],
        Interprets = string.Join('\n', edition.Interprets),
        Fields = edition.Fields,
        PublishAt = ChinaTime.Field(edition.PublishAt),
        TakeDownAt = ChinaTime.Field(edition.TakeDownAt),
    };

    private async Task<Dictionary<Guid, EditionFile>> FilesOfAsync(
        Edition edition, RichDocument body, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. body.MediaReferences(), .. edition.Attachments.Select(file => file.MediaId)];
        if (edition.CoverMediaId is { } cover)
        {
            ids.Add(cover);
        }

        return await db.Media.AsNoTracking().Where(item => item.SiteId == edition.SiteId && ids.Contains(item.Id))
            .ToDictionaryAsync(
                item => item.Id, item => new EditionFile(item.Name, item.MediaType, item.Size), cancellationToken);
    }

    private async Task<IReadOnlyList<ChannelChoice>> ChannelsAsync(
        Channel present, SiteInfo site, Actor actor, CancellationToken cancellationToken)
    {
        var channels = await db.Channels.AsNoTracking().Where(row => row.SiteId == site.Id)
            .ToListAsync(cancellationToken);
        return
        [
            .. channels.InTreeOrder()
                .Where(row => row.Id == present.Id
                    || (row.ClosedAt is null && actor.Can(Permission.WriteDocuments, site, row.Lineage)))
                .Select(row => new ChannelChoice(row.Id, row.Name, row.Level, row.Path)),
        ];
    }

    private async Task<IReadOnlyList<ReadDocumentHistory.ReviewLine>> ReviewsAsync(
        Edition edition, CancellationToken cancellationToken) =>
        [
            .. (await db.Reviews.AsNoTracking().Where(row => row.EditionId == edition.Id).OrderBy(row => row.At)
                .ToListAsync(cancellationToken))
                .Select(row => new ReadDocumentHistory.ReviewLine(
                    row.Stage, row.Decision, row.PersonName, row.Unit, row.Opinion, row.At,
                    row.ContentHash == edition.ContentHash)),
        ];

    private List<ChecklistItem> Checklist(
        Edition edition, DocumentType type, Channel channel, RichDocument body, Dictionary<Guid, EditionFile> files)
    {
        var missing = type.Fields
            .Where(field => field.Required && !edition.Fields.ContainsKey(field.Key)).ToList();
        var images = body.Content.Walk().OfType<Image>().ToList();
        var bare = images.Count(image => !image.Decorative && image.Alt.Length == 0);
        var tables = body.Content.Walk().OfType<Table>().Count(table => table.Caption.Length == 0);
        var empty = body.PlainText().Length == 0 && images.Count == 0 && edition.Attachments.Count == 0;
        List<ChecklistItem> items =
        [
            new(!empty, true, text[empty ? "Check.Body" : "Check.Body.Done", body.WordCount()], "Body"),
            new(
                missing.Count == 0, true,
                missing.Count == 0
                    ? text["Check.Fields.Done"]
                    : text["Check.Fields", string.Join('、', missing.Select(field => names["Field." + field.Key].Value))],
                missing.Count == 0 ? "Title" : "Fields-" + missing[0].Key),
            new(
                edition.Source.Length > 0, false,
                text[edition.Source.Length > 0 ? "Check.Source.Done" : "Check.Source"], "Source"),
            new(bare == 0, false, text[bare == 0 ? "Check.Alt.Done" : "Check.Alt", bare], "Body"),
            new(tables == 0, false, text[tables == 0 ? "Check.Tables.Done" : "Check.Tables", tables], "Body"),
        ];
        if (type.Interprets)
        {
            var none = edition.Interprets.Length == 0;
            items.Add(new(!none, false, text[none ? "Check.Interprets" : "Check.Interprets.Done"], "Interprets"));
        }

        if (channel.ClosedAt is not null)
        {
            items.Add(new(false, true, text["Check.Channel", channel.Name], "ChannelId"));
        }

        var lost = body.MediaReferences().Concat(edition.Attachments.Select(file => file.MediaId))
            .Count(id => !files.ContainsKey(id));
        if (lost > 0)
        {
            items.Add(new(false, true, text["Check.Files", lost], "Body"));
        }

        return items;
    }
}
