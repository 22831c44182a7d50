using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Announcements;

/// <summary>
/// The one way of the module to the public for what staff write: it is frozen here and goes through the three reviews of
/// Publishing (Opinion art. 12) as a document that nobody edits.
/// </summary>
internal sealed partial class AnnouncementDesk(
    InteractionDbContext db, ISender sender, ISites sites, IStringLocalizer<AnnouncementText> text, TimeProvider clock)
{
    /// <summary>Type of the documents.</summary>
    public const string DocumentType = "interaction";

    /// <summary>The field of the document that names the announcement.</summary>
    public const string CompositionField = "composition";

    /// <summary>How many of the numbers found are named.</summary>
    private const int NumbersNamed = 3;

    /// <summary>Type of the channels that hold them.</summary>
    private const string ChannelType = "Interaction";

    /// <summary>
    /// Freezes a draft and submits it to the reviews. It saves what the caller has changed together with the announcement,
    /// before Publishing is asked: were the host to stop in between, submitting again makes the next one.
    /// </summary>
    public async Task<Outcome<Announcement>> SubmitAsync(AnnouncementDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        var channel = (await sender.Send(new GetChannels(draft.SiteId), cancellationToken))
            .FirstOrDefault(channel => channel.Type == ChannelType);
        if (channel is null)
        {
            return Conflict(text["Submit.NoChannel"]);
        }

        var standing = await StandingAsync(draft.Kind, draft.SubjectId, cancellationToken);
        if (!standing.IsFree)
        {
            return Conflict(text["Submit.UnderReview"]);
        }

        var numbers = PersonalNumbers.Private(WordsOf(draft));
        if (numbers.Count > 0 && !draft.NumbersSeen)
        {
            // What the caller has changed waits for the next try.
            db.ChangeTracker.Clear();
            return Failure.Invalid(NumbersSeen.Field, text["Submit.Numbers", numbers.Count, string.Join('、', numbers.Take(NumbersNamed))]);
        }

        var document = standing.Document ?? New(draft);
        var number = await db.Announcements.CountAsync(row => row.DocumentId == document.Id, cancellationToken) + 1;
        var announcement = Keep(draft, document, number, numbers.Count, actor);
        if (await IsSameAsync(standing, announcement, cancellationToken))
        {
            db.ChangeTracker.Clear();
            return Conflict(text["Submit.Unchanged"]);
        }

        if (await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(AnnouncementConfiguration.OneNumber) || exception.Breaks(AnnouncedDocumentConfiguration.OneEach)
                ? Failure.Conflict
                : null) is { } lost)
        {
            return lost;
        }

        var composed = await sender.Send(Compose(draft, announcement, channel), cancellationToken);
        return composed.Faults.Count == 0
            ? announcement
            : new Failure(FailureKind.Conflict, [.. composed.Faults.Select(fault => new FieldError("", fault))]);
    }

    /// <summary>Where the document of a kind and subject stands.</summary>
    public async Task<AnnouncementStanding> StandingAsync(AnnouncementKind kind, Guid subjectId, CancellationToken cancellationToken)
    {
        var document = await db.AnnouncedDocuments.SingleOrDefaultAsync(row => row.SubjectId == subjectId && row.Kind == kind, cancellationToken);
        if (document is null)
        {
            return new AnnouncementStanding(AnnouncementStage.None, null, null);
        }

        var edited = await sender.Send(new GetEditedDocuments([document.Id]), cancellationToken) is [var found, ..] ? found : null;
        return new AnnouncementStanding(StageOf(document, edited), edited?.EditionId, document);
    }

    /// <summary>What the public has now; null when nothing.</summary>
    public async Task<Announcement?> PublishedAsync(AnnouncementKind kind, Guid subjectId, CancellationToken cancellationToken) =>
        await db.AnnouncedDocuments.AsNoTracking()
            .Where(row => row.SubjectId == subjectId && row.Kind == kind)
            .Join(db.Announcements, document => document.PublishedId, announcement => announcement.Id, (_, announcement) => announcement)
            .SingleOrDefaultAsync(cancellationToken);

    private static AnnouncementStage StageOf(AnnouncedDocument document, EditedDocument? edited) => edited?.State switch
    {
        "Returned" => AnnouncementStage.Returned,
        "AwaitingFirstReview" or "AwaitingSecondReview" or "AwaitingRelease" => AnnouncementStage.UnderReview,
        "Scheduled" => AnnouncementStage.Scheduled,
        _ when document.PublishedId is not null => AnnouncementStage.Published,
        // Live, and the fact of it is still on its way here.
        "Live" when document.WithdrawnAt is null => AnnouncementStage.Scheduled,
        _ when document.WithdrawnAt is not null => AnnouncementStage.Withdrawn,
        _ => AnnouncementStage.None,
    };

    private AnnouncedDocument New(AnnouncementDraft draft)
    {
        var document = new AnnouncedDocument
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            SiteId = draft.SiteId,
            Kind = draft.Kind,
            SubjectId = draft.SubjectId,
        };
        db.AnnouncedDocuments.Add(document);
        return document;
    }

    private Announcement Keep(AnnouncementDraft draft, AnnouncedDocument document, int number, int numbers, Actor actor)
    {
        var now = clock.GetUtcNow();
        var announcement = new Announcement
        {
            Id = Guid.CreateVersion7(now),
            SiteId = draft.SiteId,
            DocumentId = document.Id,
            Number = number,
            Title = draft.Title,
            CountsOn = draft.CountsOn,
            Content = draft.Content,
            ContentHash = draft.Hash(),
            PersonId = actor.Id,
            PersonName = actor.Name,
            Unit = actor.Unit,
            At = now,
        };
        db.Announcements.Add(announcement);
        db.Record(Decision.By(
            actor, now, "interaction.announcement.submitted", draft.SiteId, "announcement", draft.SubjectId.ToString(), draft.Title, null,
            announcement.ContentHash, [
                ("kind", draft.Kind.ToString()), ("number", number.ToString(CultureInfo.InvariantCulture)),
                .. numbers == 0 ? [] : new[] { ("numbers-seen", numbers.ToString(CultureInfo.InvariantCulture)) },
            ]));
        return announcement;
    }

    // What a reviewer sent back, or what is public already, must have changed; what its writer took back need not.
    private async Task<bool> IsSameAsync(AnnouncementStanding standing, Announcement next, CancellationToken cancellationToken)
    {
        var before = db.Announcements.Where(row => row.DocumentId == next.DocumentId);
        return standing.Stage switch
        {
            AnnouncementStage.Returned => await before.OrderByDescending(row => row.Number).Select(row => row.ContentHash)
                .FirstOrDefaultAsync(cancellationToken) == next.ContentHash,
            AnnouncementStage.Published => await before.AnyAsync(
                row => row.Id == standing.Document!.PublishedId && row.ContentHash == next.ContentHash, cancellationToken),
            _ => false,
        };
    }

    private ComposeDocument Compose(AnnouncementDraft draft, Announcement announcement, ChannelSummary channel) => new()
    {
        DocumentId = announcement.DocumentId,
        CompositionId = announcement.Id,
        SiteId = draft.SiteId,
        ChannelId = channel.Id,
        Type = DocumentType,
        Slug = draft.Slug,
        Title = draft.Title,
        Summary = draft.Summary,
        Source = sites.ById(draft.SiteId)?.OrganisationName ?? announcement.Unit,
        Body = draft.Body,
        Files = draft.Files,
        PersonId = announcement.PersonId,
        PersonName = announcement.PersonName,
        PersonUnit = announcement.Unit,
        At = announcement.At,
    };

    // What the public will read, without its marks.
    private static string WordsOf(AnnouncementDraft draft) => string.Join(
        '\n', [draft.Title, draft.Summary, .. draft.Body.Select(part => WebUtility.HtmlDecode(Tag().Replace(part.Text, "\n")))]);

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    private static Failure Conflict(string words) => new(FailureKind.Conflict, [new FieldError("", words)]);
}
