using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.HarvestDirectory;

/// <summary>
/// The directory for harvesters: OAI-PMH 2.0 over the change sequence, by GET and POST alike (ADR 46). An error of the
/// protocol is an answer as well: always 200.
/// </summary>
internal sealed class HarvestDirectoryEndpoint : ICarterModule
{
    private const string MediaType = "text/xml; charset=utf-8";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached("/" + HarvestXml.Path, AnswerAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicQuery("/" + HarvestXml.Path, AnswerAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage("/" + HarvestXml.SchemaPath, () => Results.Bytes(CngovSchema.Write(), "application/xml; charset=utf-8"))
            .AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, ICurrentSite current, ISites sites, HarvestReader reader, ISettings settings, TimeProvider clock,
        IStringLocalizer<DirectoryText> text)
    {
        // A site without a directory of its own is a part of the one above it.
        var directory = sites.ById(sites.DirectoryOf(current.Site!))!;
        if (directory.Id != current.Site!.Id)
        {
            return Results.Redirect(
                sites.AddressOf(directory, HarvestXml.Path).AbsoluteUri + http.Request.QueryString, preserveMethod: true);
        }

        var token = http.RequestAborted;
        var now = clock.GetUtcNow();
        var xml = new HarvestXml(directory, sites, text);
        if (await ArgumentsAsync(http.Request, token) is not { } arguments)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var request = HarvestRequest.Of(arguments, directory.Id, text);
        return Results.Bytes(
            request.Errors.Count > 0 ? xml.Errors(now, request, request.Errors) : request.Verb switch
            {
                HarvestRequest.Identify => xml.Identify(now, request, await reader.EarliestAsync(directory.Id, token)),
                HarvestRequest.ListSets => xml.SetList(now, request, HarvestSets.Of(directory, sites, text)),
                HarvestRequest.ListMetadataFormats when request.Identifier is null => xml.FormatList(now, request),
                HarvestRequest.ListMetadataFormats or HarvestRequest.GetRecord => await OneAsync(),
                _ => await ListAsync(),
            },
            MediaType);

        async Task<byte[]> OneAsync()
        {
            var entry = HarvestXml.EntryOf(request.Identifier!) is { } id ? await reader.OneAsync(directory.Id, id, token) : null;
            return entry is null ? xml.Errors(now, request, new HarvestError("idDoesNotExist", text["Harvest.unknown"]))
                : request.Verb == HarvestRequest.GetRecord ? xml.Record(now, request, entry)
                : xml.FormatList(now, request);
        }

        async Task<byte[]> ListAsync()
        {
            var place = request.Place!;
            var set = place.Set is null ? null
                : HarvestSets.Of(directory, sites, text).FirstOrDefault(candidate => candidate.Spec == place.Set);
            if (place.Set is not null && set is null)
            {
                return xml.Errors(now, request, new HarvestError("noRecordsMatch", text["Harvest.set", place.Set]));
            }

            var size = settings.For<DisclosureSettings>(directory.Id).HarvestPage;
            var part = await reader.ListAsync(place, set, size, token);
            return part.Entries.Count > 0
                ? xml.List(part.Complete, request, part)
                : xml.Errors(part.Complete, request, new HarvestError("noRecordsMatch", text["Harvest.none"]));
        }
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>?> ArgumentsAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        var arguments = request.Query.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")));
        if (HttpMethods.IsPost(request.Method))
        {
            if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            {
                return null;
            }

            var form = await request.ReadFormAsync(cancellationToken);
            arguments = arguments.Concat(form.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))));
        }

        return [.. arguments];
    }
}
