using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;

namespace Portal.Host.Tests.Access;

/// <summary>
/// Every endpoint of every module × everybody who may ask × an object of the own site and of another one, against the
/// promises of <see cref="AccessTable"/>. The endpoints are the host's own list: a new one without a promise fails.
/// </summary>
[Collection(TwoSites.Name)]
[Trait("Needs", "Database")]
public sealed class AccessMatrixTests(AccessWorld world, ITestOutputHelper output)
{
    // The answer to a form that is wrong, stale or repeated comes after the permission was found.
    private static readonly HashSet<int> Allowed = [200, 204, 302, 303, 400, 409, 422];

    private readonly List<string> _problems = [];
    private int _requests;

    [Fact]
    public void Every_endpoint_and_every_route_parameter_has_its_place_in_the_table()
    {
        var endpoints = Endpoints(world).ToList();

        Assert.NotEmpty(endpoints);
        Assert.Empty(endpoints.SelectMany(Gaps));
        Assert.Empty(AccessTable.Rules.Keys.Except(endpoints.Select(endpoint => endpoint.Key)));
    }

    [Fact]
    public void An_endpoint_or_a_parameter_that_nobody_thought_of_is_found()
    {
        Assert.NotEmpty(Gaps(new("GET", "/console/secrets", null)));
        Assert.NotEmpty(Gaps(new("POST", "/console/documents/{id:guid}/{part}", null)));
    }

    [Fact]
    public async Task Everybody_gets_what_the_table_promises_and_nothing_else()
    {
        var endpoints = Endpoints(world).Where(endpoint => !Gaps(endpoint).Any()).ToList();
        foreach (var who in Enum.GetValues<Who>())
        {
            using var browser = await world.BrowserOf(who);
            var token = await TokenAsync(browser);
            foreach (var endpoint in endpoints)
            {
                await CheckAsync(endpoint, who, browser, token, world.Own, elsewhere: false);
                await CheckAsync(endpoint, who, browser, token, world.Other, elsewhere: true);
            }
        }

        output.WriteLine($"{_requests} requests to {endpoints.Count} endpoints");
        Assert.True(_problems.Count == 0, string.Join('\n', _problems));
    }

    // It reaches its handler without the field that lets it count, and comes back as it was filled in.
    private static bool IsOnlyShown(string key) => Web.ForgeryTests.Returned.Any(form => form.Value == "FormToken" && key == "POST " + form.Key);

    [Fact]
    public async Task A_form_without_its_token_reaches_no_handler_whoever_sends_it()
    {
        foreach (var who in Enum.GetValues<Who>())
        {
            using var browser = await world.BrowserOf(who);
            foreach (var endpoint in Endpoints(world).Where(endpoint => endpoint.Method == "POST"))
            {
                var rule = AccessTable.Rules[endpoint.Key];
                var answer = await SendAsync(endpoint, rule, browser, null, await PlaceAsync(world.Own, rule, who));
                // Who is nobody here is turned away before anybody looks for a token.
                HashSet<int> expected = rule.Signed ? [401] : rule.ReadsByPost ? [200] : IsOnlyShown(endpoint.Key) ? [422] : rule.Public || rule.May.Contains(who) ? [400] : who switch
                {
                    Who.Visitor => [401],
                    Who.NoGrant => [403],
                    _ => [400],
                };
                Expect(endpoint, who, "without token", answer, expected);
            }
        }

        Assert.True(_problems.Count == 0, string.Join('\n', _problems));
    }

    private async Task CheckAsync(
        Endpoint endpoint, Who who, Browser browser, string token, Place place, bool elsewhere)
    {
        var rule = AccessTable.Rules[endpoint.Key];
        place = elsewhere ? place : await PlaceAsync(place, rule, who);
        var fresh = rule.EndsSession && who != Who.Visitor ? await world.BrowserOf(who) : null;
        var answer = await SendAsync(
            endpoint, rule, fresh ?? browser, fresh is null ? token : await TokenAsync(fresh), place);
        fresh?.Dispose();
        Expect(endpoint, who, elsewhere ? "elsewhere" : "at home", answer, Expected(endpoint, rule, who, elsewhere));
        if (who == Who.Visitor && !rule.Public && !rule.Signed && endpoint.Method != "POST"
            && answer.Location?.StartsWith("/console/sign-in", StringComparison.Ordinal) != true)
        {
            _problems.Add($"{endpoint.Key}: {who} is sent to {answer.Location}");
        }

        var console = endpoint.Pattern.StartsWith("/console", StringComparison.Ordinal);
        if (console && answer.Header("Cache-Control")?.StartsWith("no-store", StringComparison.Ordinal) != true)
        {
            _problems.Add($"{endpoint.Key}: {who} may keep the answer: {answer.Header("Cache-Control")}");
        }

        if (!console && !rule.HoldsForm && answer.Header("Set-Cookie") is { } cookie)
        {
            _problems.Add($"{endpoint.Key}: {who} is given a cookie: {cookie}");
        }
    }

