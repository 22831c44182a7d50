using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>The content of a request as it was filled in, by the applicant or by staff for them .</summary>
public record RequestFields
{
    /// <summary>The sealed token of the form.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>Null until something is chosen.</summary>
    public ApplicantKind? ApplicantKind { get; init; }

    public string Name { get; init; } = "";

    public IdentityDocument? Document { get; init; }

    public string DocumentNumber { get; init; } = "";

    public string Contact { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";

    public string Address { get; init; } = "";

    public string PostCode { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>文号</summary>
    public string Reference { get; init; } = "";

    public string Description { get; init; } = "";

    public WantedForm? Form { get; init; }

    public DeliveryWay? Delivery { get; init; }

    public string Help { get; init; } = "";

    public IReadOnlyList<SentFile> Files { get; init; } = [];
}

/// <summary>What the applicant is given: the code is shown this once.</summary>
public sealed record RequestReceipt(
    Guid Id, string Number, string Code, string Title, string OrganisationName, DateTimeOffset At, string TextHash, RequestState State);

/// <summary>What both forms of a request ask for.</summary>
internal static class RequestFieldRules
{
    public const int MaximumTitle = 200;
    public const int MaximumDescription = 2000;

    public static void Apply<T>(AbstractValidator<T> validator, IStringLocalizer<RequestText> text)
        where T : RequestFields
    {
        validator.RuleFor(form => form.ApplicantKind).NotNull().WithMessage(_ => text["Fault.ApplicantKind"]);
        validator.RuleFor(form => form.Name).Must(name => PublicText.Line(name) is { Length: >= 2 } line && PublicText.Fits(line, 60))
            .WithMessage(_ => text["Fault.Name"]);
        validator.RuleFor(form => form.Document).NotNull().WithMessage(_ => text["Fault.Document"]);
        validator.RuleFor(form => form.Document)
            .Must((form, document) => form.ApplicantKind is not { } kind || document is not { } known || Fits(kind, known))
            .WithMessage(form => text[form.ApplicantKind == Requests.ApplicantKind.NaturalPerson ? "Fault.DocumentOfPerson" : "Fault.DocumentOfOrganisation"]);
        validator.RuleFor(form => form.DocumentNumber)
            .Must((form, number) => form.Document is not { } kind || IdentityRules.IsNumber(kind, IdentityRules.Normalise(number)))
            .WithMessage(form => text["Fault.DocumentNumber." + (form.Document is IdentityDocument.ResidentCard or IdentityDocument.CreditCode ? form.Document.ToString() : "Other")]);
        validator.RuleFor(form => form.Contact).Must(name => PublicText.Line(name) is { Length: >= 2 } line && PublicText.Fits(line, 60))
            .When(form => form.ApplicantKind is not null and not Requests.ApplicantKind.NaturalPerson)
            .WithMessage(_ => text["Fault.Contact"]);
        validator.RuleFor(form => form.Phone).Must(phone => IdentityRules.IsPhone(PublicText.Line(phone).Normalised(NormalizationForm.FormKC)))
            .WithMessage(_ => text["Fault.Phone"]);
        validator.RuleFor(form => form.Email).Must(email => PublicText.Line(email) is var line && (line.Length == 0 || IdentityRules.IsEmail(line)))
            .WithMessage(_ => text["Fault.Email"]);
        validator.RuleFor(form => form.Email).Must(email => PublicText.Line(email).Length > 0)
            .When(form => form.Delivery == DeliveryWay.Email).WithMessage(_ => text["Fault.EmailMissing"]);
        validator.RuleFor(form => form.Address).Must(address => PublicText.Line(address) is { Length: >= 5 } line && PublicText.Fits(line, 200))
            .WithMessage(_ => text["Fault.Address"]);
        validator.RuleFor(form => form.PostCode).Must(code => PublicText.Line(code) is var line && (line.Length == 0 || (line.Length == 6 && line.All(char.IsAsciiDigit))))
            .WithMessage(_ => text["Fault.PostCode"]);
        validator.RuleFor(form => form.Title).Must(title => PublicText.Line(title) is { Length: >= 2 } line && PublicText.Fits(line, MaximumTitle))
            .WithMessage(_ => text["Fault.Title"]);
        validator.RuleFor(form => form.Reference).Must(number => PublicText.Fits(PublicText.Line(number), 100))
            .WithMessage(_ => text["Fault.Reference"]);
        validator.RuleFor(form => form.Description).Must(words => PublicText.Paragraphs(words) is { Length: >= 5 } lines && PublicText.Fits(lines, MaximumDescription))
            .WithMessage(_ => text["Fault.Description", MaximumDescription]);
        validator.RuleFor(form => form.Form).NotNull().WithMessage(_ => text["Fault.Form"]);
        validator.RuleFor(form => form.Delivery).NotNull().WithMessage(_ => text["Fault.Delivery"]);
        validator.RuleFor(form => form.Help).Must(help => PublicText.Fits(PublicText.Line(help), 200))
            .WithMessage(_ => text["Fault.Help"]);
        validator.RuleFor(form => form.Files).Files(text);
    }

    // What proves a person does not prove an organisation; a permit or certificate of another kind may prove either.
    private static bool Fits(ApplicantKind kind, IdentityDocument document) => document switch
    {
        IdentityDocument.Other => true,
        IdentityDocument.CreditCode => kind != Requests.ApplicantKind.NaturalPerson,
        _ => kind == Requests.ApplicantKind.NaturalPerson,
    };

    /// <summary>How many files a form may carry, and how large they may be.</summary>
    public static void Files<T>(this IRuleBuilderInitial<T, IReadOnlyList<SentFile>> rule, IStringLocalizer<RequestText> text) => rule
        .Must(files => files.Count <= SentFile.Most).WithMessage(_ => text["Fault.FilesMany", SentFile.Most])
        .Must(files => !files.Any(file => file.IsTooLarge))
        .WithMessage((_, files) => text["Fault.FileLarge", files.First(file => file.IsTooLarge).ShownName, SentFile.Largest / (1024 * 1024)]);
}

/// <summary>Makes a case of a form: number, code, sealed papers and first step in one transaction.</summary>
internal sealed class RequestIntake(
    DisclosureDbContext db, RequestKeyring keyring, RequestFiles files, RequestWriter writer, ISender sender,
    IStringLocalizer<RequestText> text, TimeProvider clock)
{
    /// <summary>The receipt of a form that was taken already; null when it was not.</summary>
    public async Task<RequestReceipt?> FindAsync(IssuedForm issued, CancellationToken cancellationToken)
    {
        var request = await db.Requests.AsNoTracking().SingleOrDefaultAsync(row => row.FormId == issued.Id, cancellationToken);
        return request is null ? null
            : ReceiptOf(request, SecretCode.Of(issued.Seed), (await files.ApplicantAsync(request, cancellationToken))?.TitleOf(request) ?? request.Title);
    }

    /// <summary>What applicants may send: what their forms say.</summary>
    public static readonly IReadOnlyList<string> ProofKinds = ["image/jpeg", "image/png", "application/pdf"];

    /// <summary>Inspects the files; the first fault ends it.</summary>
    /// <param name="sent">The files.</param>
    /// <param name="field">Where they were chosen.</param>
    /// <param name="kinds">Media types that the form takes; null: all that the platform keeps.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<IReadOnlyList<InspectedFile>>> InspectAsync(
        IReadOnlyList<SentFile> sent, string field, IReadOnlyList<string>? kinds, CancellationToken cancellationToken)
    {
        List<InspectedFile> kept = [];
        foreach (var file in sent)
        {
            // What a form does not take is named before what may be wrong with it.
            if (kinds is not null && SentFiles.IsPhonePhoto(file))
            {
                return Failure.Invalid(field, text["Fault.FilePhone", file.ShownName]);
            }

            if (kinds is not null && !kinds.Contains(SentFiles.KindOf(file)))
            {
                return Failure.Invalid(field, text["Fault.FileKind", file.ShownName]);
            }

            var seen = await sender.Send(new InspectFile(file.Name, file.Content), cancellationToken);
            if (seen.Fault is { } fault)
            {
                return Failure.Invalid(field, fault);
            }

            if (kinds is not null && !kinds.Contains(seen.MediaType))
            {
                return Failure.Invalid(field, text["Fault.FileKind", file.ShownName]);
            }

            kept.Add(new InspectedFile(seen.Name, seen.MediaType, seen.Content));
        }

        return kept;
    }

    public async Task<RequestReceipt> TakeAsync(
        RequestFields form, IssuedForm issued, IReadOnlyList<InspectedFile> attached, SiteInfo site, ReceiptChannel channel, DateOnly day,
        Actor? actor, string? note, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var code = SecretCode.Of(issued.Seed);
        var codeHash = await keyring.HashAsync("code", code, cancellationToken);
        var number = IdentityRules.Normalise(form.DocumentNumber);
        var applicantHash = await keyring.HashAsync("applicant", $"{form.Document}:{number}", cancellationToken);
        var applicant = new Applicant
        {
            Name = PublicText.Line(form.Name),
            Document = form.Document!.Value,
            DocumentNumber = number,
            Contact = PublicText.Line(form.Contact),
            Phone = PublicText.Line(form.Phone),
            Email = PublicText.Line(form.Email),
            Address = PublicText.Line(form.Address),
            PostCode = PublicText.Line(form.PostCode),
            Title = PublicText.Line(form.Title),
            Description = PublicText.Paragraphs(form.Description),
            Help = PublicText.Line(form.Help),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var requestNumber = await RequestNumber.NextAsync(db, site.OrganisationId, BeijingTime.Date(now).Year, cancellationToken);
        var (wrapped, key) = keyring.NewKey();
        var title = PublicText.Line(form.Title);
        var reference = PublicText.Line(form.Reference);
        var request = new InformationRequest
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            OrganisationId = site.OrganisationId,
            OrganisationName = site.OrganisationName,
            Number = requestNumber,
            FormId = issued.Id,
            CodeHash = codeHash,
            Channel = channel,
            ApplicantKind = form.ApplicantKind!.Value,
            // What people write into it of themselves lies with the papers.
            Title = Masking.InText(title),
            DocumentNumber = reference.Length == 0 ? null : reference,
            Form = form.Form!.Value,
            Delivery = form.Delivery!.Value,
            SubmittedAt = now,
            TextHash = HashOf(requestNumber, now, title, reference, applicant.Description, code),
            SealedKey = wrapped,
            ApplicantHash = applicantHash,
        };
        writer.Open(request, actor is null ? RequestTrigger.Submit : RequestTrigger.Register, day, actor, note);
        files.Add(request.Id, key, PaperKind.Application, applicant);
        foreach (var file in attached)
        {
            await files.AddFileAsync(request.Id, key, PaperKind.Attachment, file, cancellationToken);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(InformationRequestConfiguration.OneForm))
        {
            // A second click arrived first: its case is this one.
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            return (await FindAsync(issued, cancellationToken))!;
        }

        return ReceiptOf(request, code, title);
    }

    // The code makes the hash one that only who holds the receipt can work out again.
    public static string HashOf(string number, DateTimeOffset at, string title, string reference, string description, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', number, at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), title, reference, description, code))));

    private static RequestReceipt ReceiptOf(InformationRequest request, string code, string title) =>
        new(request.Id, request.Number, code, title, request.OrganisationName, request.SubmittedAt, request.TextHash, request.State);
}
