using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Requests.FollowRequest;

/// <summary>What an applicant does to a case that is open before them: sends a correction, or withdraws.</summary>
public sealed record AnswerRequest : IRequest<Outcome<Done>>, IPublicRequest
{
    public string Ticket { get; init; } = "";

    /// <summary>Withdraws; else it is a correction.</summary>
    public bool Withdraws { get; init; }

    public bool Sure { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<SentFile> Files { get; init; } = [];
}

internal sealed class AnswerRequestValidator : AbstractValidator<AnswerRequest>
{
    public AnswerRequestValidator(IStringLocalizer<RequestText> text)
    {
        RuleFor(form => form.Text).Must(words => PublicText.Paragraphs(words) is { Length: >= 2 } lines && PublicText.Fits(lines, RequestRules.MaximumText))
            .Unless(form => form.Withdraws).WithMessage(_ => text["Fault.CorrectText"]);
        RuleFor(form => form.Sure).Equal(true).When(form => form.Withdraws).WithMessage(_ => text["Fault.Sure"]);
        RuleFor(form => form.Files).Must(files => files.Count <= SentFile.Most).WithMessage(_ => text["Fault.FilesMany", SentFile.Most]);
        RuleFor(form => form.Files).Must(files => files.All(file => file.Content.Length <= SentFile.Largest))
            .WithMessage(_ => text["Fault.FileLarge", SentFile.Largest / (1024 * 1024)]);
    }
}

internal sealed class AnswerRequestHandler(
    DisclosureDbContext db,
    RequestForms forms,
    RequestWriter writer,
    RequestIntake intake,
    RequestFiles files,
    RequestKeyring keyring,
    ICurrentSite current,
    IStringLocalizer<RequestText> text) : IRequestHandler<AnswerRequest, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(AnswerRequest request, CancellationToken cancellationToken)
    {
        if (forms.ReadTicket(request.Ticket) is not { } id
            || await writer.FindAsync(id, cancellationToken) is not { } found
            || found.Request.SiteId != current.Site?.Id)
        {
            return Failure.Invalid("", text["Follow.TicketOld"]);
        }

        var attached = await intake.InspectAsync(request.Files, nameof(request.Files), cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        var taken = await writer.TakeAsync(
            found,
            new RequestInput { Trigger = request.Withdraws ? RequestTrigger.Withdraw : RequestTrigger.Correct, Text = request.Text },
            Party.Applicant, null, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
        }

        if (!request.Withdraws && keyring.KeyOf(found.Request) is { } key)
        {
            foreach (var file in attached.Value)
            {
                await files.AddFileAsync(id, key, file, cancellationToken);
            }
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (RequestConflicts.IsOne(exception))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        return Done.Value;
    }
}
