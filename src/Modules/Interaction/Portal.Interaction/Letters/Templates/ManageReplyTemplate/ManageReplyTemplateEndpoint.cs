using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Templates.ListReplyTemplates;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Templates.ManageReplyTemplate;

/// <summary>The templates of a site: list, form of a new one, page of each.</summary>
internal sealed class ManageReplyTemplateEndpoint : ICarterModule
{
    private const string Route = "/console/reply-templates";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (
            string? done, ISender sender, IStringLocalizer<ReplyTemplateText> text, CancellationToken cancellationToken) =>
        {
            var list = await sender.Send(new ListReplyTemplates.ListReplyTemplates(), cancellationToken);
            return list.Succeeded
                ? ListReplyTemplatesPage.Of(list.Value, done is "saved" or "retired" ? text["Done." + done].Value : null)
                : list.Failure.Page();
        });
        app.MapConsolePage(Route + "/new", (TemplateDesk desk) =>
            desk.Here() is { Succeeded: false } here ? here.Failure.Page() : ManageReplyTemplatePage.Of(new ManageReplyTemplate(), null, null));
        app.MapConsoleForm(Route + "/new", async (IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var filled = Filled(form);
            var saved = await sender.Send(filled, cancellationToken);
            return saved.Succeeded ? Results.LocalRedirect(Route + "?done=saved")
                : saved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict ? ManageReplyTemplatePage.Of(filled, null, saved.Failure)
                : saved.Failure.Page();
        });
        app.MapConsolePage(Route + "/{template:guid}", async (Guid template, ISender sender, CancellationToken cancellationToken) =>
        {
            var found = await sender.Send(new ReadReplyTemplate(template), cancellationToken);
            return found.Succeeded ? ManageReplyTemplatePage.Of(found.Value.Form, found.Value, null) : found.Failure.Page();
        });
        app.MapConsoleForm(
            Route + "/{template:guid}",
            async (Guid template, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
            {
                var filled = Filled(form) with { Id = template };
                return await AnswerAsync(await sender.Send(filled, cancellationToken), "saved", template, filled, sender, cancellationToken);
            });
        app.MapConsoleForm(
            Route + "/{template:guid}/retirement",
            async (Guid template, IFormCollection form, ISender sender, CancellationToken cancellationToken) => await AnswerAsync(
                await sender.Send(new RetireReplyTemplate.RetireReplyTemplate(template, form.Number("Version")), cancellationToken),
                "retired", template, null, sender, cancellationToken));
    }

    private static async Task<IResult> AnswerAsync(
        Outcome<Guid> saved, string done, Guid template, ManageReplyTemplate? filled, ISender sender, CancellationToken cancellationToken)
    {
        if (saved.Succeeded)
        {
            return Results.LocalRedirect($"{Route}?done={done}");
        }

        if (saved.Failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return saved.Failure.Page();
        }

        var found = await sender.Send(new ReadReplyTemplate(template), cancellationToken);
        return found.Succeeded ? ManageReplyTemplatePage.Of(filled ?? found.Value.Form, found.Value, saved.Failure) : found.Failure.Page();
    }

    private static ManageReplyTemplate Filled(IFormCollection form) => new()
    {
        Version = form.Number("Version"),
        Name = form.Text("Name"),
        Text = form.Text("Text"),
    };
}
