using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Publishing.Contracts;

namespace Portal.Interaction.Surveys;

/// <summary>What the public is told about a survey: all of it goes through the three reviews, the questions too.</summary>
internal sealed record SurveyNotice
{
    public required string Title { get; init; }

    public required string Purpose { get; init; }

    public required string Audience { get; init; }

    public required int Minutes { get; init; }

    public required string Unit { get; init; }

    public required string Contact { get; init; }

    public required SurveyMode Mode { get; init; }

    public required SurveyProof Proof { get; init; }

    public required DateOnly OpensOn { get; init; }

    public required DateOnly ClosesOn { get; init; }

    /// <summary>Hash of the questionnaire.</summary>
    public required string Hash { get; init; }

    public DateOnly? FirstClosesOn { get; init; }

    public string? ExtensionReason { get; init; }

    public string? CancelReason { get; init; }

    public static SurveyNotice Of(Survey survey) => new()
    {
        Title = survey.Title,
        Purpose = survey.Purpose,
        Audience = survey.Audience,
        Minutes = survey.Minutes,
        Unit = survey.Unit,
        Contact = survey.Contact,
        Mode = survey.Mode,
        Proof = survey.Proof,
        OpensOn = survey.OpensOn,
        ClosesOn = survey.ClosesOn,
        Hash = survey.Hash!,
        FirstClosesOn = survey.FirstClosesOn,
        ExtensionReason = survey.ExtensionReason,
    };
}

/// <summary>The result as it is laid before the reviews.</summary>
internal sealed record SurveyReport(SurveyFigures Figures, string Usage);

/// <summary>Writes the documents of a survey.</summary>
internal sealed class SurveyPapers(IStringLocalizer<SurveyText> text)
{
    public AnnouncementDraft Notice(Survey survey, SurveyNotice notice, SurveyDefinition definition)
    {
        var body = new StringBuilder();
        if (notice.CancelReason is { } cancelled)
        {
            Paragraph(body, text["Front.Cancelled", cancelled]);
        }

        Paragraphs(body, notice.Purpose);
        Heading(body, text["Paper.Facts"]);
        Paragraph(body, text["Paper.Period", Day(notice.OpensOn), Day(notice.ClosesOn)]);
        if (notice is { ExtensionReason: { } extended, FirstClosesOn: { } first })
        {
            Paragraph(body, text["Front.Extended", Day(first), extended]);
        }

        if (notice.Audience.Length > 0)
        {
            Paragraph(body, text["Paper.Audience", notice.Audience]);
        }

        Paragraph(body, text["Paper.Minutes", notice.Minutes]);
        Paragraph(body, text["Paper.Mode", text["Mode." + notice.Mode].Value, text["Mode." + notice.Mode + ".What"].Value]);
        Paragraph(body, text["Paper.Where"]);
        Paragraph(body, text["Paper.Result", Day(SurveyFlow.ResultDue(notice.ClosesOn))]);
        Paragraph(body, text["Paper.Unit", notice.Unit + (notice.Contact.Length > 0 ? text["Front.Contact", notice.Contact].Value : "")]);
        Heading(body, text["Paper.Questions"]);
        var number = 0;
        foreach (var section in definition.Sections)
        {
            body.Append("<h3>").Append(Encoded(section.Title)).Append("</h3>");
            Paragraphs(body, section.Text);
            Shown(body, definition, section.ShowWhen);
            foreach (var question in section.Questions)
            {
                Question(body, ++number, question);
                Shown(body, definition, question.ShowWhen);
            }
        }

        Paragraph(body, text["Front.Hash", notice.Hash]);
        return new AnnouncementDraft
        {
            SiteId = survey.SiteId,
            Kind = AnnouncementKind.SurveyNotice,
            SubjectId = survey.Id,
            Slug = survey.Key,
            Title = text["Paper.NoticeTitle", notice.Title],
            Summary = text["Paper.NoticeSummary", Day(notice.OpensOn), Day(notice.ClosesOn), notice.Title],
            Body = [new ComposedPart("html", body.ToString())],
            CountsOn = notice.CancelReason is null ? notice.OpensOn : null,
            Content = SurveyJson.Canonical(notice),
        };
    }

    // A reviewer answers for the whole questionnaire: what must be answered, within which limits, and what is shown to whom.
    private void Question(StringBuilder body, int number, SurveyQuestion question)
    {
        List<string> terms = [text["Kind." + question.Kind], text[question.Required ? "Paper.Required" : "Paper.Optional"]];
        terms.AddRange(((string[])
        [
            question.Unit.Length > 0 ? text["Paper.Unit.Of", question.Unit] : "", SurveyTerms.Limits(question, text),
        ]).Where(term => term.Length > 0));
        Paragraph(body, text["Paper.Question", number, question.Title, string.Join(text["Paper.QuestionAnd"], terms)]);
        if (question.Hint.Length > 0)
        {
            Paragraph(body, text["Paper.Hint", question.Hint]);
        }

        if (question.Rows.Count > 0)
        {
            Paragraph(body, text["Paper.Rows", string.Join(text["Paper.And"], question.Rows.Select(row => row.Label))]);
        }

        if (question.Options.Count > 0)
        {
            Paragraph(body, text["Paper.Options", string.Join(text["Paper.And"], question.Options.Select(option =>
                option.Other ? text["Paper.Option.Other", option.Label]
                : option.Exclusive ? text["Paper.Option.Exclusive", option.Label]
                : option.Label))]);
        }
    }

