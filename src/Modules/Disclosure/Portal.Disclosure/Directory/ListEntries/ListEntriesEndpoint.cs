using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Paging;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ListEntries;

internal sealed class ListEntriesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/disclosure/entries", async (HttpContext http, ISender sender) =>
        {
            var query = http.Request.Query;
            var request = new ListEntries
            {
                Missing = MetadataProfile.Current.Find(query["missing"].ToString()) is { } element ? element.Key
                    : query["missing"] == ListEntriesHandler.Any ? ListEntriesHandler.Any : "",
                State = Enum.TryParse<EntryState>(query["state"], out var state) && Enum.IsDefined(state) ? state : null,
                Text = query["q"].ToString().Trim() is { Length: <= 100 } text ? text : "",
                Cursor = Cursor.Parse(query["cursor"]),
            };
            var list = await sender.Send(request, http.RequestAborted);
            return list.Succeeded ? ListEntriesPage.Of(request, list.Value, query["done"].ToString()) : list.Failure.Page();
        });
}
