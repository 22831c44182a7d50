using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Calendars;
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
        Tag(http);
        var regions = CalculateDeadlineHandler.RegionsOf(sites, current.Site!);
        var request = new CalculateDeadline { Rule = rule, Days = days, Start = start, Time = time, Region = region };
        if (IsAsked(http))
        {
            var outcome = await sender.Send(request, http.RequestAborted);
            return CalculateDeadlinePage.Of(
                request, regions, outcome.Succeeded ? outcome.Value : null, outcome.Failure?.Errors ?? []);
        }

        // The empty form begins with today, which is another day after midnight.
        var today = BeijingTime.Date(clock.GetUtcNow());
        http.ExpireBy(BeijingTime.StartOf(today.AddDays(1)), clock);
        return CalculateDeadlinePage.Of(
            request with
            {
                Start = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Region = current.Site!.RegionCode,
            },
            regions, null, []);
    }

    private static async Task<IResult> JsonAsync(
        string? rule, string? days, string? start, string? time, string? region,
        HttpContext http, ICurrentSite current, ISites sites, ISender sender)
    {
        Tag(http);
        if (!IsAsked(http))
        {
            return Results.Json(new
            {
                rules = DeadlineRules.All.Select(RuleOf),
                regions = CalculateDeadlineHandler.RegionsOf(sites, current.Site!),
            });
        }

        var outcome = await sender.Send(
            new CalculateDeadline { Rule = rule, Days = days, Start = start, Time = time, Region = region },
            http.RequestAborted);
        return outcome.Succeeded
            ? Results.Json(AnswerOf(outcome.Value))
            : Results.ValidationProblem(
                outcome.Failure.Errors.GroupBy(error => error.Field)
                    .ToDictionary(field => JsonNameOf(field.Key), field => field.Select(error => error.Message).ToArray()),
                statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static void Tag(HttpContext http) => http.Tag(CacheTags.Calendar, CacheTags.Province);

    private static bool IsAsked(HttpContext http) => Query.Any(http.Request.Query.ContainsKey);

    private static object RuleOf(DeadlineRule rule) => new
    {
        rule.Code,
        rule.Name,
        unit = NameOf(rule.Unit),
        rule.Amount,
        rule.Starts,
        rule.Source,
        rule.Note,
    };

    private static object AnswerOf(CalculatedDeadline answer) => new
    {
        rule = answer.Rule?.Code,
        unit = NameOf(answer.Unit),
        answer.Amount,
        answer.Region,
        answer.Start,
        answer.Reading.DueOn,
        dueAt = BeijingTime.Machine(answer.Reading.DueAt!.Value),
        provisional = answer.Reading.IsProvisional,
        unpublishedYears = answer.Missing,
        calendar = answer.Calendar,
        days = answer.Days.Select(day => new
        {
            day.Day.Date,
            kind = JsonNameOf(day.Day.Kind.ToString()),
            day.Day.Name,
            day.Number,
        }),
    };

    private static string NameOf(ClockUnit unit) => JsonNameOf(unit.ToString());

    private static string JsonNameOf(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
