using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.BrowseErrorReports;

/// <summary>网站找错办理情况: results and figures, for everybody (G-35).</summary>
internal sealed class BrowseErrorReportsEndpoint : ICarterModule
{
    private const string Route = "/error-reports";
    private const int FirstYear = 2015;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage(Route, AnswerAsync, "cursor").AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage(Route + "/statistics", FiguresAsync, "year").AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage(Route + "/statistics.csv", FileAsync, "year").AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, string? cursor, ICurrentSite current, ISender sender, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.ErrorReports(current.Site!.Id));
        return BrowseErrorReportsPage.Of(await sender.Send(new BrowseErrorReports(current.Site.Id, cursor), cancellationToken), cursor);
    }

    private static async Task<IResult> FiguresAsync(
        HttpContext http, string? year, ICurrentSite current, ISender sender, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (YearOf(year, clock) is not { } asked)
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        http.Tag(CacheTags.ErrorReports(current.Site!.Id));
        return ErrorFiguresPage.Of(asked, await sender.Send(new CountErrorReports(current.Site.Id, asked), cancellationToken));
    }

    private static async Task<IResult> FileAsync(
        HttpContext http, string? year, ICurrentSite current, ISender sender, IStringLocalizer<ErrorReportText> text, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (YearOf(year, clock) is not { } asked)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        http.Tag(CacheTags.ErrorReports(current.Site!.Id));
        var figures = await sender.Send(new CountErrorReports(current.Site.Id, asked), cancellationToken);
        return Results.File(Csv(figures, text), CsvTable.MediaType, $"error-reports-{asked}.csv");
    }

    // Null: nothing of such a year can be asked.
    private static int? YearOf(string? typed, TimeProvider clock)
    {
        var now = BeijingTime.Date(clock.GetUtcNow()).Year;
        return string.IsNullOrEmpty(typed) ? now
            : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= FirstYear && year <= now ? year
            : null;
    }

    private static byte[] Csv(IReadOnlyList<ErrorFigures> figures, IStringLocalizer<ErrorReportText> text) => CsvTable.Write(
    [
        [
            text["Figures.Site"], text["Figures.Received"], text["Figures.Joined"], text["Figures.ForwardedInTime"],
            text["Figures.ForwardDue"], text["Figures.Answered"], text["Figures.AnsweredInTime"], text["Figures.AnswerDue"],
            text["Figures.Corrected"], text["Figures.Average"],
        ],
        .. figures.Select(row => (string[])
        [
            row.SiteName, Text(row.Received), Text(row.Joined), Text(row.ForwardedInTime), Text(row.ForwardDue), Text(row.Answered),
            Text(row.AnsweredInTime), Text(row.AnswerDue), Text(row.Corrected),
            row.Average?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
        ]),
    ]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
