using System.Net;
using Portal.Testing;

namespace Portal.Host.Tests;

/// <summary>What people do on the way from a channel to a published document, through the forms that they use.</summary>
internal static class Desk
{
    public static async Task<Guid> Channel(Browser manager, string slug, Guid? parent = null)
    {
        Sent(await manager.Post(
            "/console/channels",
            new() { ["Name"] = "栏目" + slug, ["Type"] = "Dynamics", ["Slug"] = slug, ["ParentId"] = parent?.ToString() ?? "" },
            "/console/channels/new"));
        var page = await manager.Get("/console/channels");
        return page.Document.QuerySelectorAll("a[href^='/console/channels/']")
            .Where(link => link.TextContent.Contains("栏目" + slug, StringComparison.Ordinal))
            .Select(link => IdOf(link.GetAttribute("href")!))
            .First();
    }

    public static async Task<Guid> Draft(Browser writer, Guid channel, string title = "关于试验的通知")
    {
        var started = Sent(await writer.Post(
            "/console/documents",
            new()
            {
                ["Id"] = Guid.CreateVersion7().ToString(),
                ["Type"] = "article",
                ["ChannelId"] = channel.ToString(),
                ["Title"] = title,
            },
            "/console/documents/new"));
        return IdOf(started.Location!);
    }

    /// <summary>Saves an edition with a text; with <c>act=submit</c> it goes on to its first review.</summary>
    public static async Task Write(Browser writer, Guid edition, params (string Name, string Value)[] changes)
    {
        var page = await writer.Get($"/console/editions/{edition}");
        Dictionary<string, string> form = new(StringComparer.OrdinalIgnoreCase);
        foreach (var field in page.Document.QuerySelectorAll("#edit input[type=hidden], #edit input[type=text], #edit input:not([type])"))
        {
            if (field.GetAttribute("name") is { } name && !name.StartsWith('_'))
            {
                form[name] = field.GetAttribute("value") ?? "";
            }
        }

        form["ChannelId"] = page.Document.QuerySelector("#edit [name=ChannelId] option[selected]")!.GetAttribute("value")!;
        form["bodyText"] = "正文第一段。";
        form["act"] = "save";
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        form.Remove("body");
        Sent(await writer.Post($"/console/editions/{edition}", form));
    }

    public static async Task Approve(Browser reviewer, Guid edition)
    {
        var address = $"/console/editions/{edition}/reviews";
        Sent(await reviewer.Post(
            address,
            new()
            {
                ["ContentHash"] = await HashOn(reviewer, address),
                ["Decision"] = "approve",
                ["Opinion"] = "同意。",
                ["SecrecyChecked"] = "true",
            }));
    }

    public static async Task PublishInEmergency(Browser releaser, Guid edition)
    {
        var address = $"/console/editions/{edition}/emergency-publication";
        Sent(await releaser.Post(address, new() { ["ContentHash"] = await HashOn(releaser, address), ["Reason"] = "试验" }));
    }

    private static async Task<string> HashOn(Browser browser, string address) =>
        (await browser.Get(address)).Document.QuerySelector("input[name=ContentHash]")!.GetAttribute("value")!;

    private static Guid IdOf(string address) => Guid.Parse(address.Split('/')[3].Split('?')[0]);

    private static Answer Sent(Answer answer)
    {
        Assert.True(
            answer.Status is HttpStatusCode.Redirect or HttpStatusCode.SeeOther,
            $"{answer.Status}: {string.Join('\n', answer.Errors)}");
        return answer;
    }

    /// <summary>Takes entered information through its three reviews; answers its entry.</summary>
    public static async Task<Guid> Released(
        Guid proposal, Browser first, Browser second, Browser releaser, Browser manager)
    {
        var address = $"/console/disclosure/proposals/{proposal}";
        foreach (var reviewer in new[] { first, second, releaser })
        {
            Sent(await reviewer.Post(
                address + "/reviews",
                new()
                {
                    ["ContentHash"] = await HashOn(reviewer, address),
                    ["Decision"] = "approve",
                    ["Opinion"] = "同意。",
                    ["SecrecyChecked"] = "true",
                },
                address));
        }

        return Guid.Parse((await manager.Get(address)).Document.QuerySelector("a[href^='/console/disclosure/entries/']")!
            .GetAttribute("href")!.Split('/')[^1]);
    }

    /// <summary>Enters information; answers the proposal that waits for its first review.</summary>
    public static async Task<Guid> Proposal(Browser manager)
    {
        var answer = await manager.Post("/console/disclosure/entries/new", new()
        {
            ["title"] = "机构职能",
            ["writtenOn"] = "2026-01-05",
            ["publisher"] = "某单位",
            ["subject"] = "0201",
            ["kind"] = "information",
            ["openness"] = "proactive",
            ["statutoryItem"] = "02",
            ["Body"] = "主要职责。",
        });
        Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
        return Guid.Parse(answer.Location!.Split('/')[^1].Split('?')[0]);
    }
}
