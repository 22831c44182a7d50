using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;

namespace Portal.Publishing.Tests.Documents;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class StartDocumentTests(WritingHost host)
{
    [Fact]
    public async Task A_draft_begins_with_its_author_and_a_hash()
    {
        var author = await host.Author();
        var channel = await host.Channel();

        var edition = await host.Draft(author, channel, "policy", "云岭省試驗办法");

        Assert.Equal((1, EditionState.Draft, 1), (edition.Number, edition.State, edition.Version));
        Assert.Equal([author.Id], edition.Contributors);
        Assert.Equal(ContentHash.Of(edition), edition.ContentHash);
        Assert.Equal(1, await host.Decisions("publishing.edition.started", edition.Id));
    }

    [Fact]
    public async Task A_form_sent_twice_starts_one_document()
    {
        var (author, channel) = (await host.Author(), await host.Channel());
        var browser = await host.SignInAs(author);
        Dictionary<string, string> form = new()
        {
            ["Id"] = Guid.CreateVersion7().ToString(),
            ["Type"] = "article",
            ["ChannelId"] = channel.Id.ToString(),
            ["Title"] = "一次",
        };

        var first = await browser.Post("/console/documents", form, "/console/documents/new");
        var second = await browser.Post("/console/documents", form, "/console/documents/new");

        Assert.Equal(first.Location, second.Location);
        Assert.Equal(1, await host.Read(db => db.Editions.CountAsync(row => row.ChannelId == channel.Id)));
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        var author = await host.Author();
        await host.Channel();

        var answer = await (await host.SignInAs(author)).Post("/console/documents", [], "/console/documents/new");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("请填写标题", answer.Errors);
        Assert.Contains("请选择栏目", answer.Errors);
        Assert.Contains("请选择稿件类型", answer.Errors);
    }

    [Fact]
    public async Task Another_sites_channel_is_not_there()
    {
        var author = await host.Author("jyt");
        await host.Channel("jyt");
        var foreign = await host.Channel("lanqiao");

        var answer = await (await host.SignInAs(author)).Post(
            "/console/documents",
            new() { ["Id"] = Guid.CreateVersion7().ToString(), ["Type"] = "article", ["ChannelId"] = foreign.Id.ToString(), ["Title"] = "越权" },
            "/console/documents/new");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task Who_may_not_write_is_refused()
    {
        var auditor = await host.Data.Staff(Role.Auditor);

        var answer = await (await host.SignInAs(auditor)).Get("/console/documents/new");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }
}
