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

namespace Portal.Disclosure.Tests.Docking;

/// <summary>A road between two hosts on which answers are cut off, lose, repeat or shuffle records, or do not come at all.</summary>
internal sealed class RoughRoad : IAsyncDisposable
{
    private readonly Random _random;
    private readonly HttpClient _client = new();
    private readonly WebApplication _app;

    private RoughRoad(Uri to, int seed)
    {
        _random = new Random(seed);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context => ForwardAsync(context, to));
    }

    /// <summary>How bad the road is: of a hundred answers so many are spoilt.</summary>
    public int Percent { get; set; }

    /// <summary>How many were.</summary>
    public int Spoilt { get; private set; }

    public Uri Address => new Uri(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<RoughRoad> StartAsync(Uri to, int seed)
    {
        var road = new RoughRoad(to, seed);
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
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(to, context.Request.GetEncodedPathAndQuery()));
        foreach (var header in context.Request.Headers.Where(header => header.Key.StartsWith("X-Docking", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        }

        using var answer = await _client.SendAsync(request, context.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        var (roll, kind) = Roll();
        if (answer.StatusCode != HttpStatusCode.OK || roll >= Percent)
        {
            context.Response.StatusCode = (int)answer.StatusCode;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        Spoilt++;
        switch (kind)
        {
            case 0:
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                break;
            case 1:
                context.Abort();
                break;
            case 2:
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
                break;
            default:
                await context.Response.Body.WriteAsync(Shuffle(body, kind), context.RequestAborted);
                break;
        }
    }

    private (int Roll, int Kind) Roll()
    {
        lock (_random)
        {
            return (_random.Next(100), _random.Next(6));
        }
    }

    private static byte[] Shuffle(byte[] body, int kind)
    {
        var page = JsonNode.Parse(body)!.AsObject();
        if (page["items"] is not JsonArray { Count: > 1 } items)
        {
            return body[..(body.Length / 2)];
        }

        var last = items[^1]!.DeepClone();
        items.RemoveAt(items.Count - 1);
        if (kind == 3)
        {
            // One is gone, and the count with it.
            page["count"] = items.Count;
        }
        else if (kind == 4)
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
