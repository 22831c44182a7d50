using System.Globalization;
using System.Text;
using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.StreamInterview;

/// <summary>
/// What happens in an interview, as Server-Sent Events: <c>utterance</c>, <c>correction</c>, <c>question</c>, <c>state</c>. Numbers are those of
/// the signals; whoever comes back with the last one gets what followed, each line
/// with the words that hold now. 204 tells a browser to stay away: nothing is on air.
/// </summary>
internal sealed class StreamInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicUncached("/interviews/{key}/events", AnswerAsync)
            .AddEndpointFilter<OpenSiteFilter>()
            .DisableRequestTimeout();

    private static async Task<IResult> AnswerAsync(
        string key, string? after, HttpContext http, ICurrentSite current, ISettings settings, InteractionDbContext db,
        InterviewBroadcast broadcast, CancellationToken cancellationToken)
    {
        var siteId = current.Site!.Id;
        var interview = await db.Interviews.AsNoTracking()
            .Where(row => row.SiteId == siteId && row.Key == key && row.AnnouncedAt != null)
            .Select(row => new { row.Id, row.State }).SingleOrDefaultAsync(cancellationToken);
        if (interview is null)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (!InterviewFlow.Ahead.Contains(interview.State) && interview.State != InterviewState.Live)
        {
            return Results.StatusCode(StatusCodes.Status204NoContent);
        }

        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentType = EventStream.MediaType;
            return Results.Empty;
        }

        var seat = await broadcast.SitAsync(
            interview.Id, Last(http.Request.Headers["Last-Event-ID"].ToString(), after), NetworkBlock.Of(http.Connection.RemoteIpAddress),
            settings.For<InterviewSettings>(siteId), cancellationToken);
        if (seat is null)
        {
            // The page says so and goes on by loading anew.
            http.Response.Headers.RetryAfter = "30";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return new EventStream(broadcast, seat);
    }

    private static long Last(string header, string? after) =>
        long.TryParse(header.Length > 0 ? header : after, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
}

/// <summary>Writes the signals of a seat until they end, the visitor leaves, reads too slowly, or the host stops.</summary>
internal sealed class EventStream(InterviewBroadcast broadcast, LiveSeat seat) : IResult
{
    public const string MediaType = "text/event-stream";

    // Browsers that lose us come back after so long.
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("retry: 3000\n\n");

    // Keeps proxies from closing a quiet connection.
    private static readonly byte[] Heartbeat = Encoding.UTF8.GetBytes(":\n\n");
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            await WriteAsync(httpContext, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The visitor has left, or the host is about to.
        }
        finally
        {
            broadcast.Leave(seat);
        }
    }

    private async Task WriteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = MediaType;
        // For nginx, which otherwise collects a page before it sends it.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.Body.WriteAsync(Hello, cancellationToken);
        foreach (var signal in seat.Before)
        {
            await response.Body.WriteAsync(Line(signal), cancellationToken);
        }

        await response.Body.FlushAsync(cancellationToken);
        if (seat.Before.Count > 0 && seat.Before[^1].IsLast)
        {
            return;
        }

        while (await ComesAsync(response, cancellationToken))
        {
            var last = false;
            while (!last && seat.Coming.TryRead(out var signal))
            {
                await response.Body.WriteAsync(Line(signal), cancellationToken);
                last = signal.IsLast;
            }

            await response.Body.FlushAsync(cancellationToken);
            if (last)
            {
                return;
            }
        }
    }

    private async Task<bool> ComesAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var ready = seat.Coming.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            try
            {
                return await ready.WaitAsync(Silence, cancellationToken);
            }
            catch (TimeoutException)
            {
                await response.Body.WriteAsync(Heartbeat, cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
    }

    private byte[] Line(LiveSignal signal) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"id: {signal.Sequence}\nevent: {Name(signal.Kind)}\ndata: {seat.Now(signal).Data}\n\n"));

    private static string Name(string kind) => char.ToLowerInvariant(kind[0]) + kind[1..];
}
