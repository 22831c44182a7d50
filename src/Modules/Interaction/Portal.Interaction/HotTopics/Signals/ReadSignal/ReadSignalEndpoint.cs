using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.Signals.ReadSignal;

/// <summary>The page of a signal.</summary>
internal sealed class ReadSignalEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/hot-topics/signals/{signal:guid}", async (
            Guid signal, string? done, ISender sender, IStringLocalizer<SignalText> text, CancellationToken cancellationToken) =>
            await AnswerAsync(
                signal, ListLettersEndpoint.Named<SignalState>(done) is { } verdict ? text["Done." + verdict].Value : null, null, null,
                sender, cancellationToken));

    internal static async Task<IResult> AnswerAsync(
        Guid id, string? done, JudgeSignal.JudgeSignal? typed, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var view = await sender.Send(new ReadSignal(id), cancellationToken);
        return view.Succeeded ? ReadSignalPage.Of(view.Value, done, typed, failure) : view.Failure.Page();
    }
}
