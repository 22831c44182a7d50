using System.Globalization;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Contracts;
using Portal.Host.Identity;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Calendars.PublishCalendar;

/// <summary>Publishes the next version of a region's calendar, on the version that its preview was made on.</summary>
public sealed record PublishCalendar : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSettings;

    public required CalendarProposal Proposal { get; init; }

    public string? Reason { get; init; }
}

internal sealed class PublishCalendarValidator : AbstractValidator<PublishCalendar>
{
    public PublishCalendarValidator(IStringLocalizer<CalendarText> text) =>
        RuleFor(form => form.Reason).Filled(500).WithMessage(_ => text["Reason.Missing"]);
}

internal sealed class PublishCalendarHandler(
    HostDbContext db,
    CalendarReader reader,
    CalendarPreviews previews,
    CalendarDirectory calendars,
    ICurrentActor current,
    IPageCache pages,
    IStringLocalizer<CalendarText> text,
    TimeProvider clock) : IRequestHandler<PublishCalendar, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(PublishCalendar request, CancellationToken cancellationToken)
    {
        var preview = await previews.OfAsync(request.Proposal, cancellationToken);
        if (!preview.Succeeded)
        {
            return preview.Failure;
        }

        if (preview.Value.Others is not null)
        {
            return Failure.Conflict;
        }

        if (!preview.Value.ChangesAnything)
        {
            return Failure.Invalid("", text["Same"]);
        }

        var own = (await reader.LatestAsync([request.Proposal.Region], cancellationToken)).SingleOrDefault();
        var days = ProposalRules.Check(request.Proposal, ProposalRules.Today(clock), text);
        var (actor, now) = (current.Actor!, clock.GetUtcNow());
        var version = CalendarBook.Next(
            own, request.Proposal, days.Value, request.Reason!.Trim(), actor.Id, actor.Name, now);
        db.CalendarVersions.Add(version);
        Tell(version, preview.Value, actor);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(CalendarVersionConfiguration.NumberIndex))
        {
            return Failure.Conflict;
        }

        await calendars.RefreshAsync(cancellationToken);
        await pages.EvictAsync([CacheTags.Calendar], cancellationToken);
        return Done.Value;
    }

    private void Tell(CalendarVersion version, CalendarPreview preview, Actor actor)
    {
        db.Publish(
            new CalendarPublished
            {
                Id = version.Id,
                OccurredAt = version.PublishedAt,
                ActorId = actor.Id,
                SiteId = preview.Region.SiteId,
                RegionCode = version.RegionCode,
                Number = version.Number,
                Years =
                [
                    .. preview.Changes.Select(change => change.After.Date.Year).Append(preview.Proposal.Year)
                        .Distinct().Order(),
                ],
            },
            version.PublishedAt);
        db.Record(actor.Decides(
            "host.calendar.published", "calendar", $"{version.RegionCode}-{version.Number}",
            text["Read.Title", preview.Region.Name, preview.Proposal.Year], version.PublishedAt, preview.Region.SiteId,
            version.Reason,
            new SortedDictionary<string, string>
            {
                ["changes"] = preview.Changes.Count.ToString(CultureInfo.InvariantCulture),
                ["notice"] = version.Title,
                ["number"] = version.DocumentNumber ?? "",
                ["year"] = preview.Proposal.Year.ToString(CultureInfo.InvariantCulture),
            }));
    }
}

internal sealed class PublishCalendarEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/calendars/{region}/versions", async (
            string region,
            IFormCollection form,
            CalendarPreviews previews,
            ISender sender,
            CancellationToken cancellationToken) =>
        {
            var request = new PublishCalendar { Proposal = CalendarProposal.Of(region, null, form), Reason = form["Reason"] };
            var outcome = await sender.Send(request, cancellationToken);
            if (outcome.Succeeded)
            {
                return new SeeOther($"/console/calendars/{region}/{request.Proposal.Year}?done=published");
            }

            // The preview again: with the fault, or with what somebody else has published in between.
            var again = outcome.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? await previews.OfAsync(request.Proposal, cancellationToken)
                : outcome.Failure;
            return again.Succeeded
                ? CalendarPreviewPage.Render(
                    again.Value with { Reason = request.Reason },
                    outcome.Failure.Errors,
                    outcome.Failure.Status())
                : again.Failure.Page();
        });
}
