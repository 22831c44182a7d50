using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>A letter as it was filled in, by the writer or by staff for them.</summary>
public record LetterFields
{
    /// <summary>The sealed token of the form.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>The mailbox, by its key.</summary>
    public string Mailbox { get; init; } = "";

    /// <summary>Null until something is chosen.</summary>
    public LetterKind? Kind { get; init; }

    public string Name { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    public bool MayPublish { get; init; }

    public IReadOnlyList<SentFile> Files { get; init; } = [];
}

/// <summary>What the writer is given: the code is shown this once.</summary>
/// <param name="Id">The letter.</param>
/// <param name="Number">Its number.</param>
/// <param name="Code">The follow-up code.</param>
/// <param name="MailboxName">Where it went.</param>
/// <param name="Title">Its title, for who sees the receipt only.</param>
/// <param name="At">When it was taken (UTC).</param>
/// <param name="TextHash">SHA-256 over number, time, title, text and code; the trail seals it.</param>
/// <param name="AnswerBy">The last day of the answer as it stands now.</param>
/// <param name="Files">Names of the files that came with it.</param>
/// <param name="SignedNote">Number, time and hash as a signed note; null when the platform cannot sign now.</param>
public sealed record LetterReceipt(
    Guid Id, string Number, string Code, string MailboxName, string Title, DateTimeOffset At, string TextHash, DateOnly? AnswerBy,
    IReadOnlyList<string> Files, string? SignedNote);

/// <summary>What both forms of a letter ask for.</summary>
internal static class LetterFieldRules
{
    public const int MaximumTitle = 50;
    public const int MaximumText = 2000;

