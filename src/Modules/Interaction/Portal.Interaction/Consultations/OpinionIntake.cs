using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Interaction.Consultations;

/// <summary>An opinion as it was filled in, by who gives it or by staff for them.</summary>
public record OpinionFields
{
    /// <summary>The sealed token of the form.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>The clause; empty for the draft as a whole.</summary>
    public string Clause { get; init; } = "";

    public OpinionStance? Stance { get; init; }

    public string Text { get; init; } = "";

    public string Name { get; init; } = "";

    public string Unit { get; init; } = "";

    public string Phone { get; init; } = "";

    public bool MayDisplay { get; init; }

    public IReadOnlyList<SentFile> Files { get; init; } = [];
}

/// <summary>What who gave an opinion is given: the code is shown this once.</summary>
/// <param name="Id">The opinion.</param>
/// <param name="Number">Its number.</param>
/// <param name="Code">The follow-up code.</param>
/// <param name="Title">Of the consultation.</param>
/// <param name="Clause">What it is about; null for the draft as a whole.</param>
/// <param name="At">When it was taken (UTC).</param>
/// <param name="ResultBy">The last day of the result.</param>
public sealed record OpinionReceipt(
    Guid Id, string Number, string Code, string Title, string? Clause, DateTimeOffset At, DateOnly? ResultBy);

/// <summary>What both forms of an opinion ask for, in the order of their fields: all that is wrong is said at once.</summary>
internal static class OpinionFieldRules
{
    public static IEnumerable<FieldError> Faults(
        OpinionFields form, ConsultationText consultation, int maximum, IStringLocalizer<OpinionText> text)
    {
        if (form.Clause.Length > 0 && consultation.Clause(form.Clause) is null)
        {
            yield return new(nameof(form.Clause), text["Fault.Clause"]);
        }

        if (form.Stance is null)
        {
            yield return new(nameof(form.Stance), text["Fault.Stance"]);
        }

        if (PublicText.Paragraphs(form.Text) is var words && (words.Length < 5 || !PublicText.Fits(words, maximum)))
        {
            yield return new(nameof(form.Text), text["Fault.Text", maximum]);
        }

        if (form.Files.Count > SentFile.Most)
        {
            yield return new(nameof(form.Files), text["Fault.FilesMany", SentFile.Most]);
        }

        if (form.Files.FirstOrDefault(file => file.IsTooLarge) is { } large)
        {
            yield return new(nameof(form.Files), text["Fault.FileLarge", large.ShownName, SentFile.Largest / (1024 * 1024)]);
        }

        if (!PublicText.Fits(PublicText.Line(form.Name), 30))
        {
            yield return new(nameof(form.Name), text["Fault.Name"]);
        }

        if (!PublicText.Fits(PublicText.Line(form.Unit), 100))
        {
            yield return new(nameof(form.Unit), text["Fault.Unit"]);
        }

        if (Phone(form.Phone) is { Length: > 0 } phone && !IdentityRules.IsPhone(phone))
        {
            yield return new(nameof(form.Phone), text["Fault.Phone"]);
        }
    }

    public static string Phone(string phone) => PublicText.Line(phone).Normalised(NormalizationForm.FormKC);
}

/// <summary>How an opinion came.</summary>
internal sealed record OpinionArrival(
    OpinionChannel Channel, DateOnly Day, string? Suspicion = null, string? PaperReference = null, Actor? Actor = null);

