using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Reviews.SubmitEdition;

/// <summary>Submits a draft to the first review. What is missing is said now, not by a reviewer tomorrow.</summary>
internal sealed record SubmitEdition(Guid EditionId, int Version) : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.WriteDocuments;
}

internal sealed class SubmitEditionHandler(
    PublishingDbContext db,
    EditionScope scope,
    TimeProvider clock,
    IStringLocalizer<ReviewText> text,
    IStringLocalizer<PublishingText> names)
    : IRequestHandler<SubmitEdition, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SubmitEdition request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        var (edition, document, channel, _, actor) = found.Value;
        if (edition.Version != request.Version)
        {
            return Failure.Conflict;
        }

        var now = clock.GetUtcNow();
        var errors = await ProblemsOfAsync(edition, document, channel, now, cancellationToken);
        if (errors.Count > 0)
        {
            return new Failure(FailureKind.Invalid, errors);
        }

        edition.State = EditionState.AwaitingFirstReview;
        edition.SubmittedAt = now;
        edition.ContentHash = ContentHash.Of(edition);
        edition.Version++;
        db.Record(EditionDecisions.Of("submitted", edition, actor, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Failure.Conflict;
        }

        return Done.Value;
    }

    private async Task<List<FieldError>> ProblemsOfAsync(
        Edition edition, Document document, Channel channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        if (!edition.IsEditable)
        {
            errors.Add(new FieldError("", text["NotEditable"]));
            return errors;
        }

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

        if (edition.TakeDownAt is { } down && down <= (edition.PublishAt ?? now))
        {
            errors.Add(new FieldError(nameof(Edition.TakeDownAt), text["TakeDownBeforePublish"]));
        }

        if (edition.PublishAt <= now)
        {
            errors.Add(new FieldError(nameof(Edition.PublishAt), text["PublishAtPassed"]));
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
}