    public static void Apply<T>(AbstractValidator<T> validator, IStringLocalizer<LetterText> text)
        where T : LetterFields
    {
        validator.RuleFor(form => form.Mailbox).NotEmpty().WithMessage(_ => text["Fault.Mailbox"]);
        validator.RuleFor(form => form.Kind).NotNull().WithMessage(_ => text["Fault.Kind"]);
        validator.RuleFor(form => form.Title)
            .Must(title => PublicText.Line(title) is { Length: >= 2 } line && PublicText.Fits(line, MaximumTitle))
            .WithMessage(_ => text["Fault.Title", MaximumTitle]);
        validator.RuleFor(form => form.Text)
            .Must(words => PublicText.Paragraphs(words) is { Length: >= 10 } lines && PublicText.Fits(lines, MaximumText))
            .WithMessage(_ => text["Fault.Text", MaximumText]);
        validator.RuleFor(form => form.Files)
            .Must(files => files.Count <= SentFile.Most).WithMessage(_ => text["Fault.FilesMany", SentFile.Most])
            .Must(files => !files.Any(file => file.IsTooLarge))
            .WithMessage(form => text["Fault.FileLarge", form.Files.First(file => file.IsTooLarge).ShownName, SentFile.Largest / (1024 * 1024)]);
        validator.RuleFor(form => form.Name).Must(name => PublicText.Line(name) is { Length: > 0 } line && PublicText.Fits(line, 30))
            .WithMessage(_ => text["Fault.Name"]);
        validator.RuleFor(form => form.Phone)
            .Must(phone => PublicText.Line(phone).Normalised(NormalizationForm.FormKC) is var line && (line.Length == 0 || IdentityRules.IsPhone(line)))
            .WithMessage(_ => text["Fault.Phone"]);
    }
}

/// <summary>Makes a letter of a form: number, code, sealed papers and first step in one transaction.</summary>
internal sealed class LetterIntake(
    InteractionDbContext db, LetterKeyring keyring, LetterPapers papers, LetterWriter writer, LetterReceipts receipts, ISender sender,
    IStringLocalizer<LetterText> text, TimeProvider clock)
{
    /// <summary>
    /// What became of a form that was taken already: its receipt, or words when other words came with it the second time
    /// (somebody went back and changed them). Null when it was not taken.
    /// </summary>
    public async Task<Outcome<LetterReceipt>?> TakenAsync(LetterFields form, IssuedForm issued, CancellationToken cancellationToken)
    {
        if (await FindAsync(issued, cancellationToken) is not { } taken)
        {
            return null;
        }

        var content = await ContentHashAsync(PublicText.Line(form.Title), PublicText.Paragraphs(form.Text), cancellationToken);
        return await db.Letters.AnyAsync(row => row.FormId == issued.Id && row.ContentHash == content, cancellationToken)
            ? taken
            : UsedForm.Because(text["Fault.FormUsed", taken.Number]);
    }

    private async Task<LetterReceipt?> FindAsync(IssuedForm issued, CancellationToken cancellationToken)
    {
        var taken = await db.Letters.AsNoTracking().Where(row => row.FormId == issued.Id)
            .Join(db.Mailboxes, letter => letter.MailboxId, mailbox => mailbox.Id, (letter, mailbox) => new { Letter = letter, mailbox.Name })
            .SingleOrDefaultAsync(cancellationToken);
        return taken is null
            ? null
            : await ReceiptOfAsync(
                taken.Letter, taken.Name, (await papers.TextAsync(taken.Letter, cancellationToken))?.Title ?? "", SecretCode.Of(issued.Seed),
                await papers.FileNamesAsync(taken.Letter, cancellationToken), cancellationToken);
    }

    /// <summary>Inspects the files; the first fault ends it.</summary>
    public async Task<Outcome<IReadOnlyList<InspectedFile>>> InspectAsync(
        IReadOnlyList<SentFile> sent, string field, CancellationToken cancellationToken)
    {
        foreach (var file in sent)
        {
            var hindrance = file.Content.Length == 0 ? "Fault.FileEmpty" : SentFiles.IsPhonePhoto(file) ? "Fault.FilePhone"
                : SentFiles.KindOf(file) is null ? "Fault.FileKind" : null;
            if (hindrance is not null)
            {
                return Failure.Invalid(field, text[hindrance, file.ShownName]);
            }
        }

        return await sender.InspectAsync(sent, field, cancellationToken);
    }

    /// <summary>
    /// Takes the letter. When this returns it is on the disk of the database: an acknowledged letter is never lost. Sent
    /// twice at the same moment, both get the receipt of the one letter.
    /// </summary>
    public async Task<LetterReceipt> TakeAsync(
        LetterFields form, IssuedForm issued, IReadOnlyList<InspectedFile> attached, Mailbox mailbox, LetterChannel channel, DateOnly day,
        string? suspicion, Actor? actor, CancellationToken cancellationToken)
    {
        var code = SecretCode.Of(issued.Seed);
        var (letter, title) = await AddAsync(
            form, issued.Id, code, await keyring.HashAsync("code", code, cancellationToken), attached, mailbox, channel, day, suspicion,
            actor, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(LetterConfiguration.OneForm))
        {
            // A second click arrived first: its letter is this one.
            db.ChangeTracker.Clear();
            return (await FindAsync(issued, cancellationToken))!;
        }

        return await ReceiptOfAsync(letter, mailbox.Name, title, code, [.. attached.Select(file => file.Name)], cancellationToken);
    }

    /// <summary>
    /// Adds a letter for what somebody asked in an interview that had no time for it: their code goes on opening it. It is
    /// saved with what the caller changes.
    /// </summary>
    public async Task<Letter> TakeOverAsync(
        LetterFields form, Guid formId, string codeHash, Mailbox mailbox, string question, DateOnly day, Actor? actor,
        CancellationToken cancellationToken) =>
        (await AddAsync(form, formId, "", codeHash, [], mailbox, LetterChannel.Interview, day, null, actor, cancellationToken, question)).Letter;

    private async Task<(Letter Letter, string Title)> AddAsync(
        LetterFields form, Guid formId, string code, string codeHash, IReadOnlyList<InspectedFile> attached, Mailbox mailbox,
        LetterChannel channel, DateOnly day, string? suspicion, Actor? actor, CancellationToken cancellationToken,
        string? question = null)
    {
        var now = clock.GetUtcNow();
        var written = new WrittenLetter
        {
            Name = PublicText.Line(form.Name),
            Phone = PublicText.Line(form.Phone).Normalised(NormalizationForm.FormKC),
            Title = PublicText.Line(form.Title),
            Text = PublicText.Paragraphs(form.Text),
        };
        var number = await LetterNumber.NextAsync(db, BeijingTime.Date(now).Year, cancellationToken);
        var (wrapped, key) = keyring.NewKey();
        var letter = new Letter
        {
            Id = Guid.CreateVersion7(now),
            SiteId = mailbox.SiteId,
            MailboxId = mailbox.Id,
            Number = number,
            FormId = formId,
            CodeHash = codeHash,
            ContentHash = await ContentHashAsync(written.Title, written.Text, cancellationToken),
            Channel = channel,
            Kind = form.Kind!.Value,
            Subject = new WriterMask(written, withWriter: true).Of(written.Title).CutTo(200),
            SubmittedAt = now,
            TextHash = HashOf(number, now, written.Title, written.Text, code),
            MayPublish = form.MayPublish,
            Suspicion = suspicion,
            SealedKey = wrapped,
        };
        writer.Open(letter, actor is null ? LetterTrigger.Submit : LetterTrigger.Register, day, actor, question);
        papers.Add(letter.Id, key, LetterPaperKind.Letter, written);
        foreach (var file in attached)
        {
            await papers.AddFileAsync(letter.Id, key, file, cancellationToken);
        }

        return (letter, written.Title);
    }

    private Task<string> ContentHashAsync(string title, string words, CancellationToken cancellationToken) =>
        keyring.HashAsync("content", title + "\n" + words, cancellationToken);

    // The code makes the hash one that only who holds the receipt can work out again.
    public static string HashOf(string number, DateTimeOffset at, string title, string words, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', number, LetterReceipts.Time(at), title, words, code))));

    private async Task<LetterReceipt> ReceiptOfAsync(
        Letter letter, string mailbox, string title, string code, IReadOnlyList<string> files, CancellationToken cancellationToken) =>
        new(letter.Id, letter.Number, code, mailbox, title, letter.SubmittedAt, letter.TextHash, letter.DueOn, files,
            await receipts.SignAsync(letter, cancellationToken));
}
