using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Letters.Templates.ManageReplyTemplate;

/// <summary>A template with its versions.</summary>
public sealed record ReadReplyTemplate(Guid Id) : IRequest<Outcome<TemplateView>>, IRequirePermission
{
    // Three permissions lead here; the handler asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>A template as its page shows it.</summary>
public sealed record TemplateView(ManageReplyTemplate Form, bool IsRetired, IReadOnlyList<TemplateVersionLine> Versions);

/// <summary>A version, newest first.</summary>
public sealed record TemplateVersionLine(int Number, string Name, string Text, DateTimeOffset At, string Person);

internal sealed class ReadReplyTemplateHandler(InteractionDbContext db, TemplateDesk desk)
    : IRequestHandler<ReadReplyTemplate, Outcome<TemplateView>>
{
    private const int MostVersions = 20;

    public async Task<Outcome<TemplateView>> Handle(ReadReplyTemplate request, CancellationToken cancellationToken)
    {
        var found = await desk.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var template = found.Value.Template;
        var versions = await db.ReplyTemplateVersions.AsNoTracking().Where(row => row.TemplateId == template.Id)
            .OrderByDescending(row => row.Number).Take(MostVersions)
            .Select(row => new TemplateVersionLine(row.Number, row.Name, row.Text, row.At, row.ActorName))
            .ToListAsync(cancellationToken);
        return new TemplateView(
            new ManageReplyTemplate { Id = template.Id, Version = template.Version, Name = template.Name, Text = template.Text },
            template.RetiredAt is not null, versions);
    }
}
