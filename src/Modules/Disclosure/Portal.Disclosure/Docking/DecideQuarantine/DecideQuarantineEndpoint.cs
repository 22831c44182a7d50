using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.DecideQuarantine;

internal sealed class DecideQuarantineEndpoint : ICarterModule
{
    private const string Route = "/console/docking/quarantine/{item:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (
            Guid item, SourceScope scope, QuarantineReader reader, IStringLocalizer<DirectoryText> text,
            CancellationToken cancellationToken) =>
            scope.Actor.Has(Permission.ManageSites)
                ? await ShowAsync(item, reader, text, new DecideQuarantine(), [], cancellationToken)
                : Failure.Forbidden.Page());
        app.MapConsoleForm(Route, async (
            Guid item, [FromForm] DecideQuarantine form, QuarantineReader reader, IStringLocalizer<DirectoryText> text,
            ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form with { Id = item }, cancellationToken);
            return outcome.Succeeded ? Results.Redirect("/console/docking/quarantine?done=decided")
                : outcome.Failure.Kind == FailureKind.Invalid
                    ? await ShowAsync(item, reader, text, form, outcome.Failure.Errors, cancellationToken)
                    : outcome.Failure.Page();
        });
    }

    private static async Task<IResult> ShowAsync(
        Guid id, QuarantineReader reader, IStringLocalizer<DirectoryText> text, DecideQuarantine form,
        IReadOnlyList<FieldError> errors, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(id, cancellationToken);
        return found.Succeeded
            ? DecideQuarantinePage.Render(ViewOf(found.Value.Item, found.Value.Source, found.Value.Entry, text), form, errors)
            : found.Failure.Page();
    }

    // As readers see them: codes by the names that their version gave them.
    private static QuarantineView ViewOf(
        QuarantinedItem item, DockedSource source, DirectoryEntry entry, IStringLocalizer<DirectoryText> text)
    {
        var incoming = item.Item.Metadata ?? new EntryMetadata();
        var versions = item.Item.CodeVersions ?? [];
        return new QuarantineView(
            item.Id, item.IndexNumber, source.Name, entry.OrganisationName, item.At,
            item.Cause, QuarantineReader.Choices(item, source, entry), item.DecidedAt is not null,
            [
                .. MetadataProfile.Current.Elements
                    .Where(element => entry.Metadata.Has(element.Key) || incoming.Has(element.Key))
                    .Select(element => (
                        element.Key,
                        MetadataValues.Text(
                            element, entry.Metadata.All(element.Key), entry.CodeVersions.GetValueOrDefault(element.Key), text),
                        MetadataValues.Text(element, incoming.All(element.Key), versions.GetValueOrDefault(element.Key), text))),
            ]);
    }
}
