using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.ReadInterview;

/// <summary>The page of an interview at its desk.</summary>
internal sealed class ReadInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/interviews/{interview:guid}", async (
            Guid interview, string? done, string? act, ISender sender, IStringLocalizer<InterviewDeskText> text,
            CancellationToken cancellationToken) =>
            await AnswerAsync(
                interview,
                ListLettersEndpoint.Named<InterviewTrigger>(done) switch
                {
                    null => null,
                    InterviewTrigger.Plan => text["Done.Plan"].Value,
                    InterviewTrigger.Edit => text["Done.Edit"].Value,
                    { } taken => text["Done", text["Trigger." + taken].Value].Value,
                },
                ListLettersEndpoint.Named<InterviewTrigger>(act), null, null, sender, cancellationToken));

    internal static async Task<IResult> AnswerAsync(
        Guid id, string? done, InterviewTrigger? act, InterviewInput? typed, Failure? failure, ISender sender,
        CancellationToken cancellationToken)
    {
        var view = await sender.Send(new ReadInterview(id), cancellationToken);
        return view.Succeeded ? ReadInterviewPage.Of(view.Value, done, act, typed, failure) : view.Failure.Page();
    }
}