    private void Shown(StringBuilder body, SurveyDefinition definition, SurveyRule? rule)
    {
        if (rule is not null)
        {
            Paragraph(body, SurveyTerms.Shown(definition, rule, text));
        }
    }

    public AnnouncementDraft Result(Survey survey, SurveyReport report)
    {
        var (figures, usage) = report;
        var body = new StringBuilder();
        Heading(body, text["Result.Method"]);
        Paragraph(body, text["Paper.Method", Day(figures.From), Day(figures.Until), figures.Answers, text["Mode." + figures.Mode].Value]);
        Paragraph(body, text["Result.Once." + figures.Mode]);
        Heading(body, text["Result.Usage"]);
        Paragraphs(body, usage);
        Heading(body, text["Result.Figures"]);
        foreach (var (question, number) in figures.Questions.Select((question, index) => (question, index + 1)))
        {
            body.Append("<h3>").Append(Encoded(text["Result.Question", number, question.Title])).Append("</h3>");
            Paragraph(body, text["Result.Answered", text["Kind." + question.Kind].Value, question.Answered]);
            Table(body, question);
            foreach (var quote in question.Quotes)
            {
                Paragraph(body, text["Paper.Quote", quote]);
            }
        }

        foreach (var cross in figures.Crosses)
        {
            body.Append("<h3>").Append(Encoded(text["Cross.Caption", cross.RowTitle, cross.ColumnTitle])).Append("</h3>");
            Rows(
                body, [cross.RowTitle, .. cross.Columns, text["Cross.Sum"]],
                cross.Rows.Select(row => (IReadOnlyList<string>)[row.Label, .. row.Cells.Select(cell => cell is { } count ? Number(count) : text["Cross.Hidden"].Value), Number(row.Sum)])
                    .Append([text["Cross.Sum"], .. cross.ColumnSums.Select(Number), Number(cross.Sum)]));
            Paragraph(body, text["Cross.What", cross.Smallest]);
        }

        return new AnnouncementDraft
        {
            SiteId = survey.SiteId,
            Kind = AnnouncementKind.SurveyResult,
            SubjectId = survey.Id,
            Slug = survey.Key + "-result",
            Title = text["Result.Title", survey.Title],
            Summary = text["Paper.ResultSummary", survey.Title, figures.Answers],
            Body = [new ComposedPart("html", body.ToString())],
            Content = SurveyJson.Canonical(report),
        };
    }

    private void Table(StringBuilder body, QuestionFigures question)
    {
        if (question.Lines.Count == 0)
        {
            return;
        }

        if (question.Kind == QuestionKind.Matrix)
        {
            Rows(
                body, [text["Result.Row"], .. question.Scale, text["Result.MeanPoint"]],
                question.Lines.Select(line => (IReadOnlyList<string>)[line.Label, .. line.Counts!.Select(Number), Number(line.Mean)]));
        }
        else if (question.Kind == QuestionKind.Ranking)
        {
            Rows(
                body, [text["Result.Option"], text["Result.MeanPlace"], text["Result.RankedBy"]],
                question.Lines.Select(line => (IReadOnlyList<string>)[line.Label, Number(line.Mean), Number(line.Count)]));
        }
        else
        {
            Rows(
                body, [text["Result.Option"], text["Result.Count"], text["Result.Share"]],
                question.Lines.Select(line => (IReadOnlyList<string>)[line.Label, Number(line.Count), SurveyCsv.Share(line.Count, question.Answered)]));
        }
    }

    private static void Rows(StringBuilder body, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        body.Append("<table><thead><tr>");
        foreach (var cell in head)
        {
            body.Append("<th>").Append(Encoded(cell)).Append("</th>");
        }

        body.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            body.Append("<tr><th>").Append(Encoded(row[0])).Append("</th>");
            foreach (var cell in row.Skip(1))
            {
                body.Append("<td>").Append(Encoded(cell)).Append("</td>");
            }

            body.Append("</tr>");
        }

        body.Append("</tbody></table>");
    }

    private static void Heading(StringBuilder body, string words) => body.Append("<h2>").Append(Encoded(words)).Append("</h2>");

    private static void Paragraph(StringBuilder body, string words) => body.Append("<p>").Append(Encoded(words)).Append("</p>");

    private static void Paragraphs(StringBuilder body, string words)
    {
        foreach (var line in words.Split('\n').Where(line => line.Length > 0))
        {
            Paragraph(body, line);
        }
    }

    private static string Encoded(string words) => WebUtility.HtmlEncode(words);

    private string Day(DateOnly day) => text["Day", day.Year, day.Month, day.Day];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "—";
}
