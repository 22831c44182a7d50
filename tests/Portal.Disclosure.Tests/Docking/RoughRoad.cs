using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>What happens to a request on its way.</summary>
internal enum Mishap
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A gateway answers in place of the other side.</summary>
    BadGateway,

    /// <summary>The connection breaks before an answer.</summary>
    Broken,

    /// <summary>The answer ends in the middle.</summary>
    CutOff,

    /// <summary>A record of the answer is missing, and the count fits.</summary>
    OneMissing,

    /// <summary>A record stands in the answer twice.</summary>
    OneTwice,

    /// <summary>The records of the answer are in another order.</summary>
    Shuffled,

    /// <summary>The request arrives twice at once.</summary>
    Twice,

    /// <summary>The receiver is killed before anything reaches it.</summary>
    KilledBefore,

    /// <summary>The receiver is killed with half of an answer in its hands.</summary>
    KilledHalfway,

    /// <summary>The receiver is killed within its transaction, at a statement on <see cref="Ride.Table"/>.</summary>
    KilledWithin,

    /// <summary>The receiver is killed after it has committed, before its answer is seen.</summary>
    KilledAfter,
}

/// <summary>One request on the road: what is to happen to it, and which process it may cost.</summary>
internal sealed record Ride(int Number, Mishap Mishap, string Table, ChildHost? Victim = null);

/// <summary>
/// A road between two hosts. What happens to the n-th request is decided by a plan, never by the time it takes; killing is
/// done by whoever owns the process, before the road goes on.
/// </summary>
internal sealed class RoughRoad : IAsyncDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(5) };
    private readonly WebApplication _app;
    private int _number;

    private RoughRoad(Func<Uri> to)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(context => ForwardAsync(context, to()));
    }

    /// <summary>What is to happen to the n-th request that the plan is asked about; reading is smooth.</summary>
    public Func<int, Ride> Plan { get; set; } = number => new Ride(number, Mishap.None, "");

    /// <summary>Kills the receiver; for <see cref="Mishap.KilledWithin"/> around the way that the answer or request takes.</summary>
    public Func<Ride, Func<Task>, Task> Kill { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What has happened so far.</summary>
    public List<Mishap> Happened { get; } = [];

    public Uri Address => new Uri(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<RoughRoad> StartAsync(Func<Uri> to)
    {
        var road = new RoughRoad(to);
        await road._app.StartAsync();
        return road;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, Uri to)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        var body = copy.ToArray();
        var counts = context.Request.Path.Value is "/api/docking/v1/changes" or "/api/docking/v1/batches";
        var ride = counts ? Plan(Interlocked.Increment(ref _number)) : new Ride(0, Mishap.None, "");
        if (ride.Mishap != Mishap.None)
        {
            lock (Happened)
            {
                Happened.Add(ride.Mishap);
            }
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            await PushAsync(context, to, body, ride);
        }
        else
        {
            await PullAsync(context, to, ride);
        }
    }

    // The receiver is behind the road: it may die before, while and after it gets the batch.
    private async Task PushAsync(HttpContext context, Uri to, byte[] body, Ride ride)
    {
        switch (ride.Mishap)
        {
            case Mishap.KilledBefore:
                await Kill(ride, () => Task.CompletedTask);
                context.Abort();
                return;
            case Mishap.KilledWithin:
                await Kill(ride, () => LoseAsync(context.Request, to, body));
                context.Abort();
                return;
            case Mishap.KilledAfter:
                await AskAsync(context.Request, to, body);
                await Kill(ride, () => Task.CompletedTask);
                context.Abort();
                return;
            case Mishap.Broken:
                await AskAsync(context.Request, to, body);
                context.Abort();
                return;
            case Mishap.Twice:
                var both = await Task.WhenAll(AskAsync(context.Request, to, body), AskAsync(context.Request, to, body));
                await AnswerAsync(context, both[0].Status, both[0].Body);
                return;
            case Mishap.BadGateway:
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return;
            default:
                var (status, answer) = await AskAsync(context.Request, to, body);
                await AnswerAsync(context, status, answer);
                return;
        }
    }

    // The receiver asks: it may die before, while and after it gets the answer.
    private async Task PullAsync(HttpContext context, Uri to, Ride ride)
    {
        var (status, body) = await AskAsync(context.Request, to, null);
        switch (status == HttpStatusCode.OK ? ride.Mishap : Mishap.None)
        {
            case Mishap.KilledBefore:
                await Kill(ride, () => Task.CompletedTask);
                context.Abort();
                break;
            case Mishap.KilledHalfway:
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                await context.Response.Body.FlushAsync();
                await Kill(ride, () => Task.CompletedTask);
                context.Abort();
                break;
            case Mishap.KilledWithin:
                await Kill(ride, async () =>
                {
                    await AnswerAsync(context, status, body);
                    await context.Response.CompleteAsync();
                });
                break;
            case Mishap.BadGateway:
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                break;
            case Mishap.Broken:
                context.Abort();
                break;
            case Mishap.CutOff:
                await AnswerAsync(context, status, body[..(body.Length / 2)]);
                break;
            case Mishap.OneMissing or Mishap.OneTwice or Mishap.Shuffled:
                await AnswerAsync(context, status, Spoil(body, ride.Mishap));
                break;
            default:
                await AnswerAsync(context, status, body);
                break;
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> AskAsync(HttpRequest from, Uri to, byte[]? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(to, from.GetEncodedPathAndQuery()));
        request.Content = body is null ? null : new ByteArrayContent(body);
        foreach (var header in from.Headers.Where(header =>
            header.Key.StartsWith("X-Docking", StringComparison.OrdinalIgnoreCase)
            || header.Key.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        }

        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task LoseAsync(HttpRequest from, Uri to, byte[] body)
    {
        try
        {
            await AskAsync(from, to, body);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // Its receiver was killed.
        }
    }

    private static async Task AnswerAsync(HttpContext context, HttpStatusCode status, byte[] body)
    {
        context.Response.StatusCode = (int)status;
        await context.Response.Body.WriteAsync(body);
    }

    private static byte[] Spoil(byte[] body, Mishap mishap)
    {
        var page = JsonNode.Parse(body)!.AsObject();
        if (page["items"] is not JsonArray { Count: > 1 } items)
        {
            return body[..(body.Length / 2)];
        }

        var last = items[^1]!.DeepClone();
        items.RemoveAt(items.Count - 1);
        if (mishap == Mishap.OneMissing)
        {
            page["count"] = items.Count;
        }
        else if (mishap == Mishap.OneTwice)
        {
            items.Add(items[0]!.DeepClone());
        }
        else
        {
            items.Insert(0, last);
        }

        return JsonSerializer.SerializeToUtf8Bytes(page);
    }
}
