using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.ManageInterview;

/// <summary>The form of an interview.</summary>
internal sealed class ManageInterviewEndpoint : ICarterModule
{
    private const string Route = "/console/interviews";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route + "/new", IResult (ICurrentActor current, ICurrentSite site) =>
            site.Site is { } info && current.Actor?.Can(Permission.ManageInterviews, info) == true
                ? ManageInterviewPage.Of(new ManageInterview { Time = "15:00" }, null)
                : new Refused<ManageInterview>(Failure.Forbidden));
        app.MapConsoleForm(Route + "/new", (IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(Filled(form), sender, cancellationToken));
        app.MapConsolePage(Route + "/{interview:guid}/edit", async (
            Guid interview, InterviewScope scope, CancellationToken cancellationToken) =>
        {
            var found = await scope.FindAsync(interview, cancellationToken);
            return !found.Succeeded ? new Refused<ManageInterview>(found.Failure)
                : InterviewFlow.Find(found.Value.Interview.State, InterviewTrigger.Edit) is null
                    ? Results.LocalRedirect($"{Route}/{interview}")
                    : ManageInterviewPage.Of(FormOf(found.Value.Interview), null);
        });
        app.MapConsoleForm(Route + "/{interview:guid}/edit", (
            Guid interview, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(Filled(form) with { Id = interview }, sender, cancellationToken));
    }

    private static async Task<IResult> AnswerAsync(ManageInterview form, ISender sender, CancellationToken cancellationToken)
    {
        var saved = await sender.Send(form, cancellationToken);
        return saved.Succeeded ? Results.LocalRedirect($"{Route}/{saved.Value}?done={(form.Id is null ? InterviewTrigger.Plan : InterviewTrigger.Edit)}")
            : saved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict ? ManageInterviewPage.Of(form, saved.Failure)
            : saved.Failure.Page();
    }

    private static ManageInterview FormOf(Interview interview)
    {
        var start = BeijingTime.In(interview.StartsAt);
        return new ManageInterview
        {
            Id = interview.Id,
            Version = interview.Version,
            Key = interview.Key,
            Topic = interview.Topic,
            Summary = interview.Summary,
            Guests = interview.Guests,
            Host = interview.Host,
            Place = interview.Place,
            Picture = interview.Picture,
            PictureAlt = interview.PictureAlt,
            Day = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Time = start.ToString("HH:mm", CultureInfo.InvariantCulture),
            Minutes = interview.Minutes,
            NoticeReason = interview.NoticeReason,
        };
    }

    private static ManageInterview Filled(IFormCollection form) => new()
    {
        Version = form.Number("Version"),
        Key = form.Text("Key").Trim(),
        Topic = form.Text("Topic"),
        Summary = form.Text("Summary"),
        Guests =
        [
            .. Enumerable.Range(0, ManageInterview.MostGuests).Select(place => new InterviewGuest
            {
                Name = form.Text("GuestName" + place),
                Position = form.Text("GuestPosition" + place),
                Unit = form.Text("GuestUnit" + place),
                Picture = form.Text("GuestPicture" + place),
            }),
        ],
        Host = form.Text("Host"),
        Place = form.Text("Place"),
        Picture = form.Text("Picture"),
        PictureAlt = form.Text("PictureAlt"),
        Day = form.Text("Day"),
        Time = form.Text("Time"),
        Minutes = form.Number("Minutes"),
        NoticeReason = form.Text("NoticeReason"),
    };
}
