using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

/// <summary>Which reports a list shows.</summary>
public enum ErrorSet
{
    /// <summary>待转办: came in, or returned by a unit.</summary>
    ToForward,

    /// <summary>待办理: what my units have.</summary>
    ToHandle,

    /// <summary>Past a last day: to forward or to answer.</summary>
    Late,

    /// <summary>Everything, the closed ones too.</summary>
    All,
}

/// <summary>The sets of reports, as conditions; late is worked out against today, never stored.</summary>
internal sealed class ErrorSets(InteractionDbContext db, IReadOnlyList<Guid> reach, DateOnly today)
{
    private readonly Guid[] _sites = [.. reach];

    public DateOnly Today => today;

    /// <summary>Everything that the person may open.</summary>
    public IQueryable<ErrorReport> Within
    {
        get
        {
            var sites = _sites;
            return db.ErrorReports.AsNoTracking()
                .Where(row => sites.Contains(row.SiteId) || (row.UnitSiteId != null && sites.Contains(row.UnitSiteId.Value)));
        }
    }

    public IQueryable<ErrorReport> Of(ErrorSet set)
    {
        var (sites, day, open, first) = (_sites, today, ErrorReportFlow.Open, ErrorReportFlow.ToForward);
        return set switch
        {
            ErrorSet.ToForward => Within.Where(row => row.ClosedOn == null && first.Contains(row.State) && sites.Contains(row.SiteId)),
            ErrorSet.ToHandle => Within.Where(row => row.ClosedOn == null && open.Contains(row.State)
                && row.UnitSiteId != null && sites.Contains(row.UnitSiteId.Value)),
            ErrorSet.Late => Within.Where(row => row.ClosedOn == null && open.Contains(row.State)
                && (row.DueOn < day || (first.Contains(row.State) && row.ForwardDueOn < day))),
            _ => Within,
        };
    }

    /// <summary>How many there are in each set, in one statement; not of <see cref="ErrorSet.All"/>.</summary>
    public async Task<IReadOnlyDictionary<ErrorSet, int>> CountAsync(CancellationToken cancellationToken)
    {
        var (sites, day, open, first) = (_sites, today, ErrorReportFlow.Open, ErrorReportFlow.ToForward);
        var counts = await Within.Where(row => row.ClosedOn == null && open.Contains(row.State))
            .GroupBy(_ => 1)
            .Select(group => new
            {
                ToForward = group.Count(row => first.Contains(row.State) && sites.Contains(row.SiteId)),
                ToHandle = group.Count(row => row.UnitSiteId != null && sites.Contains(row.UnitSiteId.Value)),
                Late = group.Count(row => row.DueOn < day || (first.Contains(row.State) && row.ForwardDueOn < day)),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return new Dictionary<ErrorSet, int>
        {
            [ErrorSet.ToForward] = counts?.ToForward ?? 0,
            [ErrorSet.ToHandle] = counts?.ToHandle ?? 0,
            [ErrorSet.Late] = counts?.Late ?? 0,
        };
    }
}

/// <summary>Makes the sets for whoever asks.</summary>
internal sealed class ErrorSetsOf(InteractionDbContext db, ISites sites, TimeProvider clock)
{
    /// <summary>The sets of a person; null when error reports are none of their business.</summary>
    public ErrorSets? For(Actor actor)
    {
        Guid[] reach = [.. sites.All.Where(site => actor.Can(Permission.HandleErrorReports, site)).Select(site => site.Id)];
        return reach.Length == 0 ? null : new ErrorSets(db, reach, BeijingTime.Date(clock.GetUtcNow()));
    }
}
