using System.Buffers;
using System.Text;
using System.Text.Json;
using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ReceiveBatch;

/// <summary>
/// <c>POST /api/docking/v1/batches?directory=KEY[&amp;dryRun=true]</c>: a signed batch of records, with a result for each.
/// </summary>
internal sealed class ReceiveBatchEndpoint : ICarterModule
{
    /// <summary>Records of one batch.</summary>
    public const int MostItems = 1000;

    /// <summary>Bytes of one batch.</summary>
    public const int MostBytes = 8 * 1024 * 1024;


    private const int MostDrained = 128 * 1024 * 1024;

    private static readonly string[] Parameters = ["directory", "dryRun"];

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapSignedPost("/api/docking/v1/batches", AnswerAsync).WithMetadata(new BatchSize());

    private static async Task<IResult> AnswerAsync(
        string? directory,
        string? dryRun,
        HttpContext http,
        DockedDirectory docked,
        ItemReader reader,
        DockingRuns runs,
        DockingTrail trail,
        IStringLocalizer<DockingText> text,
        CancellationToken cancellationToken)
    {
        var caller = DockingCaller.Of(http);
        var (site, fault) = docked.Find(caller, directory, CredentialDirection.Write);
        if (site is null)
        {
            return await RefusedAsync(fault!);
        }

        // Whoever meant a trial must not find it done: only these two words are known.
        if (http.Request.Query.Keys.FirstOrDefault(name => !Parameters.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            return Bad("parameter.unknown", text["Fault.parameter.unknown", unknown.CutTo(20)]);
        }

        var isDry = false;
        if (dryRun is not null && !bool.TryParse(dryRun, out isDry))
        {
            return Bad("dryRun.malformed", text["Fault.dryRun.malformed", dryRun.CutTo(20)]);
        }

        // Said before a byte is read, so that nobody sends it all for nothing.
        if (http.Request.ContentLength > MostBytes)
        {
            return TooLarge(text);
        }

        if (http.Request.Headers[SignedRequests.IdempotencyHeader] is not [{ Length: > 0 and <= 100 } key]
            || !key.All(character => character is > ' ' and <= '~'))
        {
            return Bad("idempotency.missing", text["Fault.idempotency.missing"]);
        }

        if (await ReadAsync(http.Request, cancellationToken) is not { } body)
        {
            return TooLarge(text);
        }

        if (SignedRequests.HashOf(body) != caller.BodyHash)
        {
            return await RefusedAsync(new DockingFault(
                StatusCodes.Status400BadRequest, "content.hash", text["Fault.content.hash"]));
        }

        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            return Bad("batch.malformed", text["Fault.batch.malformed", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1]);
        }

        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array
                || items.GetArrayLength() is 0 or > MostItems)
            {
                return Bad("batch.items", text["Fault.batch.items", MostItems]);
            }

            var outcome = await runs.ApplyAsync(
                caller.Source.Id,
                new Delivery
                {
                    Kind = RunKind.Push,
                    Items = [.. items.EnumerateArray().Select(reader.Read)],
                    DryRun = isDry,
                    IdempotencyKey = key,
                    BodyHash = caller.BodyHash,
                },
                cancellationToken);
            if (outcome.Fault is { } refused)
            {
                return await RefusedAsync(refused);
            }

            if (outcome.Repeated)
            {
                http.Response.Headers["Idempotency-Replayed"] = "true";
            }

            return Results.Text(outcome.Run!.Answer!, "application/json", Encoding.UTF8);
        }

        async Task<IResult> RefusedAsync(DockingFault refusal)
        {
            await trail.RefusedAsync(caller.Source, caller.Credential.KeyId, refusal, cancellationToken);
            return refusal.Answer();
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (body.Length + read > MostBytes)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }

    private static TooLargeBatch TooLarge(IStringLocalizer<DockingText> text) => new(new DockingFault(
        StatusCodes.Status413PayloadTooLarge, "batch.size",
        text["Fault.batch.size", MostBytes / 1024 / 1024, MostBytes, MostItems]));

    private static IResult Bad(string code, string detail) =>
        new DockingFault(StatusCodes.Status400BadRequest, code, detail).Answer();

    // More than what is accepted, so that the answer is ours and says why.
    private sealed class BatchSize : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MostDrained;
    }

    /// <summary>
    /// Answers at once, then lets the rest of the body run out unkept: who sends on without looking would be cut off before
    /// the answer is read. Who waits for leave is not made to send anything.
    /// </summary>
    private sealed class TooLargeBatch(DockingFault fault) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await fault.Answer().ExecuteAsync(httpContext);
            await httpContext.Response.CompleteAsync();
            if (httpContext.Request.Headers.Expect.Count > 0)
            {
                return;
            }

            try
            {
                await httpContext.Request.Body.CopyToAsync(Stream.Null, httpContext.RequestAborted);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // Gone, or more than anybody may send: the answer stands.
            }
        }
    }
}
