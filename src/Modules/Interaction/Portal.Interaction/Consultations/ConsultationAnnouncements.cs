using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Blobs;
using Portal.Shared.Messaging;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Interaction.Consultations;

/// <summary>What is frozen for the reviewers: which change it is, and the whole of what the public is to read.</summary>
internal sealed record AnnouncedConsultation
{
    public required ConsultationChange Change { get; init; }

    public required ConsultationText Text { get; init; }

    public ConsultationReport? Report { get; init; }
}

/// <summary>Lays a consultation before the three reviews, and takes over what was released.</summary>
internal sealed class ConsultationAnnouncements(
    InteractionDbContext db, AnnouncementDesk desk, IBlobStore blobs, IStringLocalizer<OpinionText> text, TimeProvider clock)
    : IAnnounced
{
    /// <summary>Freezes the change and submits it; what the caller changed is saved with it.</summary>
    public async Task<Outcome<Announcement>> SubmitAsync(
        Consultation row, ConsultationChange change, ConsultationText content, ConsultationReport? report, bool numbersSeen, Actor actor,
        CancellationToken cancellationToken)
    {
        var isReport = change == ConsultationChange.Report;
        return await desk.SubmitAsync(
            new AnnouncementDraft
            {
                SiteId = row.SiteId,
                NumbersSeen = numbersSeen,
                Kind = isReport ? AnnouncementKind.ConsultationResult : AnnouncementKind.ConsultationNotice,
                SubjectId = row.Id,
                Slug = $"consultation-{row.Key}{(isReport ? "-result" : "")}",
                Title = text["Announce.Title." + change, content.Title],
                Summary = text["Announce.Summary." + change, content.Title, content.Unit],
                Body = [new ComposedPart("html", report is null ? NoticeOf(change, content) : ReportOf(report))],
                Files = isReport || change == ConsultationChange.Cancellation ? [] : await FilesAsync(content, cancellationToken),
                // One a year counts once, on the day it opens; a cancelled one and a report count for nothing.
                CountsOn = isReport || change == ConsultationChange.Cancellation ? null : content.From,
                Content = JsonSerializer.Serialize(
                    new AnnouncedConsultation { Change = change, Text = content, Report = report }, MessageJson.Options),
            },
            actor, cancellationToken);
    }

    public bool Takes(AnnouncementKind kind) => kind is AnnouncementKind.ConsultationNotice or AnnouncementKind.ConsultationResult;

    public async Task PublishedAsync(Announcement announcement, AnnouncedDocument document, CancellationToken cancellationToken)
    {
        if (await db.Consultations.SingleOrDefaultAsync(one => one.Id == document.SubjectId, cancellationToken) is not { } row)
        {
            return;
        }

        var content = JsonSerializer.Deserialize<AnnouncedConsultation>(announcement.Content, MessageJson.Options)!;
        var now = clock.GetUtcNow();
        if (content.Report is { } report)
        {
            Released(row, ConsultationTrigger.ReleaseReport, now);
            row.Report = report;
            row.ReportPath = document.Path;
            row.ReportedOn = BeijingTime.Date(document.FirstPublishedAt ?? now);
        }
        else
        {
            TakeOver(row, content, document, now);
        }

        row.Version++;
    }

    public async Task WithdrawnAsync(AnnouncedDocument document, CancellationToken cancellationToken)
    {
        if (await db.Consultations.SingleOrDefaultAsync(one => one.Id == document.SubjectId, cancellationToken) is not { } row)
        {
            return;
        }

        if (document.Kind == AnnouncementKind.ConsultationResult)
        {
            Released(row, ConsultationTrigger.WithdrawReport, clock.GetUtcNow());
            row.Report = null;
            row.ReportPath = null;
            row.ReportedOn = null;
        }
        else
        {
            Released(row, ConsultationTrigger.TakeDown, clock.GetUtcNow());
            row.TakenDown = true;
            row.NoticePath = null;
        }

        row.Version++;
    }

    private void TakeOver(Consultation row, AnnouncedConsultation content, AnnouncedDocument document, DateTimeOffset now)
    {
        var released = content.Text;
        var before = row.ClosesOn;
        Released(
            row,
            content.Change switch
            {
                ConsultationChange.Notice => ConsultationTrigger.Release,
                ConsultationChange.Cancellation => ConsultationTrigger.ReleaseCancellation,
                _ => ConsultationTrigger.ReleaseRevision,
            },
            now);
        row.Released = released;
        // What staff were writing meanwhile stays theirs when only the last day moved.
        row.Working = content.Change == ConsultationChange.Extension
            ? row.Working with { From = released.From, To = released.To, ExtensionReason = released.ExtensionReason }
            : released;
        row.Title = released.Title;
        row.Kind = released.Kind!.Value;
        row.OpensOn = released.From;
        row.ClosesOn = released.To;
        row.ReportDueOn = ConsultationLimits.ReportDue(row.Kind, released.To!.Value);
        row.ReleasedAt ??= document.FirstPublishedAt ?? now;
        row.NoticePath = document.Path;
        row.TakenDown = false;
        if (content.Change == ConsultationChange.Extension && before != released.To)
        {
            row.FirstClosesOn ??= before;
        }

        if (content.Change == ConsultationChange.Cancellation)
        {
            row.CancelledOn = BeijingTime.Date(document.PublishedAt ?? now);
        }
    }

    // The fact may be told again, and a document may come back after it was taken down: then the state is what it was.
    private void Released(Consultation row, ConsultationTrigger trigger, DateTimeOffset now)
    {
        if (ConsultationFlow.Find(row.State, trigger) is { } line)
        {
            row.State = line.To ?? row.State;
            db.AddStep(row, trigger, null, now);
        }
    }

    private async Task<IReadOnlyList<ComposedFile>> FilesAsync(ConsultationText content, CancellationToken cancellationToken)
    {
        List<ComposedFile> files = [];
        foreach (var file in content.Files)
        {
            if (await blobs.OpenAsync(file.BlobHash, cancellationToken) is { } stream)
            {
                await using (stream)
                {
                    using var bytes = new MemoryStream();
                    await stream.CopyToAsync(bytes, cancellationToken);
                    files.Add(new ComposedFile(file.Name, file.Name, bytes.ToArray()));
                }
            }
        }

        return files;
    }

    private string NoticeOf(ConsultationChange change, ConsultationText content)
    {
        var html = new StringBuilder();
        if (change == ConsultationChange.Cancellation)
        {
            Paragraphs(html, text["Announce.Cancelled", content.Title]);
            Paragraphs(html, text["Cancelled.Reason"] + content.CancelReason);
            return html.ToString();
        }

        Paragraphs(html, text["Announce.Opening", content.Title, Day(content.From!.Value), Day(content.To!.Value)]);
        if (content.ExtensionReason.Length > 0)
        {
            Paragraphs(html, text["Announce.Extension"] + content.ExtensionReason);
        }

        if (content.ShortReason.Length > 0 && ConsultationLimits.IsShort(content.Kind!.Value, content.From!.Value, content.To!.Value))
        {
            Paragraphs(html, text["Announce.Short", ConsultationLimits.Of(content.Kind.Value, content.From.Value).Period] + content.ShortReason);
        }

        Heading(html, text["Label.Ways"]);
        Paragraphs(html, text["Announce.Online"]);
        foreach (var (label, value) in ((string, string)[])[("Way.Post", content.Post), ("Way.Email", content.Email), ("Way.Phone", content.Phone)])
        {
            if (value.Length > 0)
            {
                Paragraphs(html, text[label] + value);
            }
        }

        Paragraphs(html, text["Announce.Unit", content.Unit] + (content.Contact.Length > 0 ? text["Announce.Contact", content.Contact] : ""));
        Heading(html, text["Label.Background"]);
        Paragraphs(html, content.Background);
        Heading(html, text["Label.Explanation"]);
        Paragraphs(html, content.Explanation);
        Heading(html, text["Label.Draft"]);
        foreach (var clause in content.Clauses)
        {
            if (clause.IsHeading)
            {
                html.Append("<h3>").Append(Encode(clause.Text)).Append("</h3>");
            }
            else
            {
                Paragraphs(html, clause.Number.Length > 0 ? clause.Number + "　" + clause.Text : clause.Text);
            }
        }

        return html.ToString();
    }

    private string ReportOf(ConsultationReport report)
    {
        var html = new StringBuilder();
        Paragraphs(html, text["Announce.Opening.Report", report.Title, Day(report.From), Day(report.To)]);
        Paragraphs(html, text[
            "Report.Summary", report.Received, report.Valid, report.CountOf(Disposition.Adopted),
            report.CountOf(Disposition.PartlyAdopted), report.CountOf(Disposition.NotAdopted)]);
        Paragraphs(html, report.Words);
        if (report.Lines.Count > 0)
        {
            Table(
                html, text["Report.Use"],
                [text["Report.What"], text["Label.Clause"], text["Report.Count"], text["Report.Disposition"], text["Report.Reason"]],
                report.Lines.Select(line => (string[])
                [
                    line.What ?? text["Report.NotShown"], string.Join('、', line.Clauses), Number(line.Count),
                    text["Disposition." + line.Disposition], line.Reason,
                ]));
        }

        Table(
            html, text["Report.Clauses"],
            [text["Label.Clause"], text["Stance.Agree"], text["Stance.Change"], text["Stance.Disagree"], text["Report.Count"]],
            report.Clauses.Select(clause => (string[])
                [clause.Label ?? text["Clause.Whole"], Number(clause.Agree), Number(clause.Change), Number(clause.Disagree), Number(clause.All)]));
        Table(
            html, text["Report.Channels"], [text["Report.Channel"], text["Report.Count"]],
            report.Channels.Select(channel => (string[])[text["Channel." + channel.Channel], Number(channel.Count)]));
        return html.ToString();
    }

    private static void Table(StringBuilder html, string caption, IReadOnlyList<string> head, IEnumerable<string[]> rows)
    {
        html.Append("<table><caption>").Append(Encode(caption)).Append("</caption><thead><tr>");
        foreach (var cell in head)
        {
            html.Append("<th scope=\"col\">").Append(Encode(cell)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Encode(row[0])).Append("</th>");
            foreach (var cell in row[1..])
            {
                html.Append("<td>").Append(Encode(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
    }

    private static void Heading(StringBuilder html, string words) => html.Append("<h2>").Append(Encode(words)).Append("</h2>");

    private static void Paragraphs(StringBuilder html, string words)
    {
        foreach (var line in words.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            html.Append("<p>").Append(Encode(line)).Append("</p>");
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Day(DateOnly day) => text["Day", day.Year, day.Month, day.Day];

    private static string Encode(string words) => WebUtility.HtmlEncode(words);
}
