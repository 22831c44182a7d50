using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.AnnualReports.StartReport;

/// <summary>Starts the report of a site's organisation and a year, filled from the records.</summary>
public sealed record StartReport(Guid SiteId, int Year) : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

internal sealed class StartReportHandler(
    DisclosureDbContext db, ReportStarter starter, ISites sites, ICurrentActor current, TimeProvider clock,
    IStringLocalizer<ReportText> text) : IRequestHandler<StartReport, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(StartReport request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || sites.ById(request.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Knows(site))
        {
            return Failure.OutOfScope;
        }

        if (!actor.Can(Permission.HandleRequests, site))
        {
            return Failure.Forbidden;
        }

        var now = clock.GetUtcNow();
        // The report of a year is begun in its last weeks at the earliest; its numbers end with 31 December.
        if (site.Kind == SiteKind.Subsite || request.Year > BeijingTime.Date(now).Year
            || ReportForms.Shipped.Of(request.Year) is not { } form)
        {
            return Failure.Invalid(nameof(request.Year), text["Start.Year"]);
        }

        return await ExistingAsync(request, cancellationToken) is { } existing
            ? existing
            : await AddAsync(await starter.NewAsync(form, site, actor.Name, request.Year, now, cancellationToken), actor, now, cancellationToken);
    }

    private async Task<Outcome<Guid>> AddAsync(
        AnnualReport report, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.AnnualReports.Add(report);
        db.Record(Decision.By(
            actor, now, "disclosure.report.started", report.SiteId, "annual-report", report.Id.ToString(), report.Title, null, null,
            ("form", report.FormVersion)));
        return await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(AnnualReportConfiguration.OneEach) ? Taken(null) : null) is { } failure
            ? failure
            : report.Id;
    }

    private async Task<Failure?> ExistingAsync(StartReport request, CancellationToken cancellationToken) =>
        await db.AnnualReports.AsNoTracking().Where(row => row.SiteId == request.SiteId && row.Year == request.Year)
            .Select(row => new { row.Id, row.OrganisationName }).SingleOrDefaultAsync(cancellationToken) is { } found
            ? Taken(new FailureObject("annual-report", found.Id.ToString(), $"{found.OrganisationName}{request.Year}"))
            : null;

    private Failure Taken(FailureObject? about) =>
        new(FailureKind.Conflict, [new FieldError("", text["Start.Taken"])]) { About = about };
}
