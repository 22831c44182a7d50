using System.Globalization;
using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ReadBuckets;

/// <summary>
/// <c>GET /api/docking/v1/buckets</c> and <c>/buckets/{n}</c>: to a reader what the directory holds, to a source what was
/// received from it.
/// </summary>
internal sealed class ReadBucketsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapSignedRead("/api/docking/v1/buckets", async (
            string? directory, HttpContext http, DockedDirectory docked, Buckets buckets, CancellationToken cancellationToken) =>
        {
            var caller = DockingCaller.Of(http);
            var (site, fault) = docked.Find(caller, directory, CredentialDirection.Read, CredentialDirection.Write);
            if (site is null)
            {
                return fault!.Answer();
            }

            var all = caller.Credential.Direction == CredentialDirection.Read
                ? await buckets.OfDirectoryAsync(site.Id, cancellationToken)
                : await buckets.OfSourceAsync(caller.Source.Id, cancellationToken);
            return DockingAnswers.Json(new BucketList(site.Key, all.Count, all));
        });
        app.MapSignedRead("/api/docking/v1/buckets/{bucket}", async (
            string bucket,
            string? directory,
            HttpContext http,
            DockedDirectory docked,
            Buckets buckets,
            IStringLocalizer<DockingText> text,
            CancellationToken cancellationToken) =>
        {
            var caller = DockingCaller.Of(http);
            var (site, fault) = docked.Find(caller, directory, CredentialDirection.Read, CredentialDirection.Write);
            if (site is null)
            {
                return fault!.Answer();
            }

            if (!int.TryParse(bucket, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Buckets.Last)
            {
                return new DockingFault(StatusCodes.Status404NotFound, "bucket.unknown", text["Fault.bucket.unknown"]).Answer();
            }

            var records = caller.Credential.Direction == CredentialDirection.Read
                ? await buckets.RecordsOfDirectoryAsync(site.Id, number, cancellationToken)
                : await buckets.RecordsOfSourceAsync(caller.Source.Id, number, cancellationToken);
            return DockingAnswers.Json(new BucketContent(site.Key, number, records.Count, records));
        });
    }
}
