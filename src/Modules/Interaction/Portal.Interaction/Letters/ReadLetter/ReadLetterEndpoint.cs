using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.ReadLetter;

/// <summary>The page of a letter.</summary>
internal sealed class ReadLetterEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/letters/{letter:guid}", async (
            Guid letter, string? done, string? act, ISender sender, IStringLocalizer<DeskText> text, IStringLocalizer<LetterText> names,
            CancellationToken cancellationToken) =>
            await AnswerAsync(
                letter,
                ListLettersEndpoint.Named<LetterTrigger>(done) is { } taken ? text["Done", names["Trigger." + taken].Value].Value : null,
                null, null, null, sender, cancellationToken, ListLettersEndpoint.Named<LetterTrigger>(act)));

    internal static async Task<IResult> AnswerAsync(
        Guid id, string? done, WrittenLetter? revealed, LetterInput? typed, Failure? failure, ISender sender,
        CancellationToken cancellationToken, LetterTrigger? act = null)
    {
        var view = await sender.Send(new ReadLetter(id), cancellationToken);
        return view.Succeeded ? ReadLetterPage.Of(view.Value, done, revealed, typed, failure, act) : view.Failure.Page();
    }
}
