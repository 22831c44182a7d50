using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Docking;

/// <summary>A refusal of the docking protocol: a code for programs, words for people.</summary>
internal sealed record DockingFault(int Status, string Code, string Detail);

/// <summary>Answers of the docking protocol.</summary>
internal static class DockingAnswers
{
    public static IResult Answer(this DockingFault fault) => Results.Text(
        JsonSerializer.Serialize(
            new { status = fault.Status, code = fault.Code, detail = fault.Detail }, MessageJson.Options),
        "application/problem+json", Encoding.UTF8, fault.Status);

    public static IResult Json<T>(T answer) => Results.Text(
        JsonSerializer.Serialize(answer, MessageJson.Options), "application/json", Encoding.UTF8);
}
