using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports.BrowseErrorReports;

/// <summary>What became of the reports of a site, for everybody; what proved untrue is not among it (G-35).</summary>
public sealed record BrowseErrorReports(Guid SiteId, string? Cursor) : IRequest<Page<PublicErrorReport>>, IPublicRequest;

/// <summary>An answered report as everybody sees it: the page, never who reported it or in which words.</summary>
/// <param name="Kind">What was wrong.</param>
/// <param name="Page">The page's title, or its address.</param>
/// <param name="Path">Where it is on the site, without leading slash; null when nothing of that address was known.</param>
/// <param name="Result">What became of it.</param>
/// <param name="SubmittedOn">The day it came.</param>
/// <param name="AnsweredOn">The day of the answer.</param>
/// <param name="Workdays">Working days between.</param>
/// <param name="Unit">Who handled it.</param>
public sealed record PublicErrorReport(
    ErrorKind Kind, string Page, string? Path, ErrorResult Result, DateOnly SubmittedOn, DateOnly AnsweredOn, int Workdays, string Unit);

internal sealed class BrowseErrorReportsHandler(InteractionDbContext db, ISites sites)
    : IRequestHandler<BrowseErrorReports, Page<PublicErrorReport>>
{
    private const int Size = 30;

    public async Task<Page<PublicErrorReport>> Handle(BrowseErrorReports request, CancellationToken cancellationToken)
    {
        var shown = db.ErrorReports.AsNoTracking()
            .Where(row => row.SiteId == request.SiteId && row.AnsweredOn != null && row.JoinedTo == null && row.Result != ErrorResult.Untrue);
        var cursor = Cursor.Parse(request.Cursor);
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            var day = BeijingTime.Date(edge.At);
            shown = back
                ? shown.Where(row => row.AnsweredOn > day || (row.AnsweredOn == day && row.Id > edge.Id))
                : shown.Where(row => row.AnsweredOn < day || (row.AnsweredOn == day && row.Id < edge.Id));
        }

        var ordered = back
            ? shown.OrderBy(row => row.AnsweredOn).ThenBy(row => row.Id)
            : shown.OrderByDescending(row => row.AnsweredOn).ThenByDescending(row => row.Id);
        var rows = await ordered.Take(Size + 1).ToListAsync(cancellationToken);
        var more = rows.Count > Size;
        if (more)
        {
            rows.RemoveAt(Size);
        }

        if (back)
        {
            rows.Reverse();
        }

        static string Edge(ErrorReport row, bool backwards) =>
            new Cursor(BeijingTime.StartOf(row.AnsweredOn!.Value), row.Id, backwards).ToString();
        return new Page<PublicErrorReport>(
            rows.ConvertAll(Of),
            rows.Count > 0 && (back || more) ? Edge(rows[^1], false) : null,
            rows.Count > 0 && (back ? more : cursor is not null) ? Edge(rows[0], true) : null);
    }

    private PublicErrorReport Of(ErrorReport row) => new(
        row.Kind,
        row.PageTitle.Length > 0 ? row.PageTitle : Masking.InText(row.Page.Split('?')[0]),
        row.PageTitle.Length > 0 ? row.Page.TrimStart('/') : null,
        row.Result!.Value, BeijingTime.Date(row.SubmittedAt), row.AnsweredOn!.Value, row.Workdays ?? 0,
        row.UnitName ?? sites.ById(row.SiteId)?.OrganisationName ?? "");
}
