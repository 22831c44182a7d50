using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ListQuarantine;

/// <summary>The records whose numbers belong to others, waiting for a person.</summary>
public sealed record ListQuarantine : IRequest<Outcome<QuarantineList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;
}

/// <summary>Those that wait, the oldest first.</summary>
public sealed record QuarantineList(IReadOnlyList<QuarantineLine> Lines);

/// <summary>A record in quarantine.</summary>
public sealed record QuarantineLine(Guid Id, string IndexNumber, string Title, string SourceName, string Existing, string Holder, QuarantineCause Cause,
    DateTimeOffset At);

internal sealed class ListQuarantineHandler(DisclosureDbContext db, SourceScope scope)
    : IRequestHandler<ListQuarantine, Outcome<QuarantineList>>
{
    private const int Most = 200;

    public async Task<Outcome<QuarantineList>> Handle(ListQuarantine request, CancellationToken cancellationToken)
    {
        var rows = await (
            from item in db.DockingQuarantine.AsNoTracking()
            join source in scope.Mine on item.SourceId equals source.Id
            join entry in db.Entries on item.EntryId equals entry.Id
            where item.DecidedAt == null
            orderby item.At
            select new { Item = item, source.Name, entry.Title, entry.OrganisationName })
            .Take(Most)
            .ToListAsync(cancellationToken);
        return new QuarantineList([.. rows.Select(row => new QuarantineLine(
            row.Item.Id, row.Item.IndexNumber, row.Item.Item.Metadata?.One("title") ?? "", row.Name, row.Title,
            row.OrganisationName, row.Item.Cause, row.Item.At))]);
    }
}

internal sealed class ListQuarantineEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/docking/quarantine", async (
            string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var list = await sender.Send(new ListQuarantine(), cancellationToken);
            return list.Succeeded ? ListQuarantinePage.Render(list.Value, done) : list.Failure.Page();
        });
}
