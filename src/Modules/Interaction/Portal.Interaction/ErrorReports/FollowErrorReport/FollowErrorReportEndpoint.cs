using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.FollowErrorReport;

/// <summary>查询处理结果: number and code are only ever posted; the page they open is the answer to the form.</summary>
internal sealed class FollowErrorReportEndpoint : ICarterModule
{
    private const string Route = "/error-reports/follow";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, () => FollowErrorReportPage.Of(new FollowErrorReport(), [], StatusCodes.Status200OK))
            .AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> ShowAsync(
        IFormCollection form, HttpContext context, ISender sender, CodeLookup lookup, CancellationToken cancellationToken)
    {
        var request = new FollowErrorReport
        {
            Number = form.Text("Number"),
            Code = form.Text("Code"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var found = await sender.Send(request, cancellationToken);
        if (found.Succeeded)
        {
            return FollowedErrorReportPage.Of(found.Value);
        }

        var (errors, status) = lookup.Said(context, found.Failure);
        return FollowErrorReportPage.Of(request with { Code = "" }, errors, status);
    }
}
