using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Letters.Templates.RetireReplyTemplate;

/// <summary>Takes a template out of use; its name is free again, its versions stay.</summary>
public sealed record RetireReplyTemplate(Guid Id, int Version) : IRequest<Outcome<Guid>>, IRequirePermission
{
    // Three permissions lead here; the handler asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class RetireReplyTemplateHandler(
    InteractionDbContext db, TemplateDesk desk, IStringLocalizer<ReplyTemplateText> text, TimeProvider clock)
    : IRequestHandler<RetireReplyTemplate, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(RetireReplyTemplate request, CancellationToken cancellationToken)
    {
        var found = await desk.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (actor, template) = found.Value;
        if (template.RetiredAt is not null)
        {
            return template.Id;
        }

        if (template.Version != request.Version)
        {
            return Stale();
        }

        template.RetiredAt = template.ChangedAt = clock.GetUtcNow();
        template.Version++;
        db.Record(Decision.By(
            actor, template.ChangedAt, "interaction.reply-template.retired", template.SiteId, "reply-template", template.Id.ToString(),
            template.Name, null, null, ("version", request.Version.ToString(CultureInfo.InvariantCulture))));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Stale();
        }

        return template.Id;
    }

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Stale"])]);
}
