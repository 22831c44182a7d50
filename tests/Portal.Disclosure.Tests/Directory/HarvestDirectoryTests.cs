using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.HarvestDirectory;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>A host whose harvesters get five entries at a time.</summary>
public sealed class HarvestHost : DisclosureHost
{
    public const int Page = 5;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var admin = await SignInAs(await Data.Staff(Role.ProvincialAdmin));
        var set = await admin.Post(
            "/console/settings/DisclosureSettings.HarvestPage",
            new() { ["Value"] = Page.ToString(CultureInfo.InvariantCulture), ["Inherit"] = "false", ["Reason"] = "试验" });
        Assert.True(set.Status == HttpStatusCode.SeeOther, string.Join('\n', set.Errors));
    }
}

/// <summary>OAI-PMH 2.0 over HTTP, every answer held against the rules of the protocol.</summary>
public sealed partial class HarvestDirectoryTests(HarvestHost host) : IClassFixture<HarvestHost>
{
    private static readonly XNamespace Oai = "http://www.openarchives.org/OAI/2.0/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace OaiDc = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    private static readonly XNamespace Own = HarvestXml.Cngov;

    private static readonly HashSet<string> Codes =
    [
        "badArgument", "badResumptionToken", "badVerb", "cannotDisseminateFormat", "idDoesNotExist", "noRecordsMatch",
        "noMetadataFormats", "noSetHierarchy",
    ];

    private static readonly HashSet<string> Elements =
    [
        "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier", "source",
        "language", "relation", "coverage", "rights",
    ];

    [Fact]
    public async Task The_repository_says_who_it_is_and_names_its_formats_sets_and_friends()
    {
        await host.Entry(await host.Channel());
        var identify = (await Ask("verb=Identify")).Element(Oai + "Identify")!;
        Assert.Equal("2.0", identify.Element(Oai + "protocolVersion")!.Value);
        Assert.Equal("persistent", identify.Element(Oai + "deletedRecord")!.Value);
        Assert.Equal("YYYY-MM-DDThh:mm:ssZ", identify.Element(Oai + "granularity")!.Value);
        Assert.EndsWith("/oai", identify.Element(Oai + "baseURL")!.Value, StringComparison.Ordinal);
        Assert.Matches(@"^\S+@(\S+\.)+\S+$", identify.Element(Oai + "adminEmail")!.Value);
        Assert.Matches(Second(), identify.Element(Oai + "earliestDatestamp")!.Value);
        Assert.Contains("yunpu", identify.Descendants().Single(element => element.Name.LocalName == "friends").Value, StringComparison.Ordinal);
        Assert.Equal(
            [
                "repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord", "granularity",
                "description",
            ],
            identify.Elements().Select(element => element.Name.LocalName));

        var formats = (await Ask("verb=ListMetadataFormats")).Element(Oai + "ListMetadataFormats")!;
        Assert.Equal(["oai_dc", "cngov"], formats.Elements().Select(format => format.Element(Oai + "metadataPrefix")!.Value));
        var sets = (await Ask("verb=ListSets")).Element(Oai + "ListSets")!.Elements(Oai + "set").ToDictionary(
            set => set.Element(Oai + "setSpec")!.Value, set => set.Element(Oai + "setName")!.Value);
        Assert.Equal("公开主体：云岭省教育厅", sets["organisation-jyt"]);
        Assert.Contains("item-15", sets);
        Assert.Equal("主题分类：科技、教育/教育", sets.Single(set => set.Key.StartsWith("subject-", StringComparison.Ordinal) && set.Value.EndsWith("/教育", StringComparison.Ordinal)).Value);
        Assert.DoesNotContain("organisation-yunpu", sets.Keys);
        Assert.All(sets.Keys, spec => Assert.Matches(SetSpec(), spec));
    }

