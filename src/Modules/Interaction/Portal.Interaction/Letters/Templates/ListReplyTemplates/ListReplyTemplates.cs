using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Letters.Templates.ListReplyTemplates;

/// <summary>The templates of the site that one works on, those in use first.</summary>
public sealed record ListReplyTemplates : IRequest<Outcome<TemplateList>>, IRequirePermission
{
    // Three permissions lead here; the handler asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>The templates of a site.</summary>
public sealed record TemplateList(string SiteName, IReadOnlyList<TemplateLine> Lines);

/// <summary>A template in the list.</summary>
public sealed record TemplateLine(Guid Id, string Name, string Text, int Version, DateTimeOffset ChangedAt, bool IsRetired);

internal sealed class ListReplyTemplatesHandler(InteractionDbContext db, TemplateDesk desk)
    : IRequestHandler<ListReplyTemplates, Outcome<TemplateList>>
{
    private const int Most = 300;
    private const int Beginning = 80;

    public async Task<Outcome<TemplateList>> Handle(ListReplyTemplates request, CancellationToken cancellationToken)
    {
        var here = desk.Here();
        if (!here.Succeeded)
        {
            return here.Failure;
        }

        var site = here.Value.Site;
        var lines = await db.ReplyTemplates.AsNoTracking().Where(row => row.SiteId == site.Id)
            .OrderBy(row => row.RetiredAt != null).ThenBy(row => row.Name).ThenBy(row => row.Id).Take(Most)
            .Select(row => new TemplateLine(
                row.Id, row.Name, row.Text.Substring(0, Beginning), row.Version, row.ChangedAt, row.RetiredAt != null))
            .ToListAsync(cancellationToken);
        return new TemplateList(site.Name, lines);
    }
}
