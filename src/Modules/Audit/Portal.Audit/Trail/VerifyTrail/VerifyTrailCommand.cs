using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Commands;

namespace Portal.Audit.Trail.VerifyTrail;

/// <summary><c>portal audit verify</c>: 0 when the trail is whole, 1 when it is not.</summary>
internal sealed class VerifyTrailCommand(IProgressDisplay progress) : ICommandLine
{
    private const int MostFindings = 20;

    public Command Build(IServiceProvider services)
    {
        var verify = new Command(
            "verify",
            "Recomputes the sealed trail and compares it with every stored node, checkpoint and checkpoint file. "
            + "Names the first bad entry and answers 1 when something was changed.");
        verify.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            var verifier = scope.ServiceProvider.GetRequiredService<TrailVerifier>();
            TrailReport report = null!;
            await progress.RunAsync(
                "entries",
                await verifier.CountAsync(cancellationToken),
                async done => report = await verifier.VerifyAsync(done, cancellationToken));
            Print(report, result.InvocationConfiguration.Output);
            return report.Findings.Count == 0 ? 0 : 1;
        });
        return new Command("audit", "The sealed trail of decisions.") { verify };
    }

    private static void Print(TrailReport report, TextWriter output)
    {
        foreach (var finding in report.Findings.Take(MostFindings))
        {
            output.WriteLine((finding.Index, finding.DecisionId) switch
            {
                ({ } index, { } decision) => Text($"BAD entry {index}, decision {decision}: {finding.What}"),
                ({ } index, null) => Text($"BAD entry {index}: {finding.What}"),
                _ => Text($"BAD {finding.What}"),
            });
        }

        if (report.Findings.Count > MostFindings)
        {
            output.WriteLine(Text($"and {report.Findings.Count - MostFindings} more"));
        }

        var checkpoint = report.Last is { } last
            ? Text($"last checkpoint {last.Size} at {CanonicalJson.Instant(last.At)}")
            : "no checkpoint yet";
        output.WriteLine(Text($"{report.Size} entries, {checkpoint}, {report.UnsignedTail} not signed yet"));
        output.WriteLine(Text($"root {Convert.ToHexStringLower(report.Root)}"));
        output.WriteLine(report.Findings.Count == 0 ? "The trail is whole." : "The trail was changed.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
