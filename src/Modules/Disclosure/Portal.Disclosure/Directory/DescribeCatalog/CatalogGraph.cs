using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory.DescribeCatalog;

/// <summary>
/// The directory in the words of DCAT and its application profile: a catalogue, each record a dataset whose page and text
/// are its distributions; pages by Hydra, which the harvesters of open-data portals follow.
/// </summary>
internal sealed class CatalogGraph(SiteInfo site, ISites sites, IStringLocalizer<DirectoryText> text)
{
    public const string Path = "dcat";

    private const string MediaTypes = "https://www.iana.org/assignments/media-types/";
    private const string Authority = "http://publications.europa.eu/resource/authority/";

    /// <param name="part">What the page holds.</param>
    /// <param name="extension">The form that its links to other pages keep.</param>
    /// <param name="cursor">Its own place; null on the first page.</param>
    public IReadOnlyList<RdfNode> Of(CatalogPart part, string extension, string? cursor)
    {
        var catalog = new RdfNode(Address(Path), "dcat:Catalog")
            .Chinese("dct:title", text["Harvest.Name", site.Name])
            .Chinese("dct:description", text["Directory.Description", site.OrganisationName])
            .Add("dct:publisher", Agent(site.OrganisationName))
            .Link("dct:language", Authority + "language/ZHO")
            .Link("foaf:homepage", Address(RecordPath.Directory))
            .Link("dcat:themeTaxonomy", Themes)
            .Add("dcat:service", new RdfNode(Address("api/directory/v1/entries"), "dcat:DataService")
                .Chinese("dct:title", text["Catalog.Service.Json"])
                .Link("dcat:endpointURL", Address("api/directory/v1/entries"))
                .Link("dcat:endpointDescription", Address("openapi/public.json")))
            .Add("dcat:service", new RdfNode(Address(HarvestDirectory.HarvestXml.Path), "dcat:DataService")
                .Chinese("dct:title", text["Catalog.Service.Harvest"])
                .Link("dcat:endpointURL", Address(HarvestDirectory.HarvestXml.Path))
                .Link("dct:conformsTo", "http://www.openarchives.org/OAI/openarchivesprotocol.html"));
        if (part.Entries.Count > 0)
        {
            catalog.Text("dct:modified", Machine(part.Entries.Max(entry => entry.UpdatedAt)), "xsd:dateTime");
        }

        foreach (var entry in part.Entries)
        {
            catalog.Link("dcat:dataset", Address(RecordPath.Of(entry.Id)));
        }

        var page = new RdfNode(PageOf(extension, cursor), "hydra:PagedCollection", "hydra:PartialCollectionView")
            .Link("hydra:first", PageOf(extension, null))
            .Link("hydra:next", part.Next is null ? null : PageOf(extension, part.Next));
        var concepts = part.Entries
            .SelectMany(entry => new[] { Concept("subject", entry.Subject), Concept("genre", entry.Genre) })
            .OfType<RdfNode>().DistinctBy(node => node.Iri);
        return
        [
            catalog,
            page,
            new RdfNode(Themes, "skos:ConceptScheme").Chinese("dct:title", text["Element.subject"]),
            .. part.Entries.Select(Dataset),
            .. concepts,
        ];
    }

    private string Themes => Address(RecordPath.Directory) + "#subjects";

    private RdfNode Dataset(CatalogEntry entry)
    {
        var metadata = entry.Metadata;
        var record = Address(RecordPath.Of(entry.Id));
        var open = AccessRights.Of(metadata) == AccessRight.Public;
        var dataset = new RdfNode(record, "dcat:Dataset")
            .Text("dct:identifier", metadata.One("indexNumber"))
            .Chinese("dct:title", metadata.One("title"))
            // The profile asks for a description; a record without one is described by its title.
            .Chinese("dct:description", metadata.One("description") ?? metadata.One("title"))
            .Add("dct:publisher", Agent(metadata.One("publisher") ?? entry.OrganisationName))
            .Text("dct:issued", Machine(entry.PublishedAt), "xsd:dateTime")
            .Text("dct:modified", Machine(entry.UpdatedAt), "xsd:dateTime")
            .Text("dct:created", metadata.One("writtenOn"), "xsd:date")
            .Link("dct:language", Authority + "language/ZHO")
            .Link("dct:accessRights", Authority + (open ? "access-right/PUBLIC" : "access-right/RESTRICTED"))
            .Link("dcat:landingPage", record)
            .Link("dcat:theme", ConceptIri("subject", entry.Subject))
            .Link("dct:type", ConceptIri("genre", entry.Genre));
        foreach (var keyword in metadata.All("keywords"))
        {
            dataset.Chinese("dcat:keyword", keyword);
        }

        var api = Address($"api/directory/v1/entries/{entry.Id}");
        // 依申请公开: what it is about is there for all, its text is not.
        return (open ? dataset.Add("dcat:distribution", Distribution(record + ".txt", "text/plain")) : dataset)
            .Add("dcat:distribution", Distribution(api, "application/json"));
    }

    private static RdfNode Distribution(string address, string mediaType) => new RdfNode(address, "dcat:Distribution")
        .Link("dcat:accessURL", address)
        .Link("dcat:downloadURL", address)
        .Link("dcat:mediaType", MediaTypes + mediaType);

    private static RdfNode Agent(string name) => new RdfNode(null, "foaf:Agent").Chinese("foaf:name", name);

    private RdfNode? Concept(string key, string? code) => ConceptIri(key, code) is not { } iri ? null
        : new RdfNode(iri, "skos:Concept")
            .Chinese("skos:prefLabel", ListOf(key).NameOf(code!))
            .Text("skos:notation", code)
            .Link("skos:inScheme", key == "subject" ? Themes : null);

    // The page of the directory that lists what belongs to it.
    private string? ConceptIri(string key, string? code) =>
        code is null ? null : $"{Address(RecordPath.Directory)}?{key}={Uri.EscapeDataString(code)}";

    private static Classification ListOf(string key) => key == "subject" ? Classifications.Subjects : Classifications.Genres;

    private string PageOf(string extension, string? cursor) =>
        Address($"{Path}.{extension}") + (cursor is null ? "" : "?cursor=" + cursor);

    private string Address(string path) => sites.AddressOf(site, path).AbsoluteUri;

    private static string Machine(DateTimeOffset instant) => BeijingTime.Machine(instant);
}
