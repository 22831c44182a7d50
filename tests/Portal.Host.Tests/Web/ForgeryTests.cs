using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Host.Tests.Web;

public sealed class ForgeryTests(PortalHost host) : IClassFixture<PortalHost>
{
    private static readonly string[] Unsafe = ["POST", "PUT", "PATCH", "DELETE"];

    [Fact]
    public async Task Every_form_without_its_token_is_refused()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var routes = Endpoints(Unsafe).ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes)
        {
            var answer = await browser.PostRaw(AddressOf(route), [new("anything", "at all")]);

            Assert.True(
                answer.Status == HttpStatusCode.BadRequest, $"{route.RoutePattern.RawText} answered {answer.Status}");
        }
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_refused()
    {
        var mine = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var theirs = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var token = (await theirs.Get("/console/organisations/new")).Token!;

        var answer = await mine.PostRaw("/console/organisations/new", [new("_token", token), new("Name", "某机构")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task What_a_browser_sends_from_another_site_is_refused_even_with_a_token()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var token = (await browser.Get("/console/organisations/new")).Token!;

        var answer = await browser.Send(
            HttpMethod.Post, "/console/organisations/new",
            new FormUrlEncodedContent([new("_token", token), new("Name", "某机构")]), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Every_page_of_the_console_asks_for_a_sign_in()
    {
        using var visitor = host.Visitor();
        var routes = Endpoints(["GET"])
            .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("console", StringComparison.Ordinal)
                && !route.RoutePattern.RawText!.Contains("sign-in", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes)
        {
            var answer = await visitor.Get(AddressOf(route));

            Assert.True(answer.Location?.StartsWith("/console/sign-in", StringComparison.Ordinal) == true,
                $"{route.RoutePattern.RawText} answered {answer.Status}");
        }
    }

    [Fact]
    public void Every_endpoint_states_its_authorisation() =>
        Assert.All(
            host.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            endpoint => Assert.True(
                endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
                || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                endpoint.DisplayName));

    [Fact]
    public void Every_form_states_its_antiforgery() =>
        Assert.All(
            Endpoints(Unsafe),
            endpoint => Assert.True(
                endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true }, endpoint.DisplayName));

    [Theory]
    [InlineData("name\0")]
    [InlineData("\0")]
    public async Task A_null_character_is_refused_before_it_reaches_the_database(string name)
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var form = await browser.Post("/console/organisations/new", new() { ["Name"] = name });
        var query = await browser.Get("/console/staff?q=%00");

        Assert.Equal(HttpStatusCode.BadRequest, form.Status);
        Assert.Equal(HttpStatusCode.BadRequest, query.Status);
    }

    private IEnumerable<RouteEndpoint> Endpoints(string[] methods) =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } metadata
                && metadata.HttpMethods.Any(methods.Contains));

    // A value for every parameter: an id that nobody has, a word elsewhere.
    private static string AddressOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(
        segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: { Count: > 0 } policies } =>
                policies.Any(policy => policy.Content == "guid") ? Guid.Empty.ToString() : "0",
            _ => "word",
        }))));
}
