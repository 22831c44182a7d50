using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Host.Contracts;
using Portal.Publishing.Documents;
using Portal.Publishing.Writing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Publishing.Channels.OpenChannel;

/// <summary>The form that opens a channel.</summary>
internal sealed class OpenChannelEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/channels/new", (
            string? parent, WritableChannels channels, ICurrentSite site, ISender sender, CancellationToken cancellationToken) =>
            AgainAsync(
                new OpenChannel { ParentId = Guid.TryParse(parent, out var id) ? id : null }, null, channels, site, sender,
                cancellationToken));
        app.MapConsoleForm("/console/channels", async (
            IFormCollection form, WritableChannels channels, ICurrentSite site, ISender sender,
            CancellationToken cancellationToken) =>
        {
            var command = ChannelForm.Read(form, new OpenChannel()) with
            {
                ParentId = form.Id("ParentId"),
                Slug = form.Text("Slug").Trim(),
            };
            var opened = await sender.Send(command, cancellationToken);
            return opened.Succeeded
                ? Results.LocalRedirect("/console/channels?done=opened")
                : opened.Failure.Kind == FailureKind.Invalid
                    ? await AgainAsync(command, opened.Failure.Errors, channels, site, sender, cancellationToken)
                    : opened.Failure.Page();
        });
    }

    private static async Task<IResult> AgainAsync(
        OpenChannel form, IReadOnlyList<FieldError>? errors, WritableChannels channels, ICurrentSite site, ISender sender,
        CancellationToken cancellationToken)
    {
        var parents = await channels.OfCurrentSiteAsync(Permission.ManageChannels, cancellationToken);
        return parents.Succeeded
            ? OpenChannelPage.Of(
                form, parents.Value, await sender.Send(new ListSiteStaff(site.Site!.Path), cancellationToken), errors)
            : parents.Failure.Page();
    }
}
