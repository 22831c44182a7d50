using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.ManageMailboxes;

/// <summary>The mailboxes of a site: list, form of a new one, form of each.</summary>
internal sealed class ManageMailboxesEndpoint : ICarterModule
{
    private const string Route = "/console/mailboxes";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var list = await sender.Send(new ListMailboxes(), cancellationToken);
            return list.Succeeded ? ListMailboxesPage.Of(list.Value, done is not null) : list.Failure.Page();
        });
        app.MapConsolePage(Route + "/new", (ICurrentActor current, ICurrentSite site) =>
            site.Site is { } info && current.Actor?.Can(Permission.ManageSite, info) == true
                ? ManageMailboxPage.Of(new ManageMailbox { IsOpen = true }, null)
                : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsoleForm(Route + "/new", (IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(Filled(form), sender, cancellationToken));
        app.MapConsolePage(Route + "/{mailbox:guid}", async (Guid mailbox, ISender sender, CancellationToken cancellationToken) =>
        {
            var found = await sender.Send(new ReadMailbox(mailbox), cancellationToken);
            return found.Succeeded ? ManageMailboxPage.Of(found.Value, null) : found.Failure.Page();
        });
        app.MapConsoleForm(
            Route + "/{mailbox:guid}",
            async (Guid mailbox, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
            {
                var found = await sender.Send(new ReadMailbox(mailbox), cancellationToken);
                return found.Succeeded
                    ? await AnswerAsync(Filled(form) with { Id = mailbox, Key = found.Value.Key }, sender, cancellationToken)
                    : found.Failure.Page();
            });
    }

    private static async Task<IResult> AnswerAsync(ManageMailbox form, ISender sender, CancellationToken cancellationToken)
    {
        var saved = await sender.Send(form, cancellationToken);
        return saved.Succeeded ? Results.LocalRedirect(Route + "?done=saved")
            : saved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict ? ManageMailboxPage.Of(form, saved.Failure)
            : saved.Failure.Page();
    }

    private static ManageMailbox Filled(IFormCollection form) => new()
    {
        Version = form.Number("Version"),
        Key = form.Text("Key").Trim(),
        Name = form.Text("Name"),
        Holder = form.Text("Holder"),
        Introduction = form.Text("Introduction"),
        Keeper = form.Text("Keeper"),
        Position = form.Number("Position"),
        IsOpen = form.Flag("IsOpen"),
    };
}
