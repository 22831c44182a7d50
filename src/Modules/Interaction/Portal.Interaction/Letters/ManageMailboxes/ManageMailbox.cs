using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.ManageMailboxes;

/// <summary>
/// Opens a mailbox on the site that one works on, or changes one. Who holds it and who keeps it is told to the public
/// (S-09).
/// </summary>
public sealed partial record ManageMailbox : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSite;

    /// <summary>Null: a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The version that the form was filled in from.</summary>
    public int Version { get; init; }

    /// <summary>Names it in addresses; only for a new one.</summary>
    public string Key { get; init; } = "";

    public string Name { get; init; } = "";

    public string Holder { get; init; } = "";

    public string Introduction { get; init; } = "";

    public string Keeper { get; init; } = "";

    public int Position { get; init; }

    public bool IsOpen { get; init; }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    internal static partial Regex KeyForm();
}

internal sealed class ManageMailboxValidator : AbstractValidator<ManageMailbox>
{
    public ManageMailboxValidator(IStringLocalizer<DeskText> text)
    {
        RuleFor(form => form.Key).Must(key => key.Length is >= 2 and <= 40 && ManageMailbox.KeyForm().IsMatch(key))
            .When(form => form.Id is null).WithMessage(_ => text["Mailbox.Fault.Key"]);
        RuleFor(form => form.Name).Must(name => IsLine(name, 2, 60)).WithMessage(_ => text["Mailbox.Fault.Name"]);
        RuleFor(form => form.Holder).Must(holder => IsLine(holder, 2, 100)).WithMessage(_ => text["Mailbox.Fault.Holder"]);
        RuleFor(form => form.Keeper).Must(keeper => IsLine(keeper, 2, 100)).WithMessage(_ => text["Mailbox.Fault.Keeper"]);
        RuleFor(form => form.Introduction)
            .Must(words => PublicText.Paragraphs(words) is { Length: > 0 and <= 2000 }).WithMessage(_ => text["Mailbox.Fault.Introduction"]);
        RuleFor(form => form.Position).InclusiveBetween(0, 999).WithMessage(_ => text["Mailbox.Fault.Position"]);
    }

    private static bool IsLine(string text, int least, int most) =>
        PublicText.Line(text) is var line && line.Length >= least && line.Length <= most;
}

internal sealed class ManageMailboxHandler(
    InteractionDbContext db, ISites sites, ICurrentActor current, ICurrentSite currentSite, IPageCache pages,
    IStringLocalizer<DeskText> text, TimeProvider clock) : IRequestHandler<ManageMailbox, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(ManageMailbox request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var found = request.Id is { } id ? await ChangedAsync(id, actor, request.Version, cancellationToken) : Opened(actor, request.Key);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var mailbox = found.Value;
        var wasOpen = mailbox.IsOpen;
        mailbox.Name = PublicText.Line(request.Name);
        mailbox.Holder = PublicText.Line(request.Holder);
        mailbox.Introduction = PublicText.Paragraphs(request.Introduction);
        mailbox.Keeper = PublicText.Line(request.Keeper);
        mailbox.Position = request.Position;
        mailbox.IsOpen = request.IsOpen;
        mailbox.Version++;
        var act = request.Id is null ? "opened" : wasOpen == mailbox.IsOpen ? "changed" : mailbox.IsOpen ? "reopened" : "closed";
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "interaction.mailbox." + act, mailbox.SiteId, "mailbox", mailbox.Id.ToString(), mailbox.Name,
            null, null,
            ("key", mailbox.Key), ("holder", mailbox.Holder), ("keeper", mailbox.Keeper),
            ("position", mailbox.Position.ToString(CultureInfo.InvariantCulture))));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Stale();
        }
        catch (DbUpdateException exception) when (exception.Breaks(MailboxConfiguration.OneKey))
        {
            return Failure.Invalid(nameof(request.Key), text["Mailbox.Fault.KeyTaken"]);
        }

        await pages.EvictAsync([CacheTags.Letters(mailbox.SiteId)], cancellationToken);
        return mailbox.Id;
    }

    private Outcome<Mailbox> Opened(Actor actor, string key)
    {
        if (currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageSite, site))
        {
            return Failure.Forbidden;
        }

        var mailbox = new Mailbox { Id = Guid.CreateVersion7(clock.GetUtcNow()), SiteId = site.Id, Key = key, Name = "" };
        db.Mailboxes.Add(mailbox);
        return mailbox;
    }

    private async Task<Outcome<Mailbox>> ChangedAsync(Guid id, Actor actor, int version, CancellationToken cancellationToken)
    {
        var mailbox = await db.Mailboxes.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return mailbox is null || sites.ById(mailbox.SiteId) is not { } site ? Failure.NotFound
            : !actor.Can(Permission.ManageSite, site) ? Failure.OutOfScope with { About = new FailureObject("mailbox", id.ToString(), mailbox.Name) }
            : mailbox.Version != version ? Stale()
            : mailbox;
    }

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Mailbox.Stale"])]);
}
