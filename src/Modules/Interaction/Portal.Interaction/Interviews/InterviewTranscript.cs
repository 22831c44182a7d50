using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Publishing.Contracts;
using Portal.Shared.Messaging;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

/// <summary>What the announcement said when it was reviewed.</summary>
internal sealed record InterviewNotice(
    string Topic, string Summary, IReadOnlyList<InterviewGuest> Guests, string Host, string Place, string Picture, string PictureAlt,
    DateTimeOffset StartsAt, int Minutes, string NoticeReason);

/// <summary>The transcript as it was reviewed.</summary>
/// <param name="Digest">What was said, in short.</param>
/// <param name="Lines">What was said.</param>
/// <param name="Later">Questions that the public had seen and that are answered later.</param>
/// <param name="LaterCount">How many are answered later in all.</param>
internal sealed record InterviewTranscript(
    string Digest, IReadOnlyList<TranscriptLine> Lines, IReadOnlyList<LiveQuestion> Later, int LaterCount);

/// <summary>Makes what goes to the three reviews, and takes what comes out of them (Opinion art. 12).</summary>
internal sealed class InterviewPapers(
    InteractionDbContext db, InterviewStage stage, HtmlEncoder encoder, IStringLocalizer<InterviewText> text)
{
    public AnnouncementDraft Notice(Interview interview)
    {
        var notice = new InterviewNotice(
            interview.Topic, interview.Summary, interview.Guests, interview.Host, interview.Place, interview.Picture, interview.PictureAlt,
            interview.StartsAt, interview.Minutes, interview.NoticeReason);
        var body = new StringBuilder();
        Paragraphs(body, interview.Summary);
        Heading(body, text["Guests"]);
        body.Append("<ul>");
        foreach (var guest in interview.Guests)
        {
            body.Append("<li>").Append(encoder.Encode(Introduced(guest))).Append("</li>");
        }

        body.Append("</ul>");
        Fact(body, text["Host"], interview.Host);
        Fact(body, text["When"], text["When.Value", BeijingTime.Minute(interview.StartsAt), interview.Minutes]);
        Fact(body, text["Place"], interview.Place);
        Fact(body, text["NoticeReason"], interview.NoticeReason);
        Paragraphs(body, text["Notice.How"]);
        return new AnnouncementDraft
        {
            SiteId = interview.SiteId,
            Kind = AnnouncementKind.InterviewNotice,
            SubjectId = interview.Id,
            Slug = "interview-" + interview.Key,
            Title = text["Notice.Title", interview.Topic].Value.CutTo(200),
            Summary = interview.Summary.CutTo(200),
            Body = [new ComposedPart("html", body.ToString())],
            Content = JsonSerializer.Serialize(notice, MessageJson.Options),
        };
    }

    public async Task<AnnouncementDraft> TranscriptAsync(Interview interview, string digest, CancellationToken cancellationToken)
    {
        var lines = await stage.LinesAsync(interview.Id, cancellationToken);
        var later = await db.InterviewQuestions.AsNoTracking()
            .Where(row => row.InterviewId == interview.Id && row.State == QuestionState.AnsweredLater)
            .OrderBy(row => row.At).Select(row => new LiveQuestion(row.PublicName, row.PublicText)).ToListAsync(cancellationToken);
        var transcript = new InterviewTranscript(digest, lines, [.. later.Where(row => row.Text.Length > 0)], later.Count);
        var body = new StringBuilder();
        Heading(body, text["Digest"]);
        Paragraphs(body, digest);
        Heading(body, text["Transcript"]);
        foreach (var line in lines)
        {
            body.Append("<p><strong>").Append(encoder.Encode(text["Said.By", text["Speaker." + line.Speaker].Value, line.Name]))
                .Append("</strong></p>");
            Paragraphs(body, line.Text);
        }

        if (later.Count > 0)
        {
            Heading(body, text["Later"]);
            Paragraphs(body, text["Later.What", later.Count]);
        }

        return new AnnouncementDraft
        {
            SiteId = interview.SiteId,
            Kind = AnnouncementKind.InterviewTranscript,
            SubjectId = interview.Id,
            Slug = $"interview-{interview.Key}-transcript",
            CountsOn = interview.LiveAt is { } held ? BeijingTime.Date(held) : null,
            Title = text["Transcript.Title", interview.Topic].Value.CutTo(200),
            Summary = digest.CutTo(200),
            Body = [new ComposedPart("html", body.ToString())],
            Content = JsonSerializer.Serialize(transcript, MessageJson.Options),
        };
    }

    public static T Read<T>(string content) => JsonSerializer.Deserialize<T>(content, MessageJson.Options)!;

    /// <summary>A guest in one line.</summary>
    public static string Introduced(InterviewGuest guest) => $"{guest.Name}　{guest.Unit}{guest.Position}".TrimEnd('　');

    private void Heading(StringBuilder body, string words) => body.Append("<h2>").Append(encoder.Encode(words)).Append("</h2>");

    private void Fact(StringBuilder body, string name, string value)
    {
        if (value.Length > 0)
        {
            body.Append("<p><strong>").Append(encoder.Encode(name)).Append("</strong>　").Append(encoder.Encode(value)).Append("</p>");
        }
    }

    private void Paragraphs(StringBuilder body, string words)
    {
        foreach (var line in words.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            body.Append("<p>").Append(encoder.Encode(line)).Append("</p>");
        }
    }
}

