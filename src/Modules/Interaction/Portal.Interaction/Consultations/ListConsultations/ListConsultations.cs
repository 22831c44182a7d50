using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ListConsultations;

/// <summary>Consultations over all sites of the person's grants.</summary>
public sealed record ListConsultations(ConsultationSet? Set, Guid? SiteId, string? Cursor) : IRequest<Outcome<DeskList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

/// <summary>A list and the sizes of all.</summary>
public sealed record DeskList(
    ConsultationSet Set, Guid? SiteId, Page<DeskRow> Rows, IReadOnlyDictionary<ConsultationSet, int> Counts, bool MayCreate);

/// <summary>A line.</summary>
public sealed record DeskRow(
    Guid Id, string Title, string SiteName, ConsultationKind Kind, ConsultationState State, ConsultationPhase Phase, DateOnly? OpensOn,
    DateOnly? ClosesOn, DateOnly? ReportDueOn, bool Near, int Opinions, int Waiting);

internal sealed class ListConsultationsHandler(
    InteractionDbContext db, ConsultationScope scope, ICurrentActor current, ICurrentSite currentSite, ISites sites, ISettings settings,
    TimeProvider clock) : IRequestHandler<ListConsultations, Outcome<DeskList>>
{
    private const int Size = 30;

    public async Task<Outcome<DeskList>> Handle(ListConsultations request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var today = clock.Today();
        var sets = new ConsultationSets(db, scope.Reach(actor), today, actor.Id);
        var set = request.Set ?? ConsultationSet.Active;
        var counts = await sets.CountAsync(cancellationToken);
        var found = sets.Of(set);
        if (request.SiteId is { } only)
        {
            found = found.Where(row => row.SiteId == only);
        }

        var page = await found.PageAsync(row => row.CreatedAt, Cursor.Parse(request.Cursor), Size, cancellationToken);
        Guid[] shown = [.. page.Items.Select(row => row.Id)];
        var opinions = await db.Opinions.AsNoTracking().Where(row => shown.Contains(row.ConsultationId))
            .GroupBy(row => row.ConsultationId)
            .Select(group => new { group.Key, All = group.Count(), Waiting = group.Count(row => row.State == OpinionState.Waiting) })
            .ToDictionaryAsync(group => group.Key, cancellationToken);
        return new DeskList(
            set, request.SiteId,
            new Page<DeskRow>(
                [
                    .. page.Items.Select(row =>
                    {
                        var counted = opinions.GetValueOrDefault(row.Id);
                        return new DeskRow(
                            row.Id, row.Title, sites.ById(row.SiteId)?.Name ?? "", row.Kind, row.State, row.PhaseOn(today), row.OpensOn,
                            row.ClosesOn, ConsultationFlow.Owing.Contains(row.State) ? row.ReportDueOn : null,
                            row.ReportDueOn is { } due && due.DayNumber - today.DayNumber <= settings.For<ConsultationSettings>(row.SiteId).NearDays,
                            counted?.All ?? 0, counted?.Waiting ?? 0);
                    }),
                ],
                page.Older, page.Newer),
            counts, currentSite.Site is { } site && actor.Can(Permission.ManageConsultations, site));
    }
}

/// <summary>The list of the desk.</summary>
internal sealed class ListConsultationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/consultations", async (
            string? set, string? site, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var list = await sender.Send(
                new ListConsultations(
                    Enum.TryParse<ConsultationSet>(set, out var named) && Enum.IsDefined(named) ? named : null,
                    Guid.TryParse(site, out var id) ? id : null, cursor),
                cancellationToken);
            return list.Succeeded ? ListConsultationsPage.Of(list.Value) : list.Failure.Page();
        });
}
