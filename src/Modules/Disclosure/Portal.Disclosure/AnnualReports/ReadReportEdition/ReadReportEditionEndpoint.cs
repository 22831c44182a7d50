using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.AnnualReports.BrowseReports;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.AnnualReports.ReadReportEdition;

internal sealed class ReadReportEditionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage($"/{BrowseReportsEndpoint.Path}/{{report:guid}}/editions/{{number:int}}", AnswerAsync)
            .AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        HttpContext http, Guid report, int number, ICurrentSite current, ISender sender)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Directory(site.Id));
        return await sender.Send(new ReadReportEdition(report, number, site.Id), http.RequestAborted) is { } edition
            ? ReadReportEditionPage.Of(edition)
            : Results.NotFound();
    }
}
