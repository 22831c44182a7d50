using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.ShowSurveyResult;

/// <summary>调查结果: the page, and its figures as CSV.</summary>
internal sealed class ShowSurveyResultEndpoint : ICarterModule
{
    private const string Route = "/surveys/{key}/result";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage(
            Route,
            async (string key, string? rows, string? columns, HttpContext http, ICurrentSite current, ISender sender, CancellationToken cancellationToken) =>
                await FoundAsync(new ShowSurveyResult(key, rows, columns), http, current, sender, cancellationToken) is { } result
                    ? ShowSurveyResultPage.Of(result)
                    : Results.StatusCode(StatusCodes.Status404NotFound),
            "rows", "columns").AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage(
            Route + ".csv",
            async (
                string key, HttpContext http, ICurrentSite current, ISender sender, IStringLocalizer<SurveyText> text, CancellationToken cancellationToken) =>
            {
                if (await FoundAsync(new ShowSurveyResult(key, null, null), http, current, sender, cancellationToken) is not { } result)
                {
                    return Results.StatusCode(StatusCodes.Status404NotFound);
                }

                http.Response.Headers.ContentDisposition = $"attachment; filename=\"{key}.csv\"";
                return Results.Bytes(CsvTable.Write(SurveyCsv.Rows(result.Figures, text)), CsvTable.MediaType);
            }).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<SurveyResult?> FoundAsync(
        ShowSurveyResult request, HttpContext http, ICurrentSite current, ISender sender, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        var found = await sender.Send(request, cancellationToken);
        if (!found.Succeeded)
        {
            return null;
        }

        http.Tag(CacheTags.Activity(found.Value.Id));
        return found.Value;
    }
}
