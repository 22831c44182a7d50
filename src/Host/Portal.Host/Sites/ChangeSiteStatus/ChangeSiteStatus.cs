using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Host.Sites.EditSite;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Host.Sites.ChangeSiteStatus;

/// <summary>Moves a site on in its life, on the strength of a document.</summary>
public sealed record ChangeSiteStatus : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSites;

    public Guid SiteId { get; init; }

    public SiteStatus? To { get; init; }

    public string? DocumentNumber { get; init; }

    public string? Reason { get; init; }
}

internal sealed class ChangeSiteStatusValidator : AbstractValidator<ChangeSiteStatus>
{
    public ChangeSiteStatusValidator(IStringLocalizer<SiteText> text)
    {
        RuleFor(form => form.To).NotNull().WithMessage(_ => text["Status.To.Wrong"]);
        RuleFor(form => form.DocumentNumber).Filled(60).WithMessage(_ => text["Status.Document.Missing"]);
        RuleFor(form => form.Reason).Filled(500).WithMessage(_ => text["Status.Reason.Missing"]);
    }
}

internal sealed class ChangeSiteStatusHandler(
    HostDbContext db,
    SiteDirectory sites,
    IPageCache pages,
    ICurrentActor current,
    IStringLocalizer<SiteText> text,
    TimeProvider clock) : IRequestHandler<ChangeSiteStatus, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeSiteStatus request, CancellationToken cancellationToken)
    {
        if (sites.ById(request.SiteId) is not { } info)
        {
            return Failure.NotFound;
        }

        if (!current.Actor!.Can(Permission.ManageSites, info))
        {
            return Failure.OutOfScope;
        }

        var site = await db.Sites.SingleAsync(row => row.Id == request.SiteId, cancellationToken);
        var now = clock.GetUtcNow();
        if (await ForbiddenAsync(site, request.To!.Value, now, cancellationToken) is { } why)
        {
            return Failure.Invalid(nameof(request.To), why);
        }

        var actor = current.Actor;
        var change = site.MoveTo(
            request.To.Value, request.DocumentNumber!.Trim(), request.Reason!.Trim(), actor.Id, actor.Name, now);
        db.SiteStatusChanges.Add(change);
        db.Record(actor.Decides(
            "host.site.status-changed", "site", site.Id.ToString(), site.Name, now, site.Id, change.Reason,
            new SortedDictionary<string, string>
            {
                ["document"] = change.DocumentNumber,
                ["from"] = change.From.ToString(),
                ["to"] = change.To.ToString(),
            }));
        if (await db.TrySaveAsync(cancellationToken, exception => SiteFacts.ConflictOf(exception, text))
            is { } failure)
        {
            return failure;
        }

        await sites.RefreshAsync(cancellationToken);
        await pages.EvictAsync([CacheTags.Site(site.Id), CacheTags.Province], cancellationToken);
        return Done.Value;
    }

    private async Task<string?> ForbiddenAsync(
        Site site, SiteStatus to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!SiteRules.Next(site.Status).Contains(to))
        {
            return text["Status.To.Wrong"];
        }

        switch (to)
        {
            case SiteStatus.Running when site.SiteCode is null:
                return text["Status.NoCode"];
            case SiteStatus.Running when site.IcpNumber is null:
                return text["Status.NoIcp"];
            case SiteStatus.Suspended:
                var year = BeijingTime.In(now).Year;
                var start = BeijingTime.StartOf(new DateOnly(year, 1, 1)).ToUniversalTime();
                return await db.SiteStatusChanges.AnyAsync(
                    change => change.SiteId == site.Id && change.To == SiteStatus.Suspended && change.ChangedAt >= start,
                    cancellationToken)
                    ? text["Status.SuspendedOnce"].Value
                    : null;
            case SiteStatus.Closed when site.Status == SiteStatus.Closing:
                var announced = await db.SiteStatusChanges
                    .Where(change => change.SiteId == site.Id && change.To == SiteStatus.Closing)
                    .MaxAsync(change => change.ChangedAt, cancellationToken);
                return now - announced < SiteRules.ClosingNotice
                    ? text["Status.NoticeShort", BeijingTime.Day(announced + SiteRules.ClosingNotice)].Value
                    : null;
            default:
                return null;
        }
    }
}

internal sealed class ChangeSiteStatusEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/sites/{id:guid}/status", async (
            Guid id,
            [FromForm] ChangeSiteStatus form,
            SiteReader reader,
            ISender sender,
            CancellationToken cancellationToken) =>
        {
            var failure = (await sender.Send(form with { SiteId = id }, cancellationToken)).Failure;
            if (failure is null)
            {
                return new SeeOther($"/console/sites/{id}?done=status");
            }

            var view = failure.Kind == FailureKind.Invalid ? await reader.ReadAsync(id, null, cancellationToken) : null;
            return view is null ? failure.Page() : EditSitePage.Render(view, failure.Errors, status: form);
        });
}