/// <summary>What the module does when an announcement or a transcript becomes public, or is withdrawn.</summary>
internal sealed class AnnouncedInterviews(InteractionDbContext db, InterviewWriter writer) : IAnnounced
{
    public bool Takes(AnnouncementKind kind) => kind is AnnouncementKind.InterviewNotice or AnnouncementKind.InterviewTranscript;

    public async Task PublishedAsync(Announcement announcement, AnnouncedDocument document, CancellationToken cancellationToken)
    {
        if (await writer.FindAsync(document.SubjectId, cancellationToken) is not { } found)
        {
            return;
        }

        if (document.Kind == AnnouncementKind.InterviewNotice)
        {
            await AnnounceAsync(found, announcement, document, cancellationToken);
        }
        else
        {
            var interview = found.Interview;
            interview.Transcript = announcement.Content;
            interview.Digest = InterviewPapers.Read<InterviewTranscript>(announcement.Content).Digest;
            interview.TranscriptPath = document.Path;
            interview.PublishedAt ??= document.FirstPublishedAt;
            InterviewGrams.Set(interview);
            await TakeAsync(found, InterviewTrigger.Publish, cancellationToken);
        }
    }

    public async Task WithdrawnAsync(AnnouncedDocument document, CancellationToken cancellationToken)
    {
        if (await writer.FindAsync(document.SubjectId, cancellationToken) is not { } found)
        {
            return;
        }

        if (document.Kind == AnnouncementKind.InterviewNotice)
        {
            found.Interview.NoticePath = null;
            await TakeAsync(found, InterviewTrigger.TakeDown, cancellationToken);
        }
        else
        {
            // The interview itself was held in public and stays; what was written down of it is no longer shown.
            (found.Interview.Transcript, found.Interview.TranscriptPath) = (null, null);
            found.Interview.Version++;
        }
    }

    // What the reviewers released is what holds, whatever was changed meanwhile; the time may have been moved since.
    private async Task AnnounceAsync(
        InterviewCase found, Announcement announcement, AnnouncedDocument document, CancellationToken cancellationToken)
    {
        var interview = found.Interview;
        var notice = InterviewPapers.Read<InterviewNotice>(announcement.Content);
        (interview.Topic, interview.Summary, interview.Guests) = (notice.Topic, notice.Summary, notice.Guests);
        (interview.Host, interview.Place, interview.Picture, interview.PictureAlt) = (notice.Host, notice.Place, notice.Picture, notice.PictureAlt);
        interview.NoticePath = document.Path;
        InterviewGrams.Set(interview);
        if (InterviewFlow.Find(interview.State, InterviewTrigger.Announce) is null)
        {
            return;
        }

        interview.AnnouncedAt = document.FirstPublishedAt;
        (interview.StartsAt, interview.Minutes, interview.NoticeReason) = (notice.StartsAt, notice.Minutes, notice.NoticeReason);
        await TakeAsync(found, InterviewTrigger.Announce, cancellationToken);
        // Questions are collected from the announcement on.
        await TakeAsync((await writer.FindAsync(interview.Id, cancellationToken))!, InterviewTrigger.OpenQuestions, cancellationToken);
    }

    private async Task TakeAsync(InterviewCase found, InterviewTrigger trigger, CancellationToken cancellationToken)
    {
        if (InterviewFlow.Find(found.Interview.State, trigger) is null)
        {
            return;
        }

        var taken = await writer.TakeAsync(
            found, new InterviewInput { Trigger = trigger }, InterviewParty.Platform, null, cancellationToken);
        if (!taken.Succeeded)
        {
            throw new InvalidOperationException($"{trigger} cannot be taken in {found.Interview.State}.");
        }

        db.ChangeTracker.DetectChanges();
    }
}

/// <summary>What the archive finds an interview by.</summary>
internal static class InterviewGrams
{
    private const int Most = 20_000;

    public static void Set(Interview interview)
    {
        var grams = new GramSet();
        IEnumerable<string> texts =
        [
            interview.Topic, interview.Summary, interview.Digest,
            .. interview.Guests.Select(guest => $"{guest.Name} {guest.Unit} {guest.Position}"),
            .. interview.Transcript is { } content ? InterviewPapers.Read<InterviewTranscript>(content).Lines.Select(line => line.Text) : [],
        ];
        foreach (var words in texts)
        {
            Grams.Collect(Grams.Fold(words.CutTo(Most)), grams);
        }

        interview.Grams = grams.ToLexemes();
    }

    /// <summary>What must occur for these words; empty when nothing in them can be searched for.</summary>
    public static string[] Of(string words)
    {
        List<string> found = [];
        foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var grams = new GramSet();
            Grams.Collect(Grams.Fold(word), grams);
            // The last character of a word stands alone too; the pair before it says more.
            var lexemes = grams.ToLexemes();
            found.AddRange(lexemes.Length > 1 ? lexemes.Where(lexeme => lexeme.Length > 1) : lexemes);
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }
}
