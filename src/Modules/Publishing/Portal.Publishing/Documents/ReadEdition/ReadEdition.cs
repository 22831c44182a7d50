using MediatR;
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

/// <summary>An edition with everything its editing page shows.</summary>
public sealed record ReadEdition(Guid EditionId) : IRequest<Outcome<EditionView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>An edition as its editing page shows it.</summary>
public sealed record EditionView
{
    /// <summary>The edition.</summary>
    public required Guid EditionId { get; init; }

    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The site's name.</summary>
    public required string SiteName { get; init; }

    /// <summary>Its type.</summary>
    public required DocumentType Type { get; init; }

    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required EditionState State { get; init; }

    /// <summary>The kept values in the form's shape.</summary>
    public required EditEdition.EditEdition Kept { get; init; }

    /// <summary>The body as a tree, for the editor.</summary>
    public required string BodyTree { get; init; }

    /// <summary>Channels the reader may write in, and the present one.</summary>
    public required IReadOnlyList<ChannelChoice> Channels { get; init; }

    /// <summary>The channel's path.</summary>
    public required string ChannelPath { get; init; }

    /// <summary>What it takes away, if it does.</summary>
    public UnpublishingKind? Unpublishing { get; init; }

    /// <summary>Why.</summary>
    public string? UnpublishingReason { get; init; }

    /// <summary>The reader may change it now.</summary>
    public required bool MayEdit { get; init; }

    /// <summary>The reader may take it back from review.</summary>
    public required bool MayRecall { get; init; }

    /// <summary>Who saved last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Others who saved within the last quarter of an hour.</summary>
    public required IReadOnlyList<string> OthersHere { get; init; }

    /// <summary>Everybody who wrote in it.</summary>
    public required IReadOnlyList<string> Writers { get; init; }

    /// <summary>Reviews so far, oldest first.</summary>
    public required IReadOnlyList<ReadDocumentHistory.ReviewLine> Reviews { get; init; }

    /// <summary>What is still to be done before it can be submitted, and what is worth a look.</summary>
    public required IReadOnlyList<ChecklistItem> Checklist { get; init; }

    /// <summary>Titles of the policies it interprets, by id.</summary>
    public required IReadOnlyDictionary<Guid, string> Policies { get; init; }

    /// <summary>Files in use: name and kind by id.</summary>
    public required IReadOnlyDictionary<Guid, FileFacts> Files { get; init; }

    /// <summary>The live edition, to compare with.</summary>
    public Guid? LiveId { get; init; }

    /// <summary>An edition that waits for its time beside this one.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }
}

/// <summary>What a page says about a file.</summary>
public sealed record FileFacts(string Name, string MediaType, long Size);

/// <summary>A point of the checklist.</summary>
/// <param name="Done">Nothing to do.</param>
/// <param name="Required">Without it, submission is refused.</param>
/// <param name="Text">What it says.</param>
/// <param name="Anchor">Id of the place in the form.</param>
public sealed record ChecklistItem(bool Done, bool Required, string Text, string Anchor);

internal sealed class ReadEditionHandler(
    PublishingDbContext db,
    EditionScope scope,
    TimeProvider clock,
    IStringLocalizer<DocumentText> text,
    IStringLocalizer<PublishingText> names) : IRequestHandler<ReadEdition, Outcome<EditionView>>
{
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(15);

    public async Task<Outcome<EditionView>> Handle(ReadEdition request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.UseConsole, cancellationToken);
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
            MayEdit = mayWrite && edition.IsEditable,
            MayRecall = mayWrite && edition.Contributors.Contains(actor.Id) && EditionStates.Awaiting.Contains(edition.State),
            UpdatedAt = edition.UpdatedAt,
            OthersHere = [.. edits.Where(row => row.PersonId != actor.Id && row.LastSavedAt > since).Select(row => row.PersonName)],
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

    private async Task<Dictionary<Guid, FileFacts>> FilesOfAsync(
        Edition edition, RichDocument body, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. body.MediaReferences(), .. edition.Attachments.Select(file => file.MediaId)];
        if (edition.CoverMediaId is { } cover)
        {
            ids.Add(cover);
        }

        return await db.Media.AsNoTracking().Where(item => item.SiteId == edition.SiteId && ids.Contains(item.Id))
            .ToDictionaryAsync(
                item => item.Id, item => new FileFacts(item.Name, item.MediaType, item.Size), cancellationToken);
    }

    private async Task<IReadOnlyList<ChannelChoice>> ChannelsAsync(
        Channel present, SiteInfo site, Actor actor, CancellationToken cancellationToken)
    {
        var channels = await db.Channels.AsNoTracking().Where(row => row.SiteId == site.Id).ToListAsync(cancellationToken);
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
        Edition edition, DocumentType type, Channel channel, RichDocument body, Dictionary<Guid, FileFacts> files)
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
            new(edition.Source.Length > 0, false, text[edition.Source.Length > 0 ? "Check.Source.Done" : "Check.Source"], "Source"),
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
