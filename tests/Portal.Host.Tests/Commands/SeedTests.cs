using Microsoft.EntityFrameworkCore;
using Portal.Host.Commands;
using Portal.Shared.Sites;
using Portal.Testing;

namespace Portal.Host.Tests.Commands;

public sealed class EmptyHost : PortalHost
{
    protected override bool Province => false;
}

public sealed class SeedTests(EmptyHost host) : IClassFixture<EmptyHost>
{
    [Fact]
    public async Task The_first_province_is_added_once_and_planned()
    {
        await Add("www.yunling.gov.cn");
        await Add("www.other.gov.cn");

        await host.Refresh();
        var site = host.Site("province");
        Assert.Equal("www.yunling.gov.cn", site.PrimaryDomain);
        Assert.Equal(SiteStatus.Planned, site.Status);
        Assert.Equal(1, await host.Use<HostDbContext, int>(db => db.Organisations.CountAsync()));
    }

    [Theory]
    [InlineData("yunling.gov.cn")]
    [InlineData("www.yunling.cn")]
    [InlineData(null)]
    public async Task A_domain_that_no_portal_may_have_is_refused(string? domain) =>
        await Assert.ThrowsAsync<CommandException>(() => Add(domain));

    [Theory]
    [InlineData("Host=/run/pg;Port=5433;Username=portal;Database=portal", "postgresql://portal@/portal?host=%2Frun%2Fpg&port=5433")]
    [InlineData("Host=db;Username=a b;Password=p@ss:/;Database=x", "postgresql://a%20b:p%40ss%3A%2F@db:5432/x")]
    public void A_connection_is_printed_as_libpq_reads_it(string connection, string uri) =>
        Assert.Equal(uri, ConnectionCommand.UriOf(connection));

    private Task Add(string? domain) => host.Use<IServiceProvider>(services => FirstProvince.AddAsync(
        services, "云岭省人民政府", "云岭省", "990000", domain, _ => { }, CancellationToken.None));
}
