using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.ErrorReports;

/// <summary>A report that the person may reach, and what they may do to it.</summary>
internal sealed record ReachedErrorReport(ErrorCase Case, Actor Actor, SiteInfo Site, ErrorParty Parties);

/// <summary>Finds a report within the person's grants: as the desk of its site, or as the unit it was forwarded to.</summary>
internal sealed class ErrorReportScope(ErrorReportWriter writer, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<ReachedErrorReport>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor
            || await writer.FindAsync(id, cancellationToken) is not { } found
            || sites.ById(found.Report.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var parties = actor.Can(Permission.HandleErrorReports, site) ? ErrorParty.Desk : ErrorParty.None;
        if (found.Report.UnitSiteId is { } unitId && sites.ById(unitId) is { } unit && actor.Can(Permission.HandleErrorReports, unit))
        {
            parties |= ErrorParty.Unit;
        }

        return parties == ErrorParty.None
            ? Failure.OutOfScope with { About = new FailureObject("error-report", id.ToString(), found.Report.Number) }
            : new ReachedErrorReport(found, actor, site, parties);
    }
}
