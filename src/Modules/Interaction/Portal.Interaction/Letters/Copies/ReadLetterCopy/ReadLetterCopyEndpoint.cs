using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ListLetters;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.ReadLetterCopy;

/// <summary>来信公开: the page of a letter's publication.</summary>
internal sealed class ReadLetterCopyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/letters/{letter:guid}/publication", async (
            Guid letter, string? done, ISender sender, IStringLocalizer<LetterText> names, IStringLocalizer<DeskText> text,
            CancellationToken cancellationToken) =>
            await AnswerAsync(
                letter,
                ListLettersEndpoint.Named<LetterTrigger>(done) is { } taken ? text["Done", names["Trigger." + taken].Value].Value : null,
                null, sender, cancellationToken));

    internal static async Task<IResult> AnswerAsync(
        Guid letter, string? done, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var view = await sender.Send(new ReadLetterCopy(letter), cancellationToken);
        return view.Succeeded ? ReadLetterCopyPage.Of(view.Value, done, failure) : view.Failure.Page();
    }
}