    private static HashSet<int> Expected(Endpoint endpoint, Rule rule, Who who, bool elsewhere)
    {
        var foreign = elsewhere && endpoint.IsOfSite(rule);
        if (rule.Signed)
        {
            return [401];
        }

        if (rule.Public)
        {
            // The token of the console is none for a form of the public.
            return !foreign ? Allowed : endpoint.Method == "POST" && who != Who.Visitor ? [400, 404] : [404];
        }

        if (who == Who.Visitor)
        {
            return endpoint.Method == "POST" ? [401] : [302];
        }

        return !(rule.Know ?? rule.May).Contains(who) ? [403]
            : foreign && (rule.Personal || !AccessTable.Provincial.Contains(who)) ? [404]
            : !rule.May.Contains(who) ? [403]
            : Allowed;
    }

    private void Expect(Endpoint endpoint, Who who, string where, Answer answer, HashSet<int> expected)
    {
        _requests++;
        if (!expected.Contains((int)answer.Status))
        {
            _problems.Add($"{endpoint.Key}: {who} {where} got {(int)answer.Status}, not {string.Join('/', expected)}");
        }
    }

    private async Task<Place> PlaceAsync(Place place, Rule rule, Who who) =>
        rule.Personal && who != Who.Visitor ? place with { Session = await world.SessionAsync(world.People[who].Id) } : place;

    private static async Task<Answer> SendAsync(Endpoint endpoint, Rule rule, Browser browser, string? token, Place place)
    {
        var address = endpoint.AddressOn(place) + rule.Query?.Invoke(place);
        if (endpoint.Method != "POST")
        {
            return await browser.Send(new HttpMethod(endpoint.Method), address, null);
        }

        if (rule.TakesFile)
        {
            using var file = AccessWorld.PictureForm(token);
            return await browser.SendContent(address, file);
        }

        var fields = rule.Fields(place).Select(field => KeyValuePair.Create(field.Name, field.Value));
        return await browser.PostRaw(address, token is null ? [.. fields, new("a", "b")] : [.. fields, new("_token", token)]);
    }

    private static async Task<string> TokenAsync(Browser browser) =>
        (await browser.Get("/console/account/password")).Token
        ?? (await browser.Get("/console/sign-in")).Token!;

    private static IEnumerable<Endpoint> Endpoints(AccessWorld world) =>
        from endpoint in world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
        select new Endpoint(method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint);

    private static IEnumerable<string> Gaps(Endpoint endpoint)
    {
        if (!AccessTable.Rules.ContainsKey(endpoint.Key))
        {
            yield return $"{endpoint.Key} promises nothing";
        }

        foreach (var parameter in endpoint.Parameters.Where(name => endpoint.Find(name).Value is null))
        {
            yield return $"{endpoint.Key}: no object for {parameter}";
        }
    }

    /// <summary>An endpoint for one method; HEAD promises what GET does.</summary>
    private sealed record Endpoint(string Method, string Pattern, RouteEndpoint? Route)
    {
        public string Key => $"{(Method == "HEAD" ? "GET" : Method)} {Pattern}";

        public IEnumerable<string> Parameters =>
            RoutePatternParameters(Pattern);

        public bool IsOfSite(Rule rule) => rule.OfSite || Parameters.Any(name => Find(name).OfSite);

        public (string Pattern, string Parameter, bool OfSite, Func<Place, string> Value) Find(string parameter) =>
            AccessTable.Objects
                .Where(row => row.Parameter == parameter && Pattern.StartsWith(row.Pattern, StringComparison.Ordinal))
                .MaxBy(row => row.Pattern.Length);

        public string AddressOn(Place place) => Parameters.Aggregate(
            Pattern, (address, name) =>
            {
                var start = address.IndexOf("{" + name, StringComparison.Ordinal);
                start = start >= 0 ? start : address.IndexOf("{**" + name, StringComparison.Ordinal);
                return address[..start] + Find(name).Value(place) + address[(address.IndexOf('}', start) + 1)..];
            });

        private static IEnumerable<string> RoutePatternParameters(string pattern) =>
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(pattern).Parameters.Select(part => part.Name);
    }
}
