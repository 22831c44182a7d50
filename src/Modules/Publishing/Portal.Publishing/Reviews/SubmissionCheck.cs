using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Reviews;

/// <summary>What an edition lacks to be published, whichever way it is to go.</summary>
internal sealed class SubmissionCheck(
    PublishingDbContext db, IStringLocalizer<ReviewText> text, IStringLocalizer<PublishingText> names)
{
    public async Task<List<FieldError>> ProblemsAsync(
        Edition edition, Document document, Channel channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        if (edition.Title.Length == 0)
        {
            errors.Add(new FieldError(nameof(Edition.Title), text["TitleMissing"]));
        }

        if (edition.Unpublishing is null && edition.Attachments.Count == 0
            && Publisher.BodyOf(edition) is var tree
            && tree.PlainText().Length == 0 && tree.MediaReferences().Count == 0)
        {
            errors.Add(new FieldError(nameof(Edition.Body), text["BodyMissing"]));
        }

        errors.AddRange((DocumentTypes.Find(document.Type)?.Fields ?? [])
            .Where(field => field.Required && string.IsNullOrWhiteSpace(edition.Fields.GetValueOrDefault(field.Key)))
            .Select(field => new FieldError(
                $"Fields[{field.Key}]", text["FieldMissing", names["Field." + field.Key].Value])));
        if (channel.ClosedAt is not null && edition.Unpublishing is null)
        {
            errors.Add(new FieldError(nameof(Edition.ChannelId), text["ChannelClosed", channel.Name]));
        }

        if (TakenDownTooSoon(edition, now))
        {
            errors.Add(new FieldError(nameof(Edition.TakeDownAt), text["TakeDownBeforePublish"]));
        }

        var path = channel.Path + "/" + edition.Slug;
        if (await db.Paths.AnyAsync(
            owner => owner.SiteId == edition.SiteId && owner.Path == path && owner.TargetId != edition.DocumentId,
            cancellationToken))
        {
            errors.Add(new FieldError(nameof(Edition.Slug), text["PathTaken", path]));
        }

        return errors;
    }

    /// <summary>It would be gone before anybody saw it.</summary>
    public static bool TakenDownTooSoon(Edition edition, DateTimeOffset now) =>
        edition.TakeDownAt is { } down && down <= (edition.PublishAt > now ? edition.PublishAt : now);
}
