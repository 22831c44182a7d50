using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests.FollowRequest;

/// <summary>What an applicant does to a case that is open before them: sends a correction or reasons, or withdraws.</summary>
public sealed record AnswerRequest : IRequest<Outcome<Done>>, IPublicRequest
{
    public string Ticket { get; init; } = "";

    /// <summary><see cref="RequestTrigger.Correct"/>, <see cref="RequestTrigger.GiveReasons"/> or <see cref="RequestTrigger.Withdraw"/>.</summary>
    public RequestTrigger Trigger { get; init; }

    public bool Sure { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<SentFile> Files { get; init; } = [];
}

internal sealed class AnswerRequestValidator : AbstractValidator<AnswerRequest>
{
    public AnswerRequestValidator(IStringLocalizer<RequestText> text)
    {
        RuleFor(form => form.Text).Must(words => PublicText.Paragraphs(words) is { Length: >= 2 } lines && PublicText.Fits(lines, RequestRules.MaximumText))
            .Unless(form => form.Trigger == RequestTrigger.Withdraw)
            .WithMessage(form => text[form.Trigger == RequestTrigger.Correct ? "Fault.CorrectText" : "Fault.ReasonsGiven"]);
        RuleFor(form => form.Sure).Equal(true).When(form => form.Trigger == RequestTrigger.Withdraw).WithMessage(_ => text["Fault.Sure"]);
        RuleFor(form => form.Files).Files(text);
    }
}

internal sealed class AnswerRequestHandler(
    DisclosureDbContext db,
    RequestForms forms,
    RequestWriter writer,
    RequestIntake intake,
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

        var attached = await intake.InspectAsync(request.Files, nameof(request.Files), RequestIntake.ProofKinds, cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        var taken = await writer.TakeAsync(
            found,
            new RequestInput { Trigger = request.Trigger, Text = request.Text, Files = attached.Value },
            Party.Applicant, null, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
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