    [Fact]
    public async Task A_record_is_given_in_both_formats_and_survives_letters_that_xml_has_not()
    {
        var entry = await host.Entry(await host.Channel(), edition =>
        {
            edition.Title = "关于<乡村>&\u000b“𠮷”字的通知";
            edition.Keywords = ["乡村", "用字"];
        });
        var identifier = HarvestXml.IdentifierOf(entry.Id);

        var record = (await Ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + identifier))
            .Element(Oai + "GetRecord")!.Element(Oai + "record")!;
        Assert.Contains("item-01", record.Element(Oai + "header")!.Elements(Oai + "setSpec").Select(spec => spec.Value));
        var dc = record.Element(Oai + "metadata")!.Element(OaiDc + "dc")!;
        Assert.Equal("关于<乡村>&“𠮷”字的通知", dc.Element(Dc + "title")!.Value);
        Assert.Equal(["科技、教育/教育", "乡村", "用字"], dc.Elements(Dc + "subject").Select(element => element.Value));
        Assert.Contains(entry.IndexNumber, dc.Elements(Dc + "identifier").Select(element => element.Value));
        Assert.Equal("通知", dc.Element(Dc + "type")!.Value);

        var schemas = new XmlSchemaSet();
        using (var visitor = host.Visitor())
        {
            var schema = await visitor.Get("/oai/cngov.xsd");
            Assert.Equal(HttpStatusCode.OK, schema.Status);
            using var schemaReader = XmlReader.Create(new MemoryStream(schema.Bytes));
            schemas.Add(XmlSchema.Read(schemaReader, (_, args) => Assert.Fail(args.Message))!);
        }

