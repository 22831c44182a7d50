using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

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
    InteractionDbContext db, LetterForms forms, LetterKeyring keyring, LetterWriter writer, CopyDesk copies, ICurrentSite current,
    IStringLocalizer<MailText> text, IStringLocalizer<LetterText> names) : IRequestHandler<AnswerLetter, Outcome<Done>>
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
            return taken.Failure.Kind == FailureKind.Conflict && await WasTakenAsync(id, request, cancellationToken)
                ? Done.Value
                : taken.Failure;
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
            return await WasTakenAsync(id, request, cancellationToken)
                ? Done.Value
                : new Failure(FailureKind.Conflict, [new FieldError("", names["Rule.Stale"])]);
        }

        if (request.Trigger is LetterTrigger.ForbidPublishing or LetterTrigger.Rate)
        {
            await copies.EvictAsync(found.Letter.SiteId, cancellationToken);
        }

        return Done.Value;
    }

    // A double click, or a retry after the answer was lost, is one step: sent again with the same words it is told as done.
    private async Task<bool> WasTakenAsync(Guid id, AnswerLetter request, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return await writer.FindAsync(id, cancellationToken) is { } found
            && found.Last(request.Trigger) is { ActorId: null } step
            && request.Trigger switch
            {
                LetterTrigger.Withdraw => true,
                LetterTrigger.AllowPublishing => found.Letter.MayPublish,
                LetterTrigger.ForbidPublishing => !found.Letter.MayPublish,
                LetterTrigger.Rate when found.Letter.Rating != request.Rating => false,
                _ => await WordsAsync(found.Letter, step, cancellationToken) == PublicText.Paragraphs(request.Text),
            };
    }

    private async Task<string?> WordsAsync(Letter letter, LetterEvent step, CancellationToken cancellationToken)
    {
        if (!step.Facts.TryGetValue("paper", out var written))
        {
            return "";
        }

        var id = Guid.Parse(written, CultureInfo.InvariantCulture);
        return keyring.KeyOf(letter) is { } key
            ? LetterPapers.Read<string>(key, await db.LetterPapers.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken))
            : null;
    }
}
