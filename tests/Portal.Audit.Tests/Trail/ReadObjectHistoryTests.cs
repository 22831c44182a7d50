using Portal.Shared.Actors;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class ReadObjectHistoryTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task A_documents_history_holds_the_decisions_on_its_editions()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(
            host.Edition("submitted", edition), host.Edition("returned", edition, opinion: "标题有误。"));
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var page = (await browser.Get($"/console/audit/objects/document/{AuditHost.DocumentOf(edition)}")).Document;

        Assert.Equal(
            ["退回修改", "提交审核"], page.QuerySelectorAll(".c-history__item b").Select(element => element.TextContent));
        Assert.Equal("标题有误。", page.QuerySelector(".c-history__opinion")!.TextContent);
        Assert.Single(page.QuerySelectorAll(".c-history__item--bad"));
    }

    [Fact]
    public async Task An_unknown_action_shows_its_code()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(host.Edition("teleported", edition));
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var page = (await browser.Get($"/console/audit/objects/edition/{edition}")).Document;

        Assert.Equal("publishing.edition.teleported", page.QuerySelector(".c-history__item b")!.TextContent);
    }
}
