using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Docking;

/// <summary>A refusal of the docking protocol: a code for programs, words for people.</summary>
/// <param name="Status">Status of the answer.</param>
/// <param name="Code">What programs go by.</param>
/// <param name="Detail">What people read.</param>
/// <param name="RetryAfter">Seconds after which it is worth asking again.</param>
internal sealed record DockingFault(int Status, string Code, string Detail, int? RetryAfter = null);

/// <summary>Answers of the docking protocol.</summary>
internal static class DockingAnswers
{
    public static IResult Answer(this DockingFault fault) => new Refusal(fault);

    public static IResult Json<T>(T answer) => Results.Text(
        JsonSerializer.Serialize(answer, MessageJson.Options), "application/json", Encoding.UTF8);

    private sealed class Refusal(DockingFault fault) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (fault.RetryAfter is { } seconds)
            {
                httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            return Results.Text(
                JsonSerializer.Serialize(
                    new { status = fault.Status, code = fault.Code, detail = fault.Detail }, MessageJson.Options),
                "application/problem+json", Encoding.UTF8, fault.Status).ExecuteAsync(httpContext);
        }
    }
}
