using System.Net;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Portal.Disclosure.Directory.DescribeCatalog;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>The directory as a DCAT catalogue, in its three forms.</summary>
public sealed class DescribeCatalogTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    private static readonly XNamespace Dcat = "http://www.w3.org/ns/dcat#";
    private static readonly XNamespace Dct = "http://purl.org/dc/terms/";
    private static readonly XNamespace Rdf = RdfPrefixes.Rdf;

    [Fact]
    public async Task A_record_is_a_dataset_with_the_names_of_the_application_profile_in_every_form()
    {
        var entry = await host.Entry(await host.Channel("jyt"), edition =>
        {
            edition.Title = "关于“双减”\\试点\u0007的通知";
            edition.Keywords = ["双减"];
        });
        using var visitor = host.Visitor("jyt");

        using var json = JsonDocument.Parse((await visitor.Get("/dcat.jsonld")).Bytes);
        var nodes = json.RootElement.GetProperty("@graph").EnumerateArray().ToList();
        var catalog = nodes.Single(node => TypeOf(node) == "dcat:Catalog");
        var dataset = nodes.Single(node => TypeOf(node) == "dcat:Dataset" && IdOf(node).EndsWith(entry.Id.ToString(), StringComparison.Ordinal));
        Assert.Contains(IdOf(dataset), catalog.GetProperty("dcat:dataset").EnumerateArray().Select(IdOf));
        foreach (var property in new[] { "dct:title", "dct:description", "dct:publisher", "dcat:service", "dcat:themeTaxonomy", "dct:modified" })
        {
            Assert.True(catalog.TryGetProperty(property, out _), property);
        }

        Assert.Equal("关于“双减”\\试点的通知", TextOf(dataset, "dct:title"));
        Assert.Equal(entry.IndexNumber, TextOf(dataset, "dct:identifier"));
        Assert.Equal("云岭省人民政府", dataset.GetProperty("dct:publisher")[0].GetProperty("foaf:name")[0].GetProperty("@value").GetString());
        Assert.Equal("双减", TextOf(dataset, "dcat:keyword"));
        var theme = IdOf(dataset.GetProperty("dcat:theme")[0]);
        Assert.Equal("科技、教育/教育", TextOf(nodes.Single(node => TypeOf(node) == "skos:Concept" && IdOf(node) == theme), "skos:prefLabel"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(new Uri(theme).PathAndQuery)).Status);
        foreach (var distribution in dataset.GetProperty("dcat:distribution").EnumerateArray())
        {
            var address = new Uri(IdOf(distribution.GetProperty("dcat:downloadURL")[0]));
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get(address.PathAndQuery)).Status);
        }

        var turtle = (await visitor.Get("/dcat.ttl")).Text;
        Assert.Contains("@prefix dcat: <http://www.w3.org/ns/dcat#> .", turtle, StringComparison.Ordinal);
        Assert.Contains("dct:title \"关于“双减”\\\\试点的通知\"@zh", turtle, StringComparison.Ordinal);

        using var reader = XmlReader.Create(new MemoryStream((await visitor.Get("/dcat.rdf")).Bytes));
        var rdf = XDocument.Load(reader).Root!;
        Assert.Equal(Rdf + "RDF", rdf.Name);
        Assert.Equal(
            "关于“双减”\\试点的通知",
            rdf.Elements(Dcat + "Dataset").Single(node => node.Attribute(Rdf + "about")!.Value == IdOf(dataset)).Element(Dct + "title")!.Value);
    }

    [Fact]
    public async Task Pages_lead_by_hydra_through_the_whole_catalogue()
    {
        var site = await host.Data.Site("catalogue");
        var channel = await host.Channel(site.Key);
        List<string> titles = [];
        for (var i = 0; i <= DescribeCatalogHandler.PageSize; i++)
        {
            titles.Insert(0, (await host.Publish(channel)).Title);
        }

        await host.DrainOutbox();
        using var visitor = host.Visitor(site.Key);
        List<string> seen = [];
        var pages = 0;
        for (string? address = "/dcat.jsonld"; address is not null; pages++)
        {
            using var json = JsonDocument.Parse((await visitor.Get(address)).Bytes);
            var nodes = json.RootElement.GetProperty("@graph").EnumerateArray().ToList();
            seen.AddRange(nodes.Where(node => TypeOf(node) == "dcat:Dataset").Select(node => TextOf(node, "dct:title")!));
            var page = nodes.Single(node => TypeOf(node) == "hydra:PagedCollection");
            Assert.EndsWith(address, IdOf(page), StringComparison.Ordinal);
            address = page.TryGetProperty("hydra:next", out var next) ? new Uri(IdOf(next[0])).PathAndQuery : null;
        }

        Assert.Equal(titles, seen);
        Assert.Equal(2, pages);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/dcat.jsonld?cursor=nothing")).Status);
    }

    [Theory]
    [InlineData("", "/dcat.jsonld")]
    [InlineData("*/*", "/dcat.jsonld")]
    [InlineData("application/json", "/dcat.jsonld")]
    [InlineData("text/turtle", "/dcat.ttl")]
    [InlineData("application/rdf+xml;q=0.9, text/turtle;q=0.4", "/dcat.rdf")]
    [InlineData("text/turtle;q=0.4, application/ld+json;q=0.8", "/dcat.jsonld")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/developers")]
    [InlineData("text/turtle;q=0, application/rdf+xml", "/dcat.rdf")]
    [InlineData("image/png", null)]
    public async Task Who_asks_for_a_form_is_led_to_it(string accept, string? target)
    {
        using var visitor = host.Visitor();
        var answer = await visitor.Get("/dcat", ("Accept", accept));
        Assert.Equal(target is null ? HttpStatusCode.NotAcceptable : HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(target, answer.Location);
        Assert.Contains("Accept", answer.Header("Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cached_catalogue_is_renewed_when_an_entry_changes()
    {
        var channel = await host.Channel("lanqiao");
        using var visitor = host.Visitor("lanqiao");
        Assert.DoesNotContain("目录页更新试验", (await visitor.Get("/dcat.ttl")).Text, StringComparison.Ordinal);
        await host.Entry(channel, edition => edition.Title = "目录页更新试验");
        Assert.Contains("目录页更新试验", (await visitor.Get("/dcat.ttl")).Text, StringComparison.Ordinal);
    }

    private static string IdOf(JsonElement node) => node.GetProperty("@id").GetString()!;

    private static string? TypeOf(JsonElement node) =>
        node.TryGetProperty("@type", out var types) ? types[0].GetString() : null;

    private static string? TextOf(JsonElement node, string property) =>
        node.GetProperty(property)[0].GetProperty("@value").GetString();
}
