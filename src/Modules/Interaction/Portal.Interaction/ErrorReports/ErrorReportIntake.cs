using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

/// <summary>A report as it was filled in.</summary>
public record ErrorReportFields
{
    /// <summary>The sealed token of the form.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>The address of the page: on this site, or a whole one.</summary>
    public string Page { get; init; } = "";

    /// <summary>The document and the edition that the link carried.</summary>
    public Guid? Document { get; init; }

    public Guid? Edition { get; init; }

    /// <summary>Null until something is chosen.</summary>
    public ErrorKind? Kind { get; init; }

    public string Quote { get; init; } = "";

    public string Prefix { get; init; } = "";

    public string Suffix { get; init; } = "";

    public string Problem { get; init; } = "";

    public string Proposal { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";
}

/// <summary>What the reporter is given: the code is shown this once.</summary>
/// <param name="Id">The report.</param>
/// <param name="Number">Its number.</param>
/// <param name="Code">The follow-up code.</param>
/// <param name="Page">What the page it is about is called; empty when nothing is known of it.</param>
/// <param name="Address">Where it is on its site.</param>
/// <param name="At">When it was taken (UTC).</param>
/// <param name="TextHash">SHA-256 over number, time, page, words and code; the trail seals it.</param>
/// <param name="AnswerBy">The last day of the answer.</param>
/// <param name="Joined">Somebody else reported the same: both get its answer.</param>
/// <param name="Written">What was sent, as the hash counts it; null once it is erased.</param>
public sealed record ErrorReceipt(
    Guid Id, string Number, string Code, string Page, string Address, DateTimeOffset At, string TextHash, DateOnly AnswerBy, bool Joined,
    WrittenReport? Written);

/// <summary>What the forms of a report ask for.</summary>
internal static class ErrorReportFieldRules
{
    public const int MaximumQuote = 300;
    public const int MaximumText = 500;
    public const int MaximumAround = 60;

    public static void Apply<T>(AbstractValidator<T> validator, IStringLocalizer<ErrorReportText> text)
        where T : ErrorReportFields
    {
        validator.RuleFor(form => form.Kind).NotNull().WithMessage(_ => text["Fault.Kind"]);
        validator.RuleFor(form => form.Quote).Must(words => PublicText.Fits(PublicText.Line(words), MaximumQuote))
            .WithMessage(_ => text["Fault.Quote", MaximumQuote]);
        validator.RuleFor(form => form.Problem)
            .Must(words => PublicText.Paragraphs(words) is { Length: >= 2 } lines && PublicText.Fits(lines, MaximumText))
            .WithMessage(_ => text["Fault.Problem", MaximumText]);
        validator.RuleFor(form => form.Proposal).Must(words => PublicText.Fits(PublicText.Paragraphs(words), MaximumText))
            .WithMessage(_ => text["Fault.Proposal", MaximumText]);
        validator.RuleFor(form => form.Phone).Must(phone => Number(phone) is var line && (line.Length == 0 || IdentityRules.IsPhone(line)))
            .WithMessage(_ => text["Fault.Phone"]);
        validator.RuleFor(form => form.Email).Must(email => PublicText.Line(email) is var line && (line.Length == 0 || IdentityRules.IsEmail(line)))
            .WithMessage(_ => text["Fault.Email"]);
    }

    public static string Number(string typed) => PublicText.Line(typed).Normalised(NormalizationForm.FormKC);
}

/// <summary>Makes a report of a form: number, code, sealed words and first step in one transaction.</summary>
internal sealed class ErrorReportIntake(
    InteractionDbContext db, ErrorReportKeyring keyring, ErrorReportWriter writer, IStringLocalizer<ErrorReportText> text, TimeProvider clock)
{
    // Study B9: equal fields within five minutes are one report.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(300);

    /// <summary>
    /// What became of a form that was taken already: its receipt, or words when something else came with it the second
    /// time. Null when it was not taken.
    /// </summary>
    /// <param name="form">The form as it came now.</param>
    /// <param name="issued">Which form it is.</param>
    /// <param name="page">The page it names now; null: none that can be.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<ErrorReceipt>?> TakenAsync(
        ErrorReportFields form, IssuedForm issued, PageOfReport? page, CancellationToken cancellationToken)
    {
        if (await FindAsync(issued, cancellationToken) is not { } taken)
        {
            return null;
        }

        var written = WrittenOf(form);
        var same = taken.Kind == form.Kind && page is not null && (taken.SiteId, taken.Page) == (page.Site.Id, page.Address)
            && (keyring.Open(taken) is { } kept
                ? kept == written
                : taken.ContentHash == await ContentHashAsync(form, written, cancellationToken));
        return same ? ReceiptOf(taken, written, SecretCode.Of(issued.Seed)) : UsedForm.Because(text["Fault.FormUsed", taken.Number]);
    }

