using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Announcements;
using Portal.Interaction.HotTopics.ReadTopic;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.WriteResponse;

/// <summary>The page on which a response or rebuttal is written.</summary>
internal sealed class WriteResponseEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/hot-topics/{topic:guid}/responses/{part}", async (
            Guid topic, string part, ISender sender, ISites sites, CancellationToken cancellationToken) =>
        {
            if (ListLettersEndpoint.Named<ResponsePart>(part) is not { } named)
            {
                return Results.NotFound();
            }

            var view = await sender.Send(new ReadTopic.ReadTopic(topic), cancellationToken);
            return !view.Succeeded ? view.Failure.Page() : WriteResponsePage.Of(view.Value, FormOf(view.Value, named, sites), null);
        });
        app.MapConsoleForm("/console/hot-topics/{topic:guid}/responses/{part}", async (
            Guid topic, string part, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            if (ListLettersEndpoint.Named<ResponsePart>(part) is not { } named)
            {
                return Results.NotFound();
            }

            var request = new WriteResponse
            {
                TopicId = topic,
                Part = named,
                Version = form.Number("Version"),
                Kind = form.Chosen<TopicAnswerKind>("Kind"),
                Title = form.Text("Title"),
                Question = form.Text("Question"),
                Facts = form.Text("Facts"),
                Evidence = form.Text("Evidence"),
                Authority = form.Text("Authority"),
                Policies = form.Text("Policies"),
                NumbersSeen = form.Flag(NumbersSeen.Field),
                Submit = form.Text("Act") == "Submit",
            };
            var written = await sender.Send(request, cancellationToken);
            if (written.Succeeded)
            {
                return Results.LocalRedirect($"/console/hot-topics/{topic}?done={(written.Value.Submitted ? nameof(TopicTrigger.Submit) : "Kept")}");
            }

            if (written.Failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
            {
                return written.Failure.Page();
            }

            var view = await sender.Send(new ReadTopic.ReadTopic(topic), cancellationToken);
            if (!view.Succeeded)
            {
                return view.Failure.Page();
            }

            // Over one's own last save one may write again, once one has been told.
            return WriteResponsePage.Of(
                view.Value,
                written.Failure.Kind == FailureKind.Conflict && DraftOf(view.Value, named) is { IsMine: true } draft
                    ? request with { Version = draft.Version } : request,
                written.Failure);
        });
    }

    private static ResponseLine? DraftOf(TopicView view, ResponsePart part) =>
        view.Responses.FirstOrDefault(response => response.Part == part && response.Written is not null);

    // What was written last, else what the register knows already.
    private static WriteResponse FormOf(TopicView view, ResponsePart part, ISites sites)
    {
        var draft = DraftOf(view, part);
        var written = draft?.Written ?? new WrittenResponse { Question = view.Concern, Authority = view.UnitName ?? "" };
        return new WriteResponse
        {
            TopicId = view.Id,
            Part = part,
            Version = draft?.Version ?? 0,
            Kind = draft?.Kind ?? (view.Need == TopicNeed.Rebut ? TopicAnswerKind.Rebuttal : TopicAnswerKind.Response),
            Title = written.Title,
            Question = written.Question,
            Facts = written.Facts,
            Evidence = written.Evidence,
            Authority = written.Authority,
            Policies = string.Join('\n', written.Policies.Select(policy =>
                sites.ById(policy.SiteId) is { } site ? sites.AddressOf(site, policy.Path).AbsoluteUri : policy.Path)),
        };
    }
}
