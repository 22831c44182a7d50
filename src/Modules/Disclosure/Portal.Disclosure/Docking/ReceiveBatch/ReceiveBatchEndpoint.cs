using System.Buffers;
using System.Text;
using System.Text.Json;
using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
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

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapSignedPost("/api/docking/v1/batches", AnswerAsync).WithMetadata(new BatchSize());

    private static async Task<IResult> AnswerAsync(
        string? directory,
        string? dryRun,
        HttpContext http,
        DockedDirectory docked,
        ItemReader reader,
        DockingRuns runs,
        IStringLocalizer<DockingText> text,
        CancellationToken cancellationToken)
    {
        var caller = DockingCaller.Of(http);
        var (site, fault) = docked.Find(caller, directory, CredentialDirection.Write);
        if (site is null)
        {
            return fault!.Answer();
        }

        // Said before a byte is read, so that nobody sends it all for nothing.
        if (http.Request.ContentLength > MostBytes)
        {
            return new DockingFault(StatusCodes.Status413PayloadTooLarge, "batch.size", text["Fault.batch.size", MostBytes / 1024 / 1024]).Answer();
        }

        if (http.Request.Headers[SignedRequests.IdempotencyHeader] is not [{ Length: > 0 and <= 100 } key]
            || !key.All(character => character is > ' ' and <= '~'))
        {
            return Bad("idempotency.missing", text["Fault.idempotency.missing"]);
        }

        if (await ReadAsync(http.Request, cancellationToken) is not { } body)
        {
            return new DockingFault(StatusCodes.Status413PayloadTooLarge, "batch.size", text["Fault.batch.size", MostBytes / 1024 / 1024]).Answer();
        }

        if (SignedRequests.HashOf(body) != caller.BodyHash)
        {
            return Bad("content.hash", text["Fault.content.hash"]);
        }

        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            return Bad("batch.malformed", text["Fault.batch.malformed", exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0]);
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
                    DryRun = string.Equals(dryRun, "true", StringComparison.OrdinalIgnoreCase),
                    IdempotencyKey = key,
                    BodyHash = caller.BodyHash,
                },
                cancellationToken);
            if (outcome.Fault is { } refused)
            {
                return refused.Answer();
            }

            if (outcome.Repeated)
            {
                http.Response.Headers["Idempotency-Replayed"] = "true";
            }

            return Results.Text(outcome.Run!.Answer!, "application/json", Encoding.UTF8);
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

    private static IResult Bad(string code, string detail) =>
        new DockingFault(StatusCodes.Status400BadRequest, code, detail).Answer();

    // More than what is accepted, so that the answer is ours and says why.
    private sealed class BatchSize : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 2 * MostBytes;
    }
}
