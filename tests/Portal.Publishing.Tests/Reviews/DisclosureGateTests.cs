using System.Net;
using MediatR;
using Portal.Disclosure.Contracts;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;

namespace Portal.Publishing.Tests.Reviews;

/// <summary>A policy is released only once its disclosure metadata is complete and confirmed.</summary>
[Collection(ReviewDesk.Name)]
public sealed class DisclosureGateTests(ReviewHost host)
{
    private static readonly (string, string)[] Facts =
    [
        ("Fields[documentNumber]", "云政发[2026]88号"), ("Fields[issuer]", "云岭省人民政府"), ("Fields[issuedOn]", "2026-01-05"),
        ("Fields[validity]", "effective"), ("Fields[genre]", "通知"),
    ];

    [Fact]
    public async Task A_release_is_refused_in_words_until_somebody_has_confirmed_the_metadata()
    {
        var team = await host.Team();
        var edition = await AwaitingRelease(team);

        var shown = await (await host.SignInAs(team.Releaser)).Get($"/console/editions/{edition.Id}/reviews");
        Assert.Contains("请填写主题分类。", shown.Document.QuerySelector("#Disclosure")!.TextContent, StringComparison.Ordinal);
        var refused = await host.Decide(team.Releaser, edition.Id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["请填写主题分类。", "元数据尚未确认，请由信息公开承办人、栏目责任编辑或者网站管理员补全并确认，再行审发。"], refused.Errors);
        Assert.Equal(EditionState.AwaitingRelease, (await host.Edition(edition.Id)).State);

        // Who may not confirm is not sent there.
        Assert.Null(shown.Document.QuerySelector("#Disclosure a"));
        var keeper = await host.SignInAs(await host.Data.Staff(Role.RequestOfficer));
        var path = (await keeper.Get($"/console/editions/{edition.Id}/reviews")).Document
            .QuerySelector("#Disclosure a")!.GetAttribute("href")!;
        var form = ReviewHost.Form(await keeper.Get(path), ("act", "confirm"));
        var lacking = await keeper.Post(path, form);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "请填写主题分类。"), (lacking.Status, Assert.Single(lacking.Errors)));
        form["subject"] = "1102";
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.Post(path, form)).Status);

        var released = await host.Decide(team.Releaser, edition.Id);
        Assert.True(released.Status == HttpStatusCode.Redirect, string.Join('\n', released.Errors));
        await host.DrainOutbox();
        var entry = Assert.Single(await host.Use<ISender, IReadOnlyList<DirectoryEntrySummary>>(
            sender => sender.Send(new GetDirectoryEntries([edition.DocumentId]), CancellationToken.None)));
        using var visitor = host.Visitor();
        var page = await visitor.Get(ReviewHost.PathOf(team, edition));
        Assert.Equal(entry.IndexNumber, page.Document.QuerySelector($".p-metadata a[href='/{entry.Path}']")!.TextContent);
    }

    [Fact]
    public async Task Other_facts_than_those_confirmed_need_another_look()
    {
        var team = await host.Team();
        var edition = await AwaitingRelease(team);
        var path = $"/console/disclosure/documents/{edition.DocumentId}";
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager));
        var form = ReviewHost.Form(await keeper.Get(path), ("act", "confirm"), ("subject", "1102"));
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.Post(path, form)).Status);
        await host.Decide(team.Releaser, edition.Id, "return", "请改标题。");
        await host.Change(team.Author, await host.Edition(edition.Id), ("Title", "关于另一件事的通知"));
        await host.Submit(team.Author, edition.Id);
        await host.Decide(team.First, edition.Id);
        await host.Decide(team.Second, edition.Id);

        var refused = await host.Decide(team.Releaser, edition.Id);
        Assert.StartsWith("标题或者要素在", Assert.Single(refused.Errors), StringComparison.Ordinal);
        // The form of before is about other facts, too.
        Assert.Equal(HttpStatusCode.Conflict, (await keeper.Post(path, form)).Status);
    }

    [Fact]
    public async Task Types_outside_the_directory_are_not_asked_for()
    {
        var team = await host.Team();
        var edition = await host.Published(team);
        Assert.Equal(EditionState.Live, edition.State);
    }

    private async Task<Edition> AwaitingRelease(Team team)
    {
        var draft = await host.Draft(team.Author, team.Channel, "policy", "关于试验元数据的通知");
        await host.Change(team.Author, draft, [("bodyText", "正文第一段。"), .. Facts]);
        var submitted = await host.Submit(team.Author, draft.Id);
        Assert.True(submitted.Status == HttpStatusCode.Redirect, string.Join('\n', submitted.Errors));
        await host.Plan(team.Author, draft);
        await host.Decide(team.First, draft.Id);
        await host.Decide(team.Second, draft.Id);
        return await host.Edition(draft.Id);
    }
}
