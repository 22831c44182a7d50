using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Publishing.Documents.StartDocument;

/// <summary>Starts a document with its first edition, a draft.</summary>
public sealed record StartDocument : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>Made with the form, so that a form sent twice starts one document.</summary>
    public Guid? Id { get; init; }

    /// <summary>Key of a document type.</summary>
    public string Type { get; init; } = "";

    /// <summary>Where it will stand.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";
}

internal sealed class StartDocumentValidator : AbstractValidator<StartDocument>
{
    public StartDocumentValidator(IStringLocalizer<DocumentText> text)
    {
        RuleFor(form => form.Id).NotNull().WithMessage(text["Form.Broken"]);
        RuleFor(form => form.Type).Must(type => DocumentTypes.Find(type) is { Composed: false }).WithMessage(text["Type.Required"]);
        RuleFor(form => form.ChannelId).NotNull().WithMessage(text["Channel.Required"]);
        RuleFor(form => form.Title).Line(EditionRules.MaximumTitle, text["Title.Required"], text["Title.TooLong"]);
    }
}

internal sealed class StartDocumentHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<DocumentText> text)
    : IRequestHandler<StartDocument, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(StartDocument request, CancellationToken cancellationToken)
    {
        var found = await scope.FindChannelAsync(request.ChannelId!.Value, Permission.WriteDocuments, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (channel, site, actor) = found.Value;
        if (channel.ClosedAt is not null)
        {
            return Failure.Invalid(nameof(request.ChannelId), text["Channel.Closed"]);
        }

        var documentId = request.Id!.Value;
        if (await StartedAsync(documentId, actor.Id, cancellationToken) is { } started)
        {
            return started;
        }

        var now = clock.GetUtcNow();
        var document = new Document
        {
            Id = documentId,
            SiteId = site.Id,
            Type = request.Type,
            CreatedAt = now,
            CreatedBy = actor.Id,
        };
        var edition = new Edition
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            DocumentId = documentId,
            Language = site.Languages.Count > 0 ? site.Languages[0] : "zh-CN",
            Number = 1,
            State = EditionState.Draft,
            ChannelId = channel.Id,
            Slug = SlugOf(documentId, now),
            Title = FormRules.Clean(request.Title),
            Body = RichDocument.Empty.ToJson(),
            Source = site.OrganisationName,
            Contributors = [actor.Id],
            CreatedBy = actor.Id,
            CreatedAt = now,
            UpdatedBy = actor.Id,
            UpdatedAt = now,
        };
        edition.ContentHash = ContentHash.Of(edition);
        db.Documents.Add(document);
        db.Editions.Add(edition);
        db.EditionEdits.Add(new EditionEdit
        {
            EditionId = edition.Id,
            PersonId = actor.Id,
            SiteId = site.Id,
            PersonName = actor.Name,
            RecordedAt = now,
            LastSavedAt = now,
        });
        db.Record(EditionDecisions.Of("started", edition, actor, now, null, ("type", document.Type)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The same form again, while the first was on its way; anything else is a fault.
            db.ChangeTracker.Clear();
            if (await StartedAsync(documentId, actor.Id, cancellationToken) is { } meanwhile)
            {
                return meanwhile;
            }

            throw;
        }

        return edition.Id;
    }

    private async Task<Guid?> StartedAsync(Guid documentId, Guid actorId, CancellationToken cancellationToken) =>
        await db.Editions
            .Where(row => row.DocumentId == documentId && row.Number == 1 && row.CreatedBy == actorId)
            .Select(row => (Guid?)row.Id)
            .SingleOrDefaultAsync(cancellationToken);

    // The day for people who read addresses, the rest against collisions.
    private static string SlugOf(Guid documentId, DateTimeOffset now) =>
        BeijingTime.In(now).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "-" + documentId.ToString("N")[^8..];
}
