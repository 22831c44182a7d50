using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Deadlines.CalculateDeadline;

/// <summary>期限计算 for everybody, as a page and as data.</summary>
internal sealed class CalculateDeadlineEndpoint : ICarterModule
{
    private static readonly string[] Query = ["rule", "days", "start", "time", "region"];

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage("/deadlines", PageAsync, Query).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage("/api/deadlines", JsonAsync, Query).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> PageAsync(
        string? rule, string? days, string? start, string? time, string? region,
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, TimeProvider clock)
    {
        // The limits, and the day with which the empty form begins, are those of a day.
        Tag(http);
        var today = BeijingTime.Date(clock.GetUtcNow());
        http.ExpireBy(BeijingTime.StartOf(today.AddDays(1)), clock);
        var rules = DeadlineRules.On(today);
        var regions = CalculateDeadlineHandler.RegionsOf(sites, current.Site!);
        var request = new CalculateDeadline { Rule = rule, Days = days, Start = start, Time = time, Region = region };
        if (IsAsked(http))
        {
            var outcome = await sender.Send(request, http.RequestAborted);
            return CalculateDeadlinePage.Of(
                request, regions, rules, outcome.Succeeded ? outcome.Value : null, outcome.Failure?.Errors ?? []);
        }

        return CalculateDeadlinePage.Of(
            request with
            {
                Start = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Region = current.Site!.RegionCode,
            },
            regions, rules, null, []);
    }

    private static async Task<IResult> JsonAsync(
        string? rule, string? days, string? start, string? time, string? region,
        HttpContext http, ICurrentSite current, ISites sites, ISender sender, TimeProvider clock, IStringLocalizer<DeadlineText> text)
    {
        Tag(http);
        if (!IsAsked(http))
        {
            var today = BeijingTime.Date(clock.GetUtcNow());
            http.ExpireBy(BeijingTime.StartOf(today.AddDays(1)), clock);
            return Results.Json(new DeadlineRulesAnswer(
                [.. DeadlineRules.On(today).Select(DeadlineRuleAnswer.Of)],
                CalculateDeadlineHandler.RegionsOf(sites, current.Site!)));
        }

        var outcome = await sender.Send(
            new CalculateDeadline { Rule = rule, Days = days, Start = start, Time = time, Region = region },
            http.RequestAborted);
        return outcome.Succeeded
            ? Results.Json(DeadlineAnswer.Of(outcome.Value))
            : Results.ValidationProblem(
                outcome.Failure.Errors.GroupBy(error => error.Field)
                    .ToDictionary(field => DeadlineAnswer.NameOf(field.Key), field => field.Select(error => error.Message).ToArray()),
                title: text["Api.Invalid"],
                statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static void Tag(HttpContext http) => http.Tag(CacheTags.Calendar, CacheTags.Province);

    private static bool IsAsked(HttpContext http) => Query.Any(http.Request.Query.ContainsKey);
}
