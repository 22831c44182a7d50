using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ReadEntries;

/// <summary><c>GET /api/docking/v1/entries?directory=KEY&amp;number=…&amp;number=…</c>: single records, to mend differences.</summary>
internal sealed class ReadEntriesEndpoint : ICarterModule
{
    /// <summary>Numbers of one request; a longer address would be refused before it is read.</summary>
    public const int Most = 50;

    public void AddRoutes(IEndpointRouteBuilder app) => app.MapSignedRead(
        "/api/docking/v1/entries",
        async (
            string? directory,
            string[]? number,
            HttpContext http,
            DockedDirectory docked,
            DirectoryFeed feed,
            IStringLocalizer<DockingText> text,
            CancellationToken cancellationToken) =>
        {
            var (site, fault) = docked.Find(
                DockingCaller.Of(http), directory, CredentialDirection.Read);
            return site is null ? fault!.Answer()
                : number is not { Length: > 0 and <= Most }
                    ? new DockingFault(StatusCodes.Status400BadRequest, "number.count", text["Fault.number.count", Most]).Answer()
                    : DockingAnswers.Json(await feed.EntriesAsync(
                        site, [.. number.Select(IndexScheme.Normalise).Distinct()], cancellationToken));
        });
}
