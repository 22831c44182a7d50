using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Audit.Tests.Register;

[Trait("Kind", "Database")]
public sealed class ListReviewsTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task Reviews_and_publications_are_registered_and_nothing_else()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(
            host.Edition("started", edition), host.Edition("edited", edition), host.Edition("submitted", edition),
            host.Edition("first-reviewed", edition), host.Edition("second-reviewed", edition),
            host.Edition("released", edition), host.Edition("published", edition));

        Assert.Equal(
            ["发布", "审发通过", "审核通过", "初审通过", "提交审核"], await Stages($"title={edition:N}"));
        Assert.Equal(["初审通过"], await Stages($"title={edition:N}&stage=first-reviewed"));
        Assert.Empty(await Stages($"title={edition:N}&stage=edited"));
        Assert.Equal(5, (await Stages($"channel={edition}")).Count);
        Assert.Empty(await Stages($"channel={Guid.CreateVersion7()}"));
        Assert.Empty(await Stages($"title={edition:N}&person=别人"));
    }

    [Fact]
    public async Task The_secrecy_check_stands_beside_its_review_on_the_register_and_the_entry_page()
    {
        var edition = Guid.CreateVersion7();
        var first = host.Edition("first-reviewed", edition);
        await host.SealAsync(
            first with { Facts = new SortedDictionary<string, string>(first.Facts.ToDictionary()) { ["secrecy"] = "Checked" } },
            host.Edition("second-reviewed", edition));
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var rows = (await browser.Get($"/console/audit/register?title={edition:N}")).Document.QuerySelectorAll("tbody tr");
        var entry = rows[1].QuerySelector("a[href^='/console/audit/entries/']")!.GetAttribute("href")!;
        var page = (await browser.Get(entry)).Document;

        Assert.DoesNotContain("保密审查", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("保密审查：已完成", rows[1].TextContent, StringComparison.Ordinal);
        var label = Assert.Single(page.QuerySelectorAll("dt"), name => name.TextContent == "保密审查");
        Assert.Equal("已完成", label.NextElementSibling!.TextContent);
    }

    [Fact]
    public async Task A_channel_goes_by_the_name_the_trail_knows()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(
            host.Edition("x", edition) with
            {
                Action = "publishing.channel.opened",
                ObjectType = "channel",
                ObjectTitle = "省政府文件",
            },
            host.Edition("submitted", edition));
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var page = (await browser.Get($"/console/audit/register?title={edition:N}")).Document;

        Assert.Equal("省政府文件", page.QuerySelector($"tbody a[href='/console/audit/register?channel={edition}']")!.TextContent);
    }

    [Fact]
    public async Task A_site_manager_reads_the_register_of_the_own_site_only()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(host.Edition("submitted", edition, "jyt"), host.Edition("submitted", edition, "yunpu"));

        Assert.Single(await Stages($"title={edition:N}", await host.Data.Staff(Role.SiteManager, "yunpu")));
        Assert.Empty(await Stages(
            $"title={edition:N}&site={host.Site("jyt").Id}", await host.Data.Staff(Role.SiteManager, "yunpu")));
    }

    private async Task<List<string>> Stages(string query, Person? person = null)
    {
        var browser = await host.SignInAs(person ?? await host.Data.Staff(Role.Auditor));
        var page = await browser.Get("/console/audit/register?" + query);
        Assert.Equal(200, (int)page.Status);
        return [.. page.Document.QuerySelectorAll("tbody .p-tag").Select(tag => tag.TextContent)];
    }
}
