using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Interfaces;
using Portal.Shared.Web;

namespace Portal.Disclosure.Tests.Interfaces;

/// <summary>
/// The OpenAPI documents: complete, true of what is answered, and only growing. PORTAL_KEEP_SHAPES=1 adds to the files what
/// is new.
/// </summary>
public sealed class ReadInterfaceDocumentTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Documents => [.. InterfaceOperations.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_published_interface_still_has_everything_that_its_file_keeps(string name)
    {
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "Shapes", name + ".json");
        var shape = Without(await Document(name));
        Assert.Empty(Broken(JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), shape, "").Order());
        if (Environment.GetEnvironmentVariable("PORTAL_KEEP_SHAPES") == "1")
        {
            await File.WriteAllTextAsync(
                file, shape!.ToJsonString(Written).ReplaceLineEndings("\n") + "\n", TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void What_went_changed_or_is_newly_demanded_is_named()
    {
        var kept = JsonNode.Parse(
            """
            { "a": { "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string" } }] },
              "b": { "type": "integer" }, "c": {}, "codes": { "enum": ["x", "y"] } }
            """);
        var shape = JsonNode.Parse(
            """
            { "a": { "parameters": [{ "name": "q", "in": "query", "schema": { "type": "integer" } },
                { "name": "new", "in": "query", "required": true }] },
              "b": { "type": "integer", "format": "int32" }, "codes": { "enum": ["y", "z"] } }
            """);
        Assert.Equal(
            ["/a/parameters/new is demanded", "/a/parameters/q/schema/type was \"string\", is \"integer\"", "/c went", "/codes/enum/\"x\" went"],
            Broken(kept, shape, "").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_operation_parameter_answer_and_field_is_described(string name)
    {
        var document = (await Document(name))!;
        Assert.Equal("3.1.1", document["openapi"]!.GetValue<string>());
        var described = InterfaceOperations.All.Where(operation => operation.Document == name).ToList();
        var paths = document["paths"]!.AsObject();
        Assert.Equal(
            described.Select(operation => $"{operation.Method} /{operation.Path}").Order(StringComparer.Ordinal),
            paths.SelectMany(path => path.Value!.AsObject().Select(verb => $"{verb.Key.ToUpperInvariant()} {path.Key}")).Order(StringComparer.Ordinal));
        List<string> faults = [];
        Complete(document, "", faults);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.Equal(name == InterfaceOperations.Docking ? 4 : 0, document["security"]?[0]?.AsObject().Count ?? 0);
    }

    [Fact]
    public async Task No_endpoint_of_an_interface_and_no_query_key_is_left_out()
    {
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            endpoints.Select(endpoint => PathOf(endpoint.RoutePattern)).Order(StringComparer.Ordinal),
            InterfaceOperations.All.Select(operation => operation.Path).Order(StringComparer.Ordinal));
        foreach (var endpoint in endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<PublicPageAttribute>() is not null))
        {
            var operation = InterfaceOperations.All.Single(candidate => candidate.Path == PathOf(endpoint.RoutePattern));
            Assert.Equal(
                endpoint.Metadata.GetMetadata<PublicPageAttribute>()!.Query.Order(StringComparer.Ordinal),
                operation.Parameters.Where(parameter => !parameter.InPath).Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        }

        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/openapi/nothing.json")).Status);
    }

    [Fact]
    public async Task What_is_answered_is_what_the_document_says()
    {
        var old = await host.Entry(await host.Channel("jyt"), edition => edition.Fields["documentNumber"] = "云教发〔2026〕811号");
        var entry = await host.Entry(await host.Channel("jyt"), edition =>
        {
            edition.Fields["validity"] = "repealed";
            edition.Fields["repealedOn"] = "2026-02-01";
            edition.Fields["repealedBy"] = "云教发〔2026〕811号";
        });
        var document = (await Document(InterfaceOperations.Public))!;
        List<string> faults = [];
        foreach (var (path, template, status) in new[]
        {
            ("/api/directory/v1/entries", "/api/directory/v1/entries", 200),
            ("/api/directory/v1/entries?subject=nothing", "/api/directory/v1/entries", 404),
            ("/api/directory/v1/entries/" + entry.Id, "/api/directory/v1/entries/{id}", 200),
            ("/api/directory/v1/entries/" + old.Id, "/api/directory/v1/entries/{id}", 200),
            ("/api/directory/v1/entries/" + Guid.Empty, "/api/directory/v1/entries/{id}", 404),
            ("/api/deadlines?rule=reply&start=2026-02-10", "/api/deadlines", 200),
            ("/api/directory/v1/profile", "/api/directory/v1/profile", 200),
            ("/api/deadlines", "/api/deadlines", 200),
            ("/api/deadlines?rule=nothing", "/api/deadlines", 422),
        })
        {
            using var visitor = host.Visitor("jyt");
            var answer = await visitor.Get(path);
            Assert.Equal(status, (int)answer.Status);
            var (mediaType, content) = document["paths"]![template]!["get"]!["responses"]![$"{status}"]!["content"]!.AsObject().Single();
            Assert.StartsWith(mediaType, answer.Header("Content-Type")!, StringComparison.Ordinal);
            faults.AddRange(DocumentedShape.Faults(JsonNode.Parse(answer.Text), content!["schema"]!, document, path));
            if (status >= 400 && status != 410)
            {
                Assert.Contains(answer.Text, letter => letter > 0x2E80);
            }
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Theory]
    [InlineData("/api/directory/v1/entries/abc")]
    [InlineData("/api/nothing")]
    [InlineData("/api/docking/v1/nothing")]
    public async Task What_is_not_there_is_said_to_a_program_as_to_a_program(string path)
    {
        using var visitor = host.Visitor("jyt");
        var answer = await visitor.Get(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.StartsWith("application/problem+json", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains(JsonNode.Parse(answer.Text)!["title"]!.GetValue<string>(), letter => letter > 0x2E80);
    }

    [Fact]
    public async Task The_profile_names_every_element_and_every_code()
    {
        using var visitor = host.Visitor("jyt");
        var profile = JsonNode.Parse((await visitor.Get("/api/directory/v1/profile")).Text)!;
        Assert.Equal(
            MetadataProfile.Current.Elements.Select(element => element.Key),
            profile["elements"]!.AsArray().Select(element => element!["key"]!.GetValue<string>()));
        Assert.Equal(
            Classifications.All.Sum(list => list.Versions.Sum(version => version.Items.Count)),
            profile["lists"]!.AsArray().Sum(list => list!["versions"]!.AsArray().Sum(version => version!["items"]!.AsArray().Count)));

        var page = await visitor.Get("/developers/profile");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(page.Document.QuerySelectorAll("tbody th code"), cell => cell.TextContent == "statutoryItem");
        Assert.Contains(page.Document.QuerySelectorAll("tbody td"), cell => cell.TextContent == "行政规范性文件应当有文号");
        foreach (var link in page.Document.QuerySelectorAll("td a[href^='#']"))
        {
            Assert.NotNull(page.Document.GetElementById(link.GetAttribute("href")![1..]));
        }

        Assert.Contains("/developers/profile", (await visitor.Get("/developers")).Text);
    }

    private async Task<JsonNode?> Document(string name)
    {
        using var visitor = host.Visitor();
        var answer = await visitor.Get($"/openapi/{name}.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonNode.Parse(answer.Text);
    }

    // Words may be bettered; what they name may not change.
    private static JsonNode? Without(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => member.Key is not ("summary" or "example") && !(member.Key is "description" or "title" && member.Value is JsonValue))
            .Select(member => KeyValuePair.Create(member.Key, Without(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Without)]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> Broken(JsonNode? kept, JsonNode? shape, string at)
    {
        switch (kept, shape)
        {
            case (JsonObject was, JsonObject now):
                return was.SelectMany(member => now.ContainsKey(member.Key)
                    ? Broken(member.Value, now[member.Key], $"{at}/{member.Key}")
                    : [$"{at}/{member.Key} went"]);
            case (JsonArray was, JsonArray now):
                return was.SelectMany(item =>
                        now.FirstOrDefault(other => NameOf(other) == NameOf(item)) is { } found
                            ? Broken(item, found, $"{at}/{NameOf(item)}") : [$"{at}/{NameOf(item)} went"])
                    .Concat(now.Where(item => item is JsonObject { } one && one["required"] is JsonValue && was.All(other => NameOf(other) != NameOf(item)))
                        .Select(item => $"{at}/{NameOf(item)} is demanded"));
            default:
                return JsonNode.DeepEquals(kept, shape) ? [] : [$"{at} was {kept?.ToJsonString()}, is {shape?.ToJsonString()}"];
        }
    }

    private static string? NameOf(JsonNode? item) =>
        item is JsonObject members ? members["name"]?.GetValue<string>() ?? members.ToJsonString() : item?.ToJsonString();

    private static void Complete(JsonNode? node, string at, List<string> faults)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Complete(item, at + "/" + NameOf(item), faults);
            }
        }

        if (node is not JsonObject members)
        {
            return;
        }

        if (members["description"] is JsonValue said && !said.GetValue<string>().Any(letter => letter > 0x2E80))
        {
            faults.Add($"{at} is described in no Chinese");
        }

        var wants = members.ContainsKey("operationId") || members.ContainsKey("in") || at.Contains("/responses/", StringComparison.Ordinal)
            && members.ContainsKey("content") || at.EndsWith("/requestBody", StringComparison.Ordinal);
        var parent = at[..Math.Max(0, at.LastIndexOf('/'))];
        wants |= parent.EndsWith("/properties", StringComparison.Ordinal) && !members.ContainsKey("$ref");
        if (wants && (members["description"]?.GetValue<string>() is not { Length: > 0 } words || !words.Any(letter => letter > 0x2E80)))
        {
            faults.Add($"{at} has no description");
        }

        foreach (var member in members)
        {
            Complete(member.Value, $"{at}/{member.Key}", faults);
        }
    }

    private static string PathOf(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) =>
        pattern.RawText!.TrimStart('/').Replace(":guid", "", StringComparison.Ordinal);

    private static string Here([CallerFilePath] string path = "") => path;
}
