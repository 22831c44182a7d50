using Portal.Publishing.Pages;
using Portal.Shared.Sites;
using Portal.Testing;

namespace Portal.Publishing.Tests.Pages;

public sealed class FriendlyLinkTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public Task Links_outside_the_government_go_through_the_notice_and_what_is_no_address_is_left_out() =>
        host.Use<ISites>(sites =>
        {
            var links = FriendlyLink.Read(
                "中国政府网 https://www.gov.cn/\n云岭日报 https://daily.example/a?b=1；坏链接 javascript:alert(1)\n只有名称",
                host.Site(TestData.ProvinceKey), sites, "/~large");

            Assert.Equal(["中国政府网", "云岭日报"], links.Select(link => link.Name));
            Assert.Equal("https://www.gov.cn/", links[0].Href);
            Assert.Equal("/~large/leave?url=https%3A%2F%2Fdaily.example%2Fa%3Fb%3D1", links[1].Href);
            return Task.CompletedTask;
        });

    [Fact]
    public Task A_site_of_the_province_is_linked_at_its_present_address() =>
        host.Use<ISites>(sites =>
        {
            var link = Assert.Single(FriendlyLink.Read(
                "省教育厅 https://jyt.yunling.gov.cn", host.Site(TestData.ProvinceKey), sites, ""));

            Assert.Equal(sites.AddressOf(host.Site("jyt"), "").AbsoluteUri, link.Href);
            return Task.CompletedTask;
        });
}
