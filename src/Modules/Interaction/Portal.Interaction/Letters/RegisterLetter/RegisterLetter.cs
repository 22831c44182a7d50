using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.RegisterLetter;

/// <summary>Enters a letter that came by telephone or on paper to a mailbox of the site that one works on.</summary>
public sealed record RegisterLetter : LetterFields, IRequest<Outcome<LetterReceipt>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ScreenLetters;

    public LetterChannel? Channel { get; init; }

    /// <summary>When it came: the time runs from then.</summary>
    public DateOnly? Day { get; init; }
}

internal sealed class RegisterLetterValidator : AbstractValidator<RegisterLetter>
{
    public RegisterLetterValidator(IStringLocalizer<LetterText> names, IStringLocalizer<DeskText> text, TimeProvider clock)
    {
        RuleFor(form => form.Channel).Must(channel => channel is LetterChannel.Phone or LetterChannel.Paper)
            .WithMessage(_ => text["Fault.Channel"]);
        RuleFor(form => form.Day).Must(day => day is { } known && BeijingTime.Date(clock.GetUtcNow()) is var today && known <= today && known >= today.AddYears(-1))
            .WithMessage(_ => text["Fault.ReceiptDay"]);
        LetterFieldRules.Apply(this, names);
    }
}

internal sealed class RegisterLetterHandler(
    InteractionDbContext db, LetterIntake intake, LetterForms forms, ICurrentSite currentSite, ICurrentActor current,
    IStringLocalizer<DeskText> text, IStringLocalizer<LetterText> names) : IRequestHandler<RegisterLetter, Outcome<LetterReceipt>>
{
    public async Task<Outcome<LetterReceipt>> Handle(RegisterLetter request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ScreenLetters, site))
        {
            return actor.Knows(site) ? Failure.Forbidden : Failure.OutOfScope;
        }

        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        if (await intake.TakenAsync(request, issued, cancellationToken) is { } taken)
        {
            return taken;
        }

        // What comes on paper is taken in even when the mailbox takes no more letters on the site.
        var mailbox = await db.Mailboxes.AsNoTracking()
            .SingleOrDefaultAsync(row => row.SiteId == site.Id && row.Key == request.Mailbox, cancellationToken);
        if (mailbox is null)
        {
            return Failure.Invalid(nameof(request.Mailbox), names["Fault.Mailbox"]);
        }

        var attached = await intake.InspectAsync(request.Files, nameof(request.Files), cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        return await intake.TakeAsync(
            request, issued, attached.Value, mailbox, request.Channel!.Value, request.Day!.Value, null, actor, cancellationToken);
    }
}
