using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;

namespace Portal.Architecture.Tests;

/// <summary>Walks every endpoint of the real host: deny by default, no forgery, no cache by accident.</summary>
public sealed class EndpointTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public void Every_endpoint_states_authorisation_antiforgery_and_caching()
    {
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.NotEmpty(endpoints);
        Assert.Empty(endpoints.SelectMany(Rules.EndpointFacts));
    }
}