        var own = (await Ask("verb=GetRecord&metadataPrefix=cngov&identifier=" + identifier))
            .Descendants(Own + "record").Single();
        Assert.Equal(entry.Subject, own.Element(Own + "Subject")!.Attribute("code")!.Value);
        Assert.Equal(entry.IndexNumber, own.Element(Own + "Identifier")!.Value);
        List<string> faults = [];
        var checkedRecord = new XDocument(new XElement(own));
        checkedRecord.Root!.Attributes().Where(attribute => attribute.Name.LocalName == "schemaLocation").Remove();
        checkedRecord.Validate(schemas, (_, args) => faults.Add(args.Message));
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(HarvestHost.Page - 1, 1)]
    [InlineData(HarvestHost.Page, 1)]
    [InlineData(HarvestHost.Page + 1, 2)]
    [InlineData(2 * HarvestHost.Page, 2)]
    public async Task A_list_comes_in_as_many_parts_as_it_needs_and_the_last_token_is_empty(int count, int parts)
    {
        var site = await host.Data.Site($"parts{count}");
        var channel = await host.Channel(site.Key);
        List<string> titles = [];
        for (var i = 0; i < count; i++)
        {
            titles.Add((await host.Publish(channel)).Title);
        }

        await host.DrainOutbox();
        var (records, answers) = await Harvest($"verb=ListRecords&metadataPrefix=oai_dc&set=organisation-{site.Key}");
        Assert.Equal(titles, records.Select(record => record.Descendants(Dc + "title").Single().Value));
        Assert.Equal(parts, answers.Count);
        var tokens = answers.Select(answer => answer.Root!.Element(Oai + "ListRecords")!.Element(Oai + "resumptionToken")).ToList();
        // A list that came whole has none; one in parts ends with an empty one.
        Assert.Equal(parts == 1, tokens[^1] is null);
        Assert.Equal(parts == 1 ? null : "", tokens[^1]?.Value);
        Assert.Equal(
            parts == 1 ? [] : [.. Enumerable.Range(0, parts).Select(part => (part * HarvestHost.Page).ToString(CultureInfo.InvariantCulture))],
            tokens.OfType<XElement>().Select(token => token.Attribute("cursor")!.Value));
    }

    [Fact]
    public async Task A_harvest_beside_which_entries_change_loses_nothing()
    {
        var site = await host.Data.Site("moving");
        var channel = await host.Channel(site.Key);
        List<DirectoryEntry> entries = [];
        for (var i = 0; i < 12; i++)
        {
            entries.Add(await host.Entry(channel));
        }

        var ask = $"verb=ListRecords&metadataPrefix=oai_dc&set=organisation-{site.Key}";
        var first = await Ask(ask);
        var token = TokenOf(first)!;
        // One that was read and one that was not are changed, one is withdrawn, one is new.
        await host.Publish(channel, edition => edition.Title = "已读后修改的通知", entries[0].DocumentId);
        await host.Publish(channel, edition => edition.Title = "未读前修改的通知", entries[8].DocumentId);
        await host.DrainOutbox();
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, site.Key));
        var withdrawn = await keeper.Post(
            $"/console/disclosure/entries/{entries[9].Id}/withdrawal", new() { ["Version"] = "1", ["Reason"] = "口径有误" },
            $"/console/disclosure/entries/{entries[9].Id}");
        Assert.Equal(HttpStatusCode.Redirect, withdrawn.Status);
        var added = await host.Entry(channel);

        var (rest, _) = await Harvest("verb=ListRecords&resumptionToken=" + token);
        var all = first.Descendants(Oai + "record").Concat(rest).ToList();
        var state = all.GroupBy(IdentifierOf).ToDictionary(group => group.Key, group => group.Last());
        Assert.Equal(
            entries.Append(added).Select(entry => HarvestXml.IdentifierOf(entry.Id)).Order(),
            state.Keys.Order());
        Assert.Equal("已读后修改的通知", state[HarvestXml.IdentifierOf(entries[0].Id)].Descendants(Dc + "title").Single().Value);
        Assert.Equal("未读前修改的通知", state[HarvestXml.IdentifierOf(entries[8].Id)].Descendants(Dc + "title").Single().Value);
        Assert.Equal("deleted", state[HarvestXml.IdentifierOf(entries[9].Id)].Element(Oai + "header")!.Attribute("status")!.Value);
        // The same token again, however much later, goes on from the same place.
        host.Clock.Advance(TimeSpan.FromDays(400));
        var again = await Ask("verb=ListRecords&resumptionToken=" + token);
        Assert.Equal(
            rest.Take(HarvestHost.Page).Select(IdentifierOf), again.Descendants(Oai + "record").Select(IdentifierOf));
    }

    [Fact]
    public async Task Bounds_are_inclusive_to_the_second_and_travel_with_the_token()
    {
        var site = await host.Data.Site("bounds");
        var channel = await host.Channel(site.Key);
        var set = $"&metadataPrefix=oai_dc&set=organisation-{site.Key}";
        List<string> stamps = [];
        for (var i = 0; i < 8; i++)
        {
            var entry = await host.Entry(channel);
            stamps.Add(entry.UpdatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            host.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(stamps.Count, stamps.Distinct().Count());
        var (one, _) = await Harvest($"verb=ListIdentifiers{set}&from={stamps[2]}&until={stamps[2]}");
        Assert.Equal([stamps[2]], one.Select(DatestampOf));
        var (some, parts) = await Harvest($"verb=ListIdentifiers{set}&from={stamps[1]}&until={stamps[6]}");
        Assert.Equal(stamps[1..7], some.Select(DatestampOf));
        Assert.Equal(2, parts.Count);
        var (day, _) = await Harvest($"verb=ListIdentifiers{set}&from={stamps[0][..10]}&until={stamps[7][..10]}");
        Assert.Equal(stamps, day.Select(DatestampOf));
        // What the answer says of its own time is where the next harvest begins: the last second is read twice, none missed.
        var response = parts[0].Root!.Element(Oai + "responseDate")!.Value;
        Assert.True(string.CompareOrdinal(response, stamps[7]) >= 0);
    }

    [Fact]
    public async Task While_somebody_writes_an_answer_is_dated_before_what_is_being_written()
    {
        var site = await host.Data.Site("writing");
        var channel = await host.Channel(site.Key);
        var before = await host.Entry(channel);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        string? date = null;
        await host.InTransaction<bool>(async services =>
        {
            var writer = (DirectoryWriter)services.GetService(typeof(DirectoryWriter))!;
            await writer.LockAsync([before.DirectoryId], CancellationToken.None);
            date = (await Ask($"verb=ListIdentifiers&metadataPrefix=oai_dc&set=organisation-{site.Key}"))
                .Element(Oai + "responseDate")!.Value;
            return true;
        });
        var dated = DateTimeOffset.Parse(date!, CultureInfo.InvariantCulture);
        Assert.True(dated <= host.Clock.GetUtcNow().AddMinutes(-4), date);
        var quiet = (await Ask($"verb=ListIdentifiers&metadataPrefix=oai_dc&set=organisation-{site.Key}"))
            .Element(Oai + "responseDate")!.Value;
        Assert.True(string.CompareOrdinal(quiet, date) > 0);
    }

    [Theory]
    [InlineData("", "badVerb")]
    [InlineData("verb=", "badVerb")]
    [InlineData("verb=listRecords", "badVerb")]
    [InlineData("verb=Identify&verb=Identify", "badVerb")]
    [InlineData("metadataPrefix=oai_dc", "badVerb")]
    [InlineData("verb=Identify&from=2026-01-01", "badArgument")]
    [InlineData("verb=ListRecords", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&page=2", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01", "badArgument")]
    [InlineData("verb=GetRecord&metadataPrefix=oai_dc", "badArgument")]
    [InlineData("verb=ListSets&metadataPrefix=oai_dc", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat")]
    [InlineData("verb=GetRecord&metadataPrefix=marc21&identifier=urn:uuid:x", "cannotDisseminateFormat")]
    [InlineData("verb=GetRecord&metadataPrefix=oai_dc&identifier=nothing", "idDoesNotExist")]
    [InlineData("verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:01980000-0000-7000-8000-000000000000", "idDoesNotExist")]
    [InlineData("verb=ListMetadataFormats&identifier=nothing", "idDoesNotExist")]
    [InlineData("verb=ListRecords&resumptionToken=x", "badResumptionToken")]
    [InlineData("verb=ListIdentifiers&resumptionToken=MTs7", "badResumptionToken")]
    [InlineData("verb=ListSets&resumptionToken=x", "badResumptionToken")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&set=no-such-set", "noRecordsMatch")]
    public async Task Every_fault_has_its_code_by_get_and_by_post(string query, string code)
    {
        foreach (var answer in new[] { await Ask(query), await Ask(query, post: true) })
        {
            Assert.Equal([code], answer.Elements(Oai + "error").Select(error => error.Attribute("code")!.Value));
            Assert.All(answer.Elements(Oai + "error"), error => Assert.NotEmpty(error.Value));
            if (code is "badVerb" or "badArgument")
            {
                Assert.Empty(answer.Element(Oai + "request")!.Attributes());
            }
        }
    }

    [Fact]
    public async Task A_token_is_good_for_its_directory_its_verb_and_whole_only()
    {
        var channel = await host.Channel("yunpu");
        for (var i = 0; i <= HarvestHost.Page; i++)
        {
            await host.Publish(channel);
        }

        await host.DrainOutbox();
        var token = TokenOf(await Ask("verb=ListRecords&metadataPrefix=oai_dc", site: "yunpu"))!;
        Assert.NotNull((await Ask("verb=ListRecords&resumptionToken=" + token, site: "yunpu")).Element(Oai + "ListRecords"));
        foreach (var answer in new[]
        {
            await Ask("verb=ListRecords&resumptionToken=" + token),
            await Ask("verb=ListIdentifiers&resumptionToken=" + token, site: "yunpu"),
            await Ask("verb=ListRecords&resumptionToken=" + token[..^4], site: "yunpu"),
        })
        {
            Assert.Equal("badResumptionToken", answer.Element(Oai + "error")!.Attribute("code")!.Value);
        }
    }

    [Fact]
    public async Task A_site_without_a_directory_of_its_own_leads_to_the_one_above()
    {
        using var visitor = host.Visitor("jyt");
        var answer = await visitor.Get("/oai?verb=Identify");
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.Status);
        Assert.Equal("/oai?verb=Identify", answer.Location);
        using var other = host.Visitor();
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await other.SendContent("/oai", new StringContent("verb=Identify"))).Status);
    }

    private async Task<XElement> Ask(string query, bool post = false, string site = TestData.ProvinceKey)
    {
        using var visitor = host.Visitor(site);
        var answer = post
            ? await visitor.SendContent("/oai", new StringContent(query, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")))
            : await visitor.Get("/oai?" + query);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/xml; charset=utf-8", answer.Header("Content-Type"));
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        using var reader = XmlReader.Create(new MemoryStream(answer.Bytes));
        var root = XDocument.Load(reader).Root!;
        CheckRules(root);
        return root;
    }

    private async Task<(List<XElement> Items, List<XDocument> Answers)> Harvest(string query)
    {
        List<XElement> items = [];
        List<XDocument> answers = [];
        var verb = query.Split('&')[0];
        for (string? next = query; next is not null;)
        {
            var answer = await Ask(next);
            answers.Add(answer.Document!);
            var list = answer.Elements().Last();
            items.AddRange(list.Elements().Where(element => element.Name.LocalName is "record" or "header"));
            next = TokenOf(answer) is { Length: > 0 } token ? $"{verb}&resumptionToken={token}" : null;
        }

        return (items, answers);
    }

    private static string? TokenOf(XElement answer) => answer.Descendants(Oai + "resumptionToken").SingleOrDefault()?.Value;

    private static string IdentifierOf(XElement record) => record.Descendants(Oai + "identifier").Single().Value;

    private static string DatestampOf(XElement record) => record.Descendants(Oai + "datestamp").Single().Value;

    /// <summary>What the schema and the text of the protocol ask of any answer.</summary>
    private static void CheckRules(XElement root)
    {
        Assert.Equal(Oai + "OAI-PMH", root.Name);
        var children = root.Elements().ToList();
        Assert.Equal(Oai + "responseDate", children[0].Name);
        Assert.Matches(Second(), children[0].Value);
        Assert.Equal(Oai + "request", children[1].Name);
        Assert.EndsWith("/oai", children[1].Value, StringComparison.Ordinal);
        var answers = children.Skip(2).ToList();
        Assert.NotEmpty(answers);
        if (answers[0].Name == Oai + "error")
        {
            Assert.All(answers, error => Assert.Contains(error.Attribute("code")!.Value, Codes));
            return;
        }

        var answer = Assert.Single(answers);
        Assert.Equal(children[1].Attribute("verb")!.Value, answer.Name.LocalName);
        Assert.All(answer.Descendants(Oai + "header"), CheckHeader);
        Assert.All(answer.Descendants(Oai + "record"), CheckRecord);
        if (answer.Elements(Oai + "resumptionToken").SingleOrDefault() is { } token)
        {
            Assert.Null(token.NextNode as XElement);
            Assert.NotNull(token.PreviousNode);
        }

        if (answer.Name.LocalName.StartsWith("List", StringComparison.Ordinal))
        {
            Assert.NotEmpty(answer.Elements());
        }
    }

    private static void CheckHeader(XElement header)
    {
        var names = header.Elements().Select(element => element.Name.LocalName).ToList();
        Assert.Equal(["identifier", "datestamp"], names.Take(2));
        Assert.All(names.Skip(2), name => Assert.Equal("setSpec", name));
        Assert.True(Uri.TryCreate(header.Element(Oai + "identifier")!.Value, UriKind.Absolute, out _));
        Assert.Matches(Second(), header.Element(Oai + "datestamp")!.Value);
        Assert.All(header.Elements(Oai + "setSpec"), spec => Assert.Matches(SetSpec(), spec.Value));
        Assert.True(header.Attribute("status") is null or { Value: "deleted" });
    }

    private static void CheckRecord(XElement record)
    {
        var deleted = record.Element(Oai + "header")!.Attribute("status") is not null;
        Assert.Equal(
            deleted ? ["header"] : ["header", "metadata"], record.Elements().Select(element => element.Name.LocalName));
        if (record.Element(Oai + "metadata") is not { } metadata)
        {
            return;
        }

        var body = Assert.Single(metadata.Elements());
        Assert.NotNull(body.Attribute(XNamespace.Get(XmlSchema.InstanceNamespace) + "schemaLocation"));
        if (body.Name == OaiDc + "dc")
        {
            Assert.All(body.Elements(), element => Assert.Equal(Dc, element.Name.Namespace));
            Assert.All(body.Elements(), element => Assert.Contains(element.Name.LocalName, Elements));
        }
        else
        {
            Assert.Equal(Own + "record", body.Name);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    private static partial Regex Second();

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*$")]
    private static partial Regex SetSpec();
}
