using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Channels;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;

namespace Portal.Publishing.Documents.EditEdition;

internal sealed class EditEditionHandler(
    PublishingDbContext db,
    EditionScope scope,
    ISettings settings,
    TimeProvider clock,
    IStringLocalizer<DocumentText> text,
    IStringLocalizer<PublishingText> names) : IRequestHandler<EditEdition, Outcome<EditionSaved>>
{
    /// <summary>A writer's saves within this time are one entry of the trail.</summary>
    private static readonly TimeSpan RecordEvery = TimeSpan.FromMinutes(10);

    public async Task<Outcome<EditionSaved>> Handle(EditEdition request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (edition, document, channel, _, actor) = found.Value;
        if (!edition.IsEditable)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Edition.NotEditable"])]);
        }

        if (DocumentTypes.Find(document.Type) is { Composed: true })
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Edition.Composed"])]);
        }

        if (request.ChannelId != channel.Id)
        {
            var target = await scope.FindChannelAsync(
                request.ChannelId!.Value, Permission.WriteDocuments, cancellationToken);
            if (!target.Succeeded)
            {
                return target.Failure;
            }

            channel = target.Value.Channel;
        }

        List<FieldError> errors = [];
        var content = await ReadAsync(request, edition, document, channel, errors, cancellationToken);
        if (errors.Count > 0)
        {
            return new Failure(FailureKind.Invalid, errors);
        }

        var (former, formed) = (edition.ContentHash, Forming.Of(edition));
        content!.ApplyTo(edition);
        var same = ContentHash.Of(edition) == former;
        if (edition.Version != request.Version)
        {
            db.ChangeTracker.Clear();
            // The same form sent twice: its content is there already, nothing is lost and nothing to be done.
            return same ? new EditionSaved(edition.Id, edition.Version, edition.UpdatedAt, content.Notices) : Failure.Conflict;
        }

        if (same)
        {
            return new EditionSaved(edition.Id, edition.Version, clock.GetUtcNow(), content.Notices);
        }

        return await SaveAsync(edition, actor, formed != Forming.Of(edition), content.Notices, cancellationToken);
    }

    private async Task<Outcome<EditionSaved>> SaveAsync(
        Edition edition, Actor actor, bool formed, IReadOnlyList<string> notices, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        edition.Edited(actor.Id, now);
        if (formed)
        {
            db.TellForming(edition, actor, now);
        }

        var edit = await db.EditionEdits.FindAsync([edition.Id, actor.Id], cancellationToken);
        if (edit is null || now - edit.RecordedAt >= RecordEvery)
        {
            db.Record(EditionDecisions.Of("edited", edition, actor, now));
            if (edit is null)
            {
                edit = new EditionEdit
                {
                    EditionId = edition.Id,
                    PersonId = actor.Id,
                    SiteId = edition.SiteId,
                    PersonName = actor.Name,
                };
                db.EditionEdits.Add(edit);
            }

            edit.RecordedAt = now;
        }

        edit.LastSavedAt = now;
        if (await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(EditionEditConfiguration.OneEach) ? Failure.Conflict : null) is { } failure)
        {
            db.ChangeTracker.Clear();
            return failure;
        }

        return new EditionSaved(edition.Id, edition.Version, now, notices);
    }

    private async Task<EditionContent?> ReadAsync(
        EditEdition request, Edition edition, Document document, Channel channel, List<FieldError> errors,
        CancellationToken cancellationToken)
    {
        if (channel.SiteId != edition.SiteId)
        {
            errors.Add(new FieldError(nameof(request.ChannelId), text["Channel.OtherSite"]));
        }
        else if (channel.ClosedAt is not null && channel.Id != edition.ChannelId)
        {
            errors.Add(new FieldError(nameof(request.ChannelId), text["Channel.Closed"]));
        }

        var type = DocumentTypes.Find(document.Type)!;
        var fields = EditionRules.ReadFields(type, request.Fields, errors, text, names);
        var publishAt = Instant(request.PublishAt);
        if (publishAt is { } at && at <= clock.GetUtcNow() && at != edition.PublishAt)
        {
            errors.Add(new FieldError(nameof(request.PublishAt), text["PublishAt.Early"]));
        }

        var interprets = type.Interprets ? await InterpretsAsync(request.Interprets, errors, cancellationToken) : [];
        var body = ReadBody(request, errors);
        await CheckMediaAsync(request, edition.SiteId, body, errors, cancellationToken);
        if (errors.Count > 0 || body is null)
        {
            return null;
        }

        var summary = FormRules.Clean(request.Summary);
        var length = settings.For<PublishingSettings>(edition.SiteId).SummaryLength;
        // A summary that was cut from the body follows the body until somebody writes one.
        var cut = summary.Length == 0 || summary == Publisher.BodyOf(edition).Excerpt(length);
        return new EditionContent
        {
            ChannelId = channel.Id,
            Slug = request.Slug,
            Title = FormRules.Clean(request.Title),
            Summary = cut ? body.Excerpt(length) : summary,
            Body = body.ToJson(),
            Fields = fields,
            Source = FormRules.Clean(request.Source),
            Author = FormRules.Clean(request.Author),
            Keywords = FormRules.Keywords(request.Keywords),
            CoverMediaId = request.CoverMediaId,
            Attachments = [.. request.Attachments.Select(file => new Attachment(file.MediaId, FormRules.Clean(file.Name)))],
            Interprets = interprets,
            PublishAt = publishAt,
            TakeDownAt = Instant(request.TakeDownAt),
            Notices = Notices(request),
        };
    }

    private RichDocument? ReadBody(EditEdition request, List<FieldError> errors)
    {
        var reading = EditionBody.Read(request.Body, request.BodyFormat);
        if (reading.Succeeded)
        {
            return reading.Document;
        }

        errors.Add(new FieldError(nameof(request.Body), reading.Error.Fault switch
        {
            RichFault.TooLarge or RichFault.TooManyNodes => text["Body.TooLarge"],
            RichFault.TooDeep or RichFault.TooComplex => text["Body.TooDeep"],
            RichFault.LinkNotAllowed when reading.Error.Name.Length == 0 => text["Body.Link.Empty"],
            RichFault.LinkNotAllowed => text["Body.Link", reading.Error.Name],
            _ when reading.Error.Name.Length == 0 => text["Body.Broken"],
            _ => text["Body.Unreadable", reading.Error.Name],
        }));
        return null;
    }

    /// <summary>A file of another site is not there for this one.</summary>
    private async Task CheckMediaAsync(
        EditEdition request, Guid siteId, RichDocument? body, List<FieldError> errors, CancellationToken cancellationToken)
    {
        var inBody = body?.MediaReferences() ?? [];
        List<Guid> ids = [.. inBody, .. request.Attachments.Select(file => file.MediaId)];
        if (request.CoverMediaId is { } cover)
        {
            ids.Add(cover);
        }

        if (ids.Count == 0)
        {
            return;
        }

        var known = await db.Media.Where(item => item.SiteId == siteId && ids.Contains(item.Id))
            .Select(item => new { item.Id, item.MediaType })
            .ToDictionaryAsync(item => item.Id, item => item.MediaType, cancellationToken);
        if (inBody.Any(id => !known.ContainsKey(id)))
        {
            errors.Add(new FieldError(nameof(request.Body), text["Body.Media"]));
        }

        if (request.Attachments.Any(file => !known.ContainsKey(file.MediaId)))
        {
            errors.Add(new FieldError(nameof(request.Attachments), text["Attachments.Unknown"]));
        }

        if (request.CoverMediaId is { } picture
            && !known.GetValueOrDefault(picture, "").StartsWith("image/", StringComparison.Ordinal))
        {
            errors.Add(new FieldError(nameof(request.CoverMediaId), text["Cover.Unknown"]));
        }
    }

    private async Task<Guid[]> InterpretsAsync(string typed, List<FieldError> errors, CancellationToken cancellationToken)
    {
        var lines = typed.ReplaceLineEndings("\n").Split('\n')
            .Select(FormRules.Clean).Where(line => line.Length > 0).ToList();
        if (lines.Count > EditionRules.MaximumInterprets)
        {
            errors.Add(new FieldError(nameof(EditEdition.Interprets), text["Interprets.TooMany"]));
            return [];
        }

        List<Guid> ids = [];
        foreach (var line in lines)
        {
            var found = await scope.FindPublishedAsync(line, cancellationToken);
            if (found is { Type: "policy" })
            {
                ids.Add(found.DocumentId);
            }
            else
            {
                errors.Add(new FieldError(nameof(EditEdition.Interprets), text["Interprets.Unknown", line]));
            }
        }

        return [.. ids.Distinct()];
    }

    private List<string> Notices(EditEdition request)
    {
        (string Label, string Value)[] lines =
        [
            (text["Label.Title"], request.Title),
            (text["Label.Summary"], request.Summary),
            (text["Label.Source"], request.Source),
            (text["Label.Author"], request.Author),
            .. request.Fields.Select(field => (names["Field." + field.Key].Value, field.Value)),
        ];
        List<string> notices =
        [
            .. lines.Where(line => (TextRules.Line(line.Value).Changes
                & (TextChange.DirectionMarks | TextChange.InvisibleCharacters | TextChange.ControlCharacters)) != 0)
                .Select(line => text["Notice.Removed", line.Label].Value),
        ];
        if (request.Body.EnumerateRunes().Any(rune => RichString.IsBidiControl(rune.Value)))
        {
            notices.Add(text["Notice.Removed", text["Label.Body"].Value]);
        }

        return notices;
    }

    private static DateTimeOffset? Instant(string typed) => ChinaTime.TryRead(typed, out var at) ? at : null;
}

/// <summary>Everything that a save writes into an edition, in its kept form.</summary>
internal sealed record EditionContent
{
    public required Guid ChannelId { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string Body { get; init; }

    public required SortedDictionary<string, string> Fields { get; init; }

    public required string Source { get; init; }

    public required string Author { get; init; }

    public required string[] Keywords { get; init; }

    public Guid? CoverMediaId { get; init; }

    public required List<Attachment> Attachments { get; init; }

    public required Guid[] Interprets { get; init; }

    public DateTimeOffset? PublishAt { get; init; }

    public DateTimeOffset? TakeDownAt { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    public void ApplyTo(Edition edition)
    {
        edition.ChannelId = ChannelId;
        edition.Slug = Slug;
        edition.Title = Title;
        edition.Summary = Summary;
        edition.Body = Body;
        edition.Fields = Fields;
        edition.Source = Source;
        edition.Author = Author;
        edition.Keywords = Keywords;
        edition.CoverMediaId = CoverMediaId;
        edition.Attachments = Attachments;
        edition.Interprets = Interprets;
        edition.PublishAt = PublishAt;
        edition.TakeDownAt = TakeDownAt;
    }
}