    private Task<ErrorReport?> FindAsync(IssuedForm issued, CancellationToken cancellationToken) =>
        db.ErrorReports.AsNoTracking().SingleOrDefaultAsync(row => row.FormId == issued.Id, cancellationToken);

    /// <summary>Takes the report. When this returns it is on the disk of the database.</summary>
    public async Task<ErrorReceipt> TakeAsync(
        ErrorReportFields form, IssuedForm issued, PageOfReport page, ErrorSource source, string? suspicion, Actor? actor,
        CancellationToken cancellationToken)
    {
        var code = SecretCode.Of(issued.Seed);
        var report = await ReportOfAsync(form, issued, page, source, suspicion, code, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One at a time for a page: two that say the same at the same moment must see each other.
        var page64 = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(page.Site.Id + page.Address)));
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({page64})", cancellationToken);
        // A second click waited here for the first: its report is this one.
        if (await FindAsync(issued, cancellationToken) is { } taken)
        {
            return ReceiptOf(taken, keyring.Open(taken), code);
        }

        writer.Open(report, await TwinAsync(report, cancellationToken), actor);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(ErrorReportConfiguration.OneForm))
        {
            // The same form with another page.
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            var first = (await FindAsync(issued, cancellationToken))!;
            return ReceiptOf(first, keyring.Open(first), code);
        }

        await transaction.CommitAsync(cancellationToken);
        return ReceiptOf(report, WrittenOf(form), code);
    }

    private async Task<ErrorReport> ReportOfAsync(
        ErrorReportFields form, IssuedForm issued, PageOfReport page, ErrorSource source, string? suspicion, string code,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var written = WrittenOf(form);
        var id = Guid.CreateVersion7(now);
        var number = await ErrorReportNumber.NextAsync(db, BeijingTime.Date(now).Year, cancellationToken);
        var (wrapped, key) = keyring.NewKey();
        return new ErrorReport
        {
            Id = id,
            SiteId = page.Site.Id,
            Number = number,
            FormId = issued.Id,
            CodeHash = await keyring.HashAsync(ErrorReportKeyring.Code, code, cancellationToken),
            Source = source,
            Kind = form.Kind!.Value,
            Page = page.Address,
            PageTitle = page.Title,
            DocumentId = page.DocumentId,
            // The link of a page that somebody had open for long carries an older edition than there is now.
            EditionId = page.DocumentId is not null && form.Document == page.DocumentId ? form.Edition ?? page.EditionId : page.EditionId,
            ContentHash = await ContentHashAsync(form, written, cancellationToken),
            QuoteHash = written.Quote.Length == 0 ? null
                : await keyring.HashAsync(ErrorReportKeyring.Quote, written.Quote, cancellationToken),
            SubmittedAt = now,
            TextHash = HashOf(number, now, page.Address, written, code),
            Suspicion = suspicion,
            SealedKey = wrapped,
            Sealed = CaseKeyring.SealAsJson(key, id, written),
            CalendarVersion = "",
        };
    }

    // The same passage of the same page while its report is open, or the same words sent again within minutes.
    private Task<ErrorReport?> TwinAsync(ErrorReport report, CancellationToken cancellationToken)
    {
        var soon = report.SubmittedAt - SameMoment;
        var open = ErrorReportFlow.Open;
        return db.ErrorReports.AsNoTracking()
            .Where(row => row.SiteId == report.SiteId && row.Page == report.Page && row.JoinedTo == null
                && ((report.QuoteHash != null && row.QuoteHash == report.QuoteHash && open.Contains(row.State))
                    || (row.ContentHash == report.ContentHash && row.SubmittedAt > soon)))
            .OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static WrittenReport WrittenOf(ErrorReportFields form) => new()
    {
        Quote = PublicText.Line(form.Quote),
        Prefix = PublicText.Line(form.Prefix).CutTo(ErrorReportFieldRules.MaximumAround),
        Suffix = PublicText.Line(form.Suffix).CutTo(ErrorReportFieldRules.MaximumAround),
        Problem = PublicText.Paragraphs(form.Problem),
        Proposal = PublicText.Paragraphs(form.Proposal),
        Phone = ErrorReportFieldRules.Number(form.Phone),
        Email = PublicText.Line(form.Email),
    };

    private Task<string> ContentHashAsync(ErrorReportFields form, WrittenReport written, CancellationToken cancellationToken) =>
        keyring.HashAsync(
            ErrorReportKeyring.Content, string.Join('\n', form.Kind, written.Quote, written.Problem, written.Proposal), cancellationToken);

    // The code makes the hash one that only who holds the receipt can work out again.
    private static string HashOf(string number, DateTimeOffset at, string page, WrittenReport written, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', number, at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), page, written.Quote,
            written.Problem, written.Proposal, code))));

    private static ErrorReceipt ReceiptOf(ErrorReport report, WrittenReport? written, string code) => new(
        report.Id, report.Number, code, report.PageTitle, report.Page, report.SubmittedAt,
        report.TextHash, report.DueOn, report.JoinedTo is not null, written);
}
