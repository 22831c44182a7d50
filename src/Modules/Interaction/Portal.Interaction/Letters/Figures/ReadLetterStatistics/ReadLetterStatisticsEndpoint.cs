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

namespace Portal.Interaction.Letters.Figures.ReadLetterStatistics;

/// <summary>来信办理统计, as a page and as a table for programs.</summary>
internal sealed class ReadLetterStatisticsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage(
            "/letters/statistics", async (HttpContext http, ICurrentSite current, string? year, ISender sender, TimeProvider clock, CancellationToken cancellationToken) =>
            await ReadAsync(http, current, year, sender, clock, cancellationToken) is { } figures
                ? ReadLetterStatisticsPage.Of(figures) : MessagePage.Of(StatusCodes.Status404NotFound), "year").AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage(
            "/letters/statistics.csv", async (
                HttpContext http, ICurrentSite current, string? year, ISender sender, IStringLocalizer<FigureText> text, IStringLocalizer<LetterText> names,
                TimeProvider clock, CancellationToken cancellationToken) =>
            {
                if (await ReadAsync(http, current, year, sender, clock, cancellationToken) is not { } figures)
                {
                    return Results.StatusCode(StatusCodes.Status404NotFound);
                }

                return Results.File(Csv(figures, text, names), CsvTable.MediaType, $"letters-{figures.Year}.csv");
            }, "year").AddEndpointFilter<OpenSiteFilter>();
    }

    // Null: nothing of such a year can be asked.
    private static async Task<LetterStatistics?> ReadAsync(
        HttpContext http, ICurrentSite current, string? year, ISender sender, TimeProvider clock, CancellationToken cancellationToken)
    {
        int? asked = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 2000 && number <= BeijingTime.Date(clock.GetUtcNow()).Year ? number : null;
        if (asked is null && !string.IsNullOrEmpty(year))
        {
            return null;
        }

        http.Tag(CacheTags.Letters(current.Site!.Id));
        return (await sender.Send(new ReadLetterStatistics(asked), cancellationToken)).Value;
    }

    private static byte[] Csv(LetterStatistics figures, IStringLocalizer<FigureText> text, IStringLocalizer<LetterText> names) => CsvTable.Write(
    [
        [
            text["Column.Month"], text["Column.Unit"], text["Column.Kind"], text["Column.Received"], text["Column.Accepted"], text["Column.NotAccepted"],
            text["Column.Answered"], text["Column.OnTime"], text["Column.Workdays"], text["Column.Rated"], text["Column.Satisfied"],
        ],
        .. figures.Lines.Select(line => (string[])
        [
            string.Create(CultureInfo.InvariantCulture, $"{figures.Year}-{line.Month:00}"), line.Unit, names["Kind." + line.Kind],
            Number(line.Received), Number(line.Accepted), Number(line.NotAccepted), Number(line.Answered), Number(line.OnTime), Number(line.Workdays),
            Number(line.Rated), Number(line.Satisfied),
        ]),
    ]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
