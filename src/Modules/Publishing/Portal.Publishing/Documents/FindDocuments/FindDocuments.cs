using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;

namespace Portal.Publishing.Documents.FindDocuments;

/// <summary>Published documents of the current site by words of the title or by 文号, to link to or to interpret.</summary>
public sealed record FindDocuments(string Text, string? Type = null) : IRequest<Outcome<FoundDocuments>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>What was found, newest first.</summary>
public sealed record FoundDocuments(IReadOnlyList<FoundDocument> Documents);

/// <summary>A document to choose.</summary>
public sealed record FoundDocument(Guid DocumentId, string Href, string Title, string DocumentNumber);

internal sealed class FindDocumentsHandler(PublishingDbContext db, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<FindDocuments, Outcome<FoundDocuments>>
{
    private const int Most = 10;

    public async Task<Outcome<FoundDocuments>> Handle(FindDocuments request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Knows(site))
        {
            return Failure.NotFound;
        }

        var text = FormRules.Clean(request.Text);
        if (text.Length == 0)
        {
            return new FoundDocuments([]);
        }

        var number = DocumentNumbers.Key(text);
        var numbered = db.SearchEntries.Where(row => row.SiteId == site.Id && row.DocumentNumber == number)
            .Select(row => row.DocumentId);
        var rows = db.Pages.AsNoTracking()
            .Where(row => row.SiteId == site.Id && row.Status == PageStatus.Page
                && (EF.Functions.ILike(row.Title, "%" + FormRules.Like(text) + "%", "\\")
                    || numbered.Contains(row.DocumentId)));
        if (request.Type is { } type)
        {
            rows = rows.Where(row => row.Type == type);
        }

        var found = await rows.OrderByDescending(row => row.PublishedAt).Take(Most)
            .Select(row => new { row.DocumentId, row.Path, row.Title, row.Fields })
            .ToListAsync(cancellationToken);
        return new FoundDocuments(
            found.ConvertAll(row => new FoundDocument(
                row.DocumentId, "/" + row.Path, row.Title, row.Fields.GetValueOrDefault("documentNumber", ""))));
    }
}
