using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Channels;
using Portal.Publishing.Contracts;
using Portal.Publishing.Media;
using Portal.Publishing.Reviews;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Blobs;
using Portal.Shared.Data;
using Portal.Shared.Decisions;

namespace Portal.Publishing.Documents.ComposeDocument;

/// <summary>Makes the edition and submits it; from there the three reviews go on as for any other.</summary>
internal sealed class ComposeDocumentHandler(
    PublishingDbContext db, SubmissionCheck check, IBlobStore blobs, IStringLocalizer<DocumentText> text)
    : IRequestHandler<Contracts.ComposeDocument, ComposedEdition>
{
    private const string Language = "zh-CN";

    public async Task<ComposedEdition> Handle(Contracts.ComposeDocument request, CancellationToken cancellationToken)
    {
        if (DocumentTypes.Find(request.Type) is not { Composed: true })
        {
            return Refuse(text["Type.Required"]);
        }

        var channel = await db.Channels.SingleOrDefaultAsync(
            row => row.Id == request.ChannelId && row.SiteId == request.SiteId, cancellationToken);
        if (channel is null)
        {
            return Refuse(text["Channel.Required"]);
        }

        var editions = await db.Editions
            .Where(row => row.DocumentId == request.DocumentId && row.Language == Language)
            .OrderByDescending(row => row.Number).ToListAsync(cancellationToken);
        if (editions.Find(row => IsOf(row, request) && row.State != EditionState.Discarded) is { IsEditable: false } same)
        {
            return new ComposedEdition(same.Id, []);
        }

        var working = editions.Find(row => row.IsWorking);
        if (working is { IsEditable: false } or { Unpublishing: not null } || editions.Exists(row => row.State == EditionState.Scheduled))
        {
            return Refuse(text["Composed.OnItsWay"]);
        }

        if (BodyOf(request) is not { } body)
        {
            return Refuse(text["Body.TooLarge"]);
        }

        return await SubmitAsync(request, channel, editions, working, body, cancellationToken);
    }

    private async Task<ComposedEdition> SubmitAsync(
        Contracts.ComposeDocument request, Channel channel, List<Edition> editions, Edition? working, RichDocument body,
        CancellationToken cancellationToken)
    {
        var actor = new Actor(request.PersonId, request.PersonName, request.PersonUnit, []);
        var document = await db.Documents.FindAsync([request.DocumentId], cancellationToken) ?? Start(request);
        var edition = working ?? Draft(request, channel, editions);
        edition.ChannelId = channel.Id;
        edition.Slug = request.Slug;
        edition.Title = FormRules.Clean(request.Title);
        edition.Summary = FormRules.Clean(request.Summary);
        edition.Body = body.ToJson();
        edition.Source = FormRules.Clean(request.Source);
        edition.Fields = new(StringComparer.Ordinal) { [DocumentTypes.Composition] = request.CompositionId.ToString() };
        edition.Attachments = await AttachAsync(request, actor, cancellationToken);
        edition.Edited(actor.Id, request.At);
        var errors = await check.ProblemsAsync(edition, document, channel, request.At, cancellationToken);
        if (errors.Count > 0)
        {
            db.ChangeTracker.Clear();
            return new ComposedEdition(null, [.. errors.Select(error => error.Message)]);
        }

        db.Record(EditionDecisions.Of(
            working is not null ? "edited" : edition.Number == 1 ? "started" : "drafted", edition, actor, request.At));
        edition.State = EditionState.AwaitingFirstReview;
        edition.SubmittedAt = request.At;
        db.Record(EditionDecisions.Of("submitted", edition, actor, request.At));
        await NoteWriterAsync(edition, actor, request.At, cancellationToken);
        if (await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(EditionConfiguration.OneWorking) || exception.Breaks(EditionConfiguration.OneNumber)
                || exception.Breaks("pk_documents") ? Portal.Shared.Outcomes.Failure.Conflict : null) is not null)
        {
            db.ChangeTracker.Clear();
            return Refuse(text["Composed.OnItsWay"]);
        }

        return new ComposedEdition(edition.Id, []);
    }

    private Document Start(Contracts.ComposeDocument request)
    {
        var document = new Document
        {
            Id = request.DocumentId,
            SiteId = request.SiteId,
            Type = request.Type,
            CreatedAt = request.At,
            CreatedBy = request.PersonId,
        };
        db.Documents.Add(document);
        return document;
    }

    private Edition Draft(Contracts.ComposeDocument request, Channel channel, List<Edition> editions)
    {
        var edition = new Edition
        {
            Id = Guid.CreateVersion7(request.At),
            SiteId = request.SiteId,
            DocumentId = request.DocumentId,
            Language = Language,
            Number = editions.Count == 0 ? 1 : editions[0].Number + 1,
            State = EditionState.Draft,
            ChannelId = channel.Id,
            Slug = request.Slug,
            Title = request.Title,
            Body = RichDocument.Empty.ToJson(),
            BasedOn = editions.Find(row => row.State == EditionState.Live)?.Id,
            CreatedBy = request.PersonId,
            CreatedAt = request.At,
        };
        db.Editions.Add(edition);
        return edition;
    }

    private async Task NoteWriterAsync(Edition edition, Actor actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var edit = await db.EditionEdits.FindAsync([edition.Id, actor.Id], cancellationToken);
        if (edit is null)
        {
            edit = new EditionEdit { EditionId = edition.Id, PersonId = actor.Id, SiteId = edition.SiteId, PersonName = actor.Name };
            db.EditionEdits.Add(edit);
        }

        edit.RecordedAt = at;
        edit.LastSavedAt = at;
    }

    private async Task<List<Attachment>> AttachAsync(
        Contracts.ComposeDocument request, Actor actor, CancellationToken cancellationToken)
    {
        List<Attachment> attachments = [];
        foreach (var file in request.Files)
        {
            using var content = new MemoryStream(file.Content, writable: false);
            var verdict = await FileInspector.InspectAsync(content, file.Name, cancellationToken);
            if (verdict.Kind is not { } kind)
            {
                throw new InvalidOperationException($"A module composed a file that is not taken: {verdict.Fault}.");
            }

            content.Position = 0;
            var item = new MediaItem
            {
                Id = Guid.CreateVersion7(request.At),
                SiteId = request.SiteId,
                BlobHash = await blobs.PutAsync(content, cancellationToken),
                Name = MediaNames.Clean(file.Name, kind),
                MediaType = kind.MediaType,
                Size = file.Content.Length,
                UploadedBy = actor.Id,
                UploadedAt = request.At,
            };
            db.Media.Add(item);
            db.Record(Decision.By(
                actor, request.At, "publishing.media.uploaded", request.SiteId, "media", item.Id.ToString(), item.Name, null,
                item.BlobHash, ("mediaType", item.MediaType)));
            attachments.Add(new Attachment(item.Id, FormRules.Clean(file.Label)));
        }

        return attachments;
    }

    private static RichDocument? BodyOf(Contracts.ComposeDocument request)
    {
        List<Block> blocks = [];
        foreach (var part in request.Body)
        {
            var reading = part.Format == "html" ? HtmlReader.Read(part.Text) : MarkdownReader.Read(part.Text);
            if (!reading.Succeeded)
            {
                return null;
            }

            blocks.AddRange(reading.Document.Content);
        }

        return RichJsonReader.Read(new RichDocument([.. blocks]).ToJson()) is { Succeeded: true } whole ? whole.Document : null;
    }

    private static bool IsOf(Edition edition, Contracts.ComposeDocument request) =>
        edition.Fields.GetValueOrDefault(DocumentTypes.Composition) == request.CompositionId.ToString();

    private static ComposedEdition Refuse(string fault) => new(null, [fault]);
}
