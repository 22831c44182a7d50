using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.ReadLetter;
using Portal.Interaction.Letters.TakeLetterStep;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Templates.InsertReplyTemplate;

/// <summary>The button beside the choice of a template: the page comes back with the text placed and everything typed.</summary>
internal sealed class InsertReplyTemplateEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/{letter:guid}/template", async (
            Guid letter, IFormCollection form, ISender sender, IStringLocalizer<ReplyTemplateText> text, CancellationToken cancellationToken) =>
        {
            var input = TakeLetterStepEndpoint.Filled(form) with { Trigger = LetterTrigger.Draft };
            var placed = await sender.Send(
                new InsertReplyTemplate(letter, form.Id(InsertReplyTemplate.Field), input), cancellationToken);
            return placed.Succeeded
                ? await ReadLetterEndpoint.AnswerAsync(
                    letter, text["Placed"], null, placed.Value, null, sender, cancellationToken, LetterTrigger.Draft)
                : placed.Failure.Kind == FailureKind.Invalid
                    ? await ReadLetterEndpoint.AnswerAsync(letter, null, null, input, placed.Failure, sender, cancellationToken)
                    : placed.Failure.Page();
        });
}
