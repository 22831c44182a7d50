using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters.FollowLetter;

/// <summary>What a writer does to a letter that is open before them: adds something, rates, asks once more, or withdraws.</summary>
public sealed record AnswerLetter : IRequest<Outcome<Done>>, IPublicRequest
{
    public string Ticket { get; init; } = "";

    public LetterTrigger Trigger { get; init; }

    public bool Sure { get; init; }

    public string Text { get; init; } = "";

    public int Rating { get; init; }
}

internal sealed class AnswerLetterValidator : AbstractValidator<AnswerLetter>
{
    public AnswerLetterValidator(IStringLocalizer<MailText> text) =>
        RuleFor(form => form.Sure).Equal(true).When(form => form.Trigger == LetterTrigger.Withdraw).WithMessage(_ => text["Fault.Sure"]);
}

internal sealed class AnswerLetterHandler(
    InteractionDbContext db, LetterForms forms, LetterWriter writer, CopyDesk copies, ICurrentSite current, IStringLocalizer<MailText> text,
    IStringLocalizer<LetterText> names) : IRequestHandler<AnswerLetter, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(AnswerLetter request, CancellationToken cancellationToken)
    {
        if (forms.ReadTicket(request.Ticket) is not { } id
            || await writer.FindAsync(id, cancellationToken) is not { } found
            || found.Letter.SiteId != current.Site?.Id)
        {
            return Failure.Invalid("", text["Follow.TicketOld"]);
        }

        var taken = await writer.TakeAsync(
            found,
            new LetterInput { Trigger = request.Trigger, Text = request.Text, Rating = request.Rating },
            LetterParty.Writer, null, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
        }

        if (request.Trigger == LetterTrigger.ForbidPublishing)
        {
            await copies.ForbidAsync(found, cancellationToken);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (LetterConflicts.IsOne(exception))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", names["Rule.Stale"])]);
        }

        if (request.Trigger is LetterTrigger.ForbidPublishing or LetterTrigger.Rate)
        {
            await copies.EvictAsync(found.Letter.SiteId, cancellationToken);
        }

        return Done.Value;
    }
}
