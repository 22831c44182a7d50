using MediatR;
using Portal.Publishing.Contracts;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;

namespace Portal.Interaction;

/// <summary>Inspects all files of a form.</summary>
internal static class FileInspections
{
    /// <summary>The files as they may be kept; the first that may not is named at the field where they were chosen.</summary>
    public static async Task<Outcome<IReadOnlyList<InspectedFile>>> InspectAsync(
        this ISender sender, IReadOnlyList<SentFile> sent, string field, CancellationToken cancellationToken)
    {
        List<InspectedFile> kept = [];
        foreach (var file in sent)
        {
            var seen = await sender.Send(new InspectFile(file.Name, file.Content), cancellationToken);
            if (seen.Fault is { } fault)
            {
                return Failure.Invalid(field, fault);
            }

            kept.Add(new InspectedFile(seen.Name, seen.MediaType, seen.Content));
        }

        return kept;
    }
}
