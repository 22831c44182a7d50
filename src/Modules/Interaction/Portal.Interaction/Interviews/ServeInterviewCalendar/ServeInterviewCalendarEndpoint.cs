using System.Text;
using Carter;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.ServeInterviewCalendar;

/// <summary>
/// The interview as an entry for calendars (RFC 5545): the same UID for ever, a higher SEQUENCE each time it is put off,
/// and CANCELLED when it does not take place, so that whoever takes it again has the right one.
/// </summary>
internal sealed class ServeInterviewCalendarEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/interviews/{key}.ics", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        string key, HttpContext http, ICurrentSite current, ISites sites, InterviewReader reader, IStringLocalizer<InterviewText> text,
        CancellationToken cancellationToken)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Interaction(site.Id));
        if (await reader.FindAsync(key, cancellationToken) is not { } interview)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        http.Tag(CacheTags.Activity(interview.Id));
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"interview-{interview.Key}.ics\"";
        var address = sites.AddressOf(site, "interviews/" + interview.Key);
        return Results.Text(Write(interview, site, address, text), "text/calendar", Encoding.UTF8);
    }

    internal static string Write(Interview interview, SiteInfo site, Uri address, IStringLocalizer<InterviewText> text)
    {
        var cancelled = interview.State == InterviewState.Cancelled;
        var entry = new CalendarEvent
        {
            Uid = $"interview-{interview.Id:N}@{site.PrimaryDomain}",
            // When the public was told of it: the same file for everybody who asks.
            DtStamp = new CalDateTime(interview.AnnouncedAt!.Value.UtcDateTime, "UTC"),
            Start = new CalDateTime(interview.StartsAt.UtcDateTime, "UTC"),
            End = new CalDateTime(interview.StartsAt.AddMinutes(interview.Minutes).UtcDateTime, "UTC"),
            Summary = text["Calendar.Title", interview.Topic],
            Description = interview.Summary + "\n" + address.AbsoluteUri,
            Location = interview.Place,
            Url = address,
            Sequence = interview.Revision,
            Status = cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
        };
        var calendar = new Calendar { ProductId = "-//Portal//Interviews//ZH", Method = cancelled ? CalendarMethods.Cancel : CalendarMethods.Publish };
        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }
}
