using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Portal.Disclosure.Requests;

/// <summary>A letter to the applicant, or to somebody who is heard.</summary>
/// <param name="Title">What kind of letter it is.</param>
/// <param name="Number">The request it belongs to.</param>
/// <param name="Addressee">To whom.</param>
/// <param name="Paragraphs">The text.</param>
/// <param name="Signature">Who signs.</param>
/// <param name="Day">The date.</param>
public sealed record Letter(
    string Title, string Number, string Addressee, IReadOnlyList<string> Paragraphs, string Signature, DateOnly Day)
{
    /// <summary>The letter as plain text.</summary>
    public string Text => string.Join(
        "\n\n", [Title, Number, Addressee, .. Paragraphs, Signature, Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
}

/// <summary>Names the texts of the letters; they are beside it.</summary>
public sealed class LetterText;

/// <summary>Writes the letters from the templates, with grounds, dates and the remedies .</summary>
internal sealed class RequestLetters(IStringLocalizer<LetterText> text)
{
    public Letter Correction(RequestCase found, Applicant applicant, RequestInput input, DateOnly day, DateOnly due) =>
        Write(found, applicant, "Correction", day,
            [text["Opening", Day(found.Request.SubmittedAt), applicant.TitleOf(found.Request)], text["Correction.What"], .. Lines(input.Text),
                text["Correction.Until", Day(due)]]);

    public Letter Reasons(RequestCase found, Applicant applicant, RequestInput input, DateOnly day, DateOnly due) =>
        Write(found, applicant, "Reasons", day,
            [text["Opening", Day(found.Request.SubmittedAt), applicant.TitleOf(found.Request)], text["Reasons.Why"], .. Lines(input.Text),
                text["Reasons.Until", Day(due)]]);

    public Letter Deferral(RequestCase found, Applicant applicant, RequestInput input, DateOnly day, DateOnly due) =>
        Write(found, applicant, "Deferral", day,
            [text["Opening", Day(found.Request.SubmittedAt), applicant.TitleOf(found.Request)], text["Deferral.Why"], .. Lines(input.Text),
                text["Deferral.Until", Day(due)]]);

    public Letter Extension(RequestCase found, Applicant applicant, string reason, DateOnly day, DateOnly due) =>
        Write(found, applicant, "Extension", day,
            [text["Opening", Day(found.Request.SubmittedAt), applicant.TitleOf(found.Request)], text["Extension.Why"], .. Lines(reason),
                text["Extension.Until", Day(due)]]);

    public Letter Fee(RequestCase found, Applicant applicant, FeeMode mode, int units, int yuan, DateOnly day, DateOnly due) =>
        Write(found, applicant, "Fee", day,
            [text["Opening", Day(found.Request.SubmittedAt), applicant.TitleOf(found.Request)], text["Fee.Amount." + mode, units, yuan],
                text["Fee.Until", Day(due)], text["Fee.Objection"]]);

    public Letter Consultation(RequestCase found, RequestInput input, DateOnly day, DateOnly due) =>
        new(text["Consultation.Title"], found.Request.Number, text["Addressee", input.Party],
            [text["Consultation." + input.PartyKind, found.Request.Title], .. Lines(input.Text),
                text["Consultation.Until", found.ConsultationLimit(input.PartyKind).Amount, Day(due)],
                text["Consultation.Silent." + input.PartyKind]],
            found.Request.OrganisationName, day);

    public Letter Abandoned(RequestCase found, Applicant applicant, DateOnly day) =>
        Write(found, applicant, "Abandoned", day,
            [text["Opening", Day(found.Request.SubmittedAt), applicant.TitleOf(found.Request)],
                text[found.Request.State == RequestState.AwaitingFee ? "Abandoned.Fee" : "Abandoned.Correction"], Remedies(null)]);

    public Letter Reply(RequestCase found, Applicant applicant, AnswerDraft draft, DateOnly day)
    {
        var row = ReplyRows.Current.Find(draft.Outcome)!;
        List<string> paragraphs =
        [
            text["Opening", Day(found.Request.SubmittedAt), applicant.TitleOf(found.Request)],
            text["Reply." + row.Template, row.Basis ?? "", row.Name, draft.Earlier],
        ];
        if (draft.Grounds.Length > 0)
        {
            paragraphs.AddRange(Lines(text["Reply.Grounds"] + draft.Grounds));
        }

        if (draft.Content.Length > 0)
        {
            paragraphs.AddRange(Lines(text["Reply.Content"] + draft.Content));
        }

        if (draft.Files.Count > 0)
        {
            paragraphs.Add(text["Reply.Files", string.Join('；', draft.Files.Select((file, index) => $"{index + 1}. {file.Name}"))]);
        }

        paragraphs.Add(Remedies(row));
        return Write(found, applicant, "Reply", day, paragraphs);
    }

    private string Remedies(ReplyRow? row)
    {
        var limits = ReplyRows.Current.Remedies;
        return row is { ReviewFirst: true }
            ? text["Remedies.ReviewFirst", limits.ReviewDays, limits.AfterReviewDays]
            : text["Remedies.Either", limits.ReviewDays, limits.LawsuitMonths];
    }

    private Letter Write(
        RequestCase found, Applicant applicant, string kind, DateOnly day, IReadOnlyList<string> paragraphs) =>
        new(text[kind + ".Title"], found.Request.Number, text["Addressee", applicant.Name], paragraphs,
            found.Request.OrganisationName, day);

    private string Day(DateTimeOffset at) => Day(Portal.Shared.Ui.BeijingTime.Date(at));

    private string Day(DateOnly day) => text["Day", day.Year, day.Month, day.Day];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
