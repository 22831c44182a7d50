using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Letters.Copies.ReadLetterCopy;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.Copies.PrepareLetterCopy;

/// <summary>The letter in full stands in the answer to this form only; no address shows it.</summary>
internal sealed class PrepareLetterCopyEndpoint : ICarterModule
{
    private const string LeftPrefix = "Left-";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/letters/{letter:guid}/publication/masks", async (
            Guid letter, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new PrepareLetterCopy
            {
                LetterId = letter,
                Confirm = form.Text("Act") == "confirm",
                Look = form.Text("Look"),
                Reply = form.Id("Reply"),
                Left = form.Keys.Where(key => key.StartsWith(LeftPrefix, StringComparison.Ordinal))
                    .Select(key => key[LeftPrefix.Length..]).Distinct(StringComparer.Ordinal)
                    .ToDictionary(key => key, key => form.Text("Reason-" + key), StringComparer.Ordinal),
                Added = [.. AddedIn(form)],
                Sure = form.Flag("Sure"),
            };
            var prepared = await sender.Send(request, cancellationToken);
            return prepared is { Succeeded: true, Value.Proposed: true } ? Results.LocalRedirect($"/console/letters/{letter}/publication?done=ProposeCopy")
                : prepared.Succeeded ? PrepareLetterCopyPage.Of(request, prepared.Value)
                : prepared.Failure.Kind == FailureKind.Conflict
                    ? await ReadLetterCopyEndpoint.AnswerAsync(letter, null, prepared.Failure, sender, cancellationToken)
                : prepared.Failure.Page();
        });

    private static IEnumerable<AddedMask> AddedIn(IFormCollection form)
    {
        for (var index = 0; index < PrepareLetterCopyPage.MostAdded; index++)
        {
            var place = index.ToString(CultureInfo.InvariantCulture);
            if (form.Text("Words-" + place) is { Length: > 0 } words)
            {
                yield return new AddedMask(words, form.Chosen<MaskKind>("Kind-" + place) ?? MaskKind.Other, form.Text("Why-" + place));
            }
        }
    }
}
