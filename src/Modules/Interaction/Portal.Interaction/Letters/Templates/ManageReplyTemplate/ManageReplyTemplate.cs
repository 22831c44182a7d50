using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters.Templates.ManageReplyTemplate;

/// <summary>Adds a template to the site that one works on, or changes one: each change is a version of its own.</summary>
public sealed record ManageReplyTemplate : IRequest<Outcome<Guid>>, IRequirePermission
{
    public const int MaximumName = 60;
    public const int MaximumText = 3000;

    // Three permissions lead here; the handler asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>Null: a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The version that the form was filled in from.</summary>
    public int Version { get; init; }

    public string Name { get; init; } = "";

    public string Text { get; init; } = "";
}

internal sealed class ManageReplyTemplateValidator : AbstractValidator<ManageReplyTemplate>
{
    public ManageReplyTemplateValidator(IStringLocalizer<ReplyTemplateText> text)
    {
        RuleFor(form => form.Name)
            .Must(name => PublicText.Line(name) is { Length: >= 2 and <= ManageReplyTemplate.MaximumName })
            .WithMessage(_ => text["Fault.Name", ManageReplyTemplate.MaximumName]);
        RuleFor(form => form.Text).Cascade(CascadeMode.Stop)
            .Must(words => PublicText.Paragraphs(words) is { Length: >= 10 and <= ManageReplyTemplate.MaximumText })
            .WithMessage(_ => text["Fault.Text", ManageReplyTemplate.MaximumText])
            .Must(TemplateText.IsWhole).WithMessage(_ => text["Fault.Brace"]);
    }
}

internal sealed class ManageReplyTemplateHandler(
    InteractionDbContext db, TemplateDesk desk, IStringLocalizer<ReplyTemplateText> text, TimeProvider clock)
    : IRequestHandler<ManageReplyTemplate, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(ManageReplyTemplate request, CancellationToken cancellationToken)
    {
        var found = request.Id is { } id ? await desk.FindAsync(id, cancellationToken) : Added();
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (actor, template) = found.Value;
        if (template.Version != request.Version || template.RetiredAt is not null)
        {
            return Stale();
        }

        var now = clock.GetUtcNow();
        template.Name = PublicText.Line(request.Name);
        template.Text = PublicText.Paragraphs(request.Text);
        template.Version++;
        template.ChangedAt = now;
        db.ReplyTemplateVersions.Add(new ReplyTemplateVersion
        {
            Id = Guid.CreateVersion7(now),
            TemplateId = template.Id,
            Number = template.Version,
            Name = template.Name,
            Text = template.Text,
            At = now,
            ActorId = actor.Id,
            ActorName = actor.Name,
        });
        db.Record(Decision.By(
            actor, now, "interaction.reply-template." + (request.Id is null ? "added" : "changed"), template.SiteId, "reply-template",
            template.Id.ToString(), template.Name, null,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.Name + "\n" + template.Text))),
            ("version", template.Version.ToString(CultureInfo.InvariantCulture))));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Stale();
        }
        catch (DbUpdateException exception) when (exception.Breaks(ReplyTemplateConfiguration.OneName))
        {
            return Failure.Invalid(nameof(request.Name), text["Fault.NameTaken"]);
        }

        return template.Id;
    }

    private Outcome<(Actor Actor, ReplyTemplate Template)> Added()
    {
        var here = desk.Here();
        if (!here.Succeeded)
        {
            return here.Failure;
        }

        var template = new ReplyTemplate { Id = Guid.CreateVersion7(clock.GetUtcNow()), SiteId = here.Value.Site.Id, Name = "" };
        db.ReplyTemplates.Add(template);
        return (here.Value.Actor, template);
    }

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Stale"])]);
}