/// <summary>Makes an opinion of a form: number, code and sealed papers in one transaction.</summary>
internal sealed class OpinionIntake(
    InteractionDbContext db, LetterKeyring keyring, OpinionPapers papers, IStringLocalizer<OpinionText> text, TimeProvider clock)
{
    /// <summary>
    /// What became of a form that was taken already: its receipt, or words when something else came with it the second
    /// time. Null when it was not taken.
    /// </summary>
    public async Task<Outcome<OpinionReceipt>?> TakenAsync(OpinionFields form, IssuedForm issued, CancellationToken cancellationToken)
    {
        if (await FindAsync(issued, cancellationToken) is not var (opinion, receipt))
        {
            return null;
        }

        var written = WrittenOf(form);
        var same = opinion.Stance == form.Stance && (opinion.ClauseId ?? "") == form.Clause && opinion.MayDisplay == form.MayDisplay
            && (await papers.WordsAsync(opinion, cancellationToken) is { } kept
                ? kept == written
                : opinion.ContentHash == await ContentHashAsync(written, cancellationToken));
        return same ? receipt : UsedForm.Because(text["Fault.FormUsed", opinion.Number]);
    }

    private async Task<(Opinion Opinion, OpinionReceipt Receipt)?> FindAsync(IssuedForm issued, CancellationToken cancellationToken)
    {
        var taken = await db.Opinions.AsNoTracking().Where(row => row.FormId == issued.Id)
            .Join(db.Consultations, opinion => opinion.ConsultationId, consultation => consultation.Id, (opinion, consultation) => new
            {
                Opinion = opinion,
                consultation.Title,
                consultation.ReportDueOn,
            })
            .SingleOrDefaultAsync(cancellationToken);
        return taken is null
            ? null
            : (taken.Opinion, ReceiptOf(taken.Opinion, taken.Title, taken.ReportDueOn, SecretCode.Of(issued.Seed)));
    }

    /// <summary>All that is wrong with a form; what it depends on is the consultation's and the site's.</summary>
    /// <param name="form">The form.</param>
    /// <param name="consultation">The consultation.</param>
    /// <param name="maximum">The longest opinion.</param>
    /// <param name="before">What is wrong with fields that stand before these.</param>
    public Failure? Fault(OpinionFields form, Consultation consultation, int maximum, params IEnumerable<FieldError> before)
    {
        List<FieldError> errors = [.. before, .. OpinionFieldRules.Faults(form, consultation.Released!, maximum, text)];
        return errors.Count > 0 ? new Failure(FailureKind.Invalid, errors) : null;
    }

    /// <summary>
    /// Takes the opinion. When this returns it is on the disk of the database. Sent twice at the same moment, both get the
    /// receipt of the one opinion.
    /// </summary>
    public async Task<OpinionReceipt> TakeAsync(
        OpinionFields form, IssuedForm issued, IReadOnlyList<InspectedFile> attached, Consultation consultation, OpinionArrival arrival,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var code = SecretCode.Of(issued.Seed);
        var clause = consultation.Released!.Clause(form.Clause);
        var written = WrittenOf(form);
        var (wrapped, key) = keyring.NewKey();
        var opinion = new Opinion
        {
            Id = Guid.CreateVersion7(now),
            SiteId = consultation.SiteId,
            ConsultationId = consultation.Id,
            Number = await OpinionNumber.NextAsync(db, BeijingTime.Date(now).Year, cancellationToken),
            FormId = issued.Id,
            CodeHash = await keyring.HashAsync("opinion-code", code, cancellationToken),
            ContentHash = await ContentHashAsync(written, cancellationToken),
            Channel = arrival.Channel,
            ClauseId = clause?.Id,
            ClauseLabel = clause?.Label,
            Stance = form.Stance!.Value,
            SubmittedAt = now,
            ReceivedOn = arrival.Day,
            MayDisplay = form.MayDisplay,
            Suspicion = arrival.Suspicion,
            PaperReference = arrival.PaperReference,
            SealedKey = wrapped,
        };
        db.Opinions.Add(opinion);
        papers.Add(opinion.Id, key, written);
        foreach (var file in attached)
        {
            await papers.AddFileAsync(opinion.Id, key, file, cancellationToken);
        }

        var trigger = arrival.Actor is null ? ConsultationTrigger.TakeOpinion : ConsultationTrigger.RegisterOpinion;
        db.AddStep(
            consultation, trigger, arrival.Actor, now, null, opinion,
            ("channel", arrival.Channel.ToString()), ("clause", clause?.Label ?? ""), ("stance", opinion.Stance.ToString()),
            ("suspicion", arrival.Suspicion ?? ""));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(OpinionConfiguration.OneForm))
        {
            // A second click arrived first: its opinion is this one.
            db.ChangeTracker.Clear();
            return (await FindAsync(issued, cancellationToken))!.Value.Receipt;
        }

        return ReceiptOf(opinion, consultation.Title, consultation.ReportDueOn, code);
    }

    private static WrittenOpinion WrittenOf(OpinionFields form) => new()
    {
        Name = PublicText.Line(form.Name),
        Unit = PublicText.Line(form.Unit),
        Phone = OpinionFieldRules.Phone(form.Phone),
        Text = PublicText.Paragraphs(form.Text),
    };

    private Task<string> ContentHashAsync(WrittenOpinion written, CancellationToken cancellationToken) =>
        keyring.HashAsync("opinion-content", written.Text, cancellationToken);

    private static OpinionReceipt ReceiptOf(Opinion opinion, string title, DateOnly? due, string code) =>
        new(opinion.Id, opinion.Number, code, title, opinion.ClauseLabel, opinion.SubmittedAt, due);
}
