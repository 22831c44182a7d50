using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>Letters by telephone and on paper, and the mailboxes they go to.</summary>
public sealed class RegisterLetterTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    [Fact]
    public async Task A_letter_on_paper_counts_from_the_day_it_came_and_has_a_slip()
    {
        var browser = await desk.As(await desk.Officer());
        var came = desk.Today.AddDays(-3);
        var form = await Form(browser, ("Day", came.ToString("yyyy-MM-dd", null)));
        var slip = await browser.PostRaw("/console/letters/new", form);
        Assert.Equal(200, (int)slip.Status);
        var codes = slip.Document.QuerySelectorAll(".p-receipt__code").Select(node => node.TextContent).ToList();
        Assert.Equal(2, codes.Count);
        var letter = await desk.Read(db => db.Letters.AsNoTracking().SingleAsync(row => row.Number == codes[0]));
        Assert.Equal((LetterChannel.Paper, LetterState.Submitted), (letter.Channel, letter.State));
        Assert.Equal(desk.Calendar.AddWorkdays(came, 7), letter.DueOn);
        Assert.DoesNotContain(codes[1], letter.CodeHash, StringComparison.OrdinalIgnoreCase);

        // A second click is the same letter with the same code.
        var again = await browser.PostRaw("/console/letters/new", form);
        Assert.Equal(codes, again.Document.QuerySelectorAll(".p-receipt__code").Select(node => node.TextContent));
        Assert.Equal(1, await desk.Read(db => db.Letters.CountAsync(row => row.FormId == letter.FormId)));
    }

    [Theory]
    [InlineData("Channel", "Online")]
    [InlineData("Channel", "")]
    [InlineData("Day", "2026-11-24")]
    [InlineData("Day", "2025-11-22")]
    [InlineData("Mailbox", "nobody")]
    [InlineData("Kind", "")]
    [InlineData("Text", "太短")]
    [InlineData("Phone", "12")]
    public async Task What_is_wrong_is_said_and_nothing_is_lost(string field, string value)
    {
        var browser = await desk.As(await desk.Officer());
        var form = await Form(browser, ("Title", "不会登记的来信"), (field, value));
        var answer = await browser.PostRaw("/console/letters/new", form);
        Assert.Equal(422, (int)answer.Status);
        Assert.NotEmpty(answer.Errors);
        Assert.Equal("不会登记的来信", answer.Document.QuerySelector("input[name=Title]")!.GetAttribute("value"));
        Assert.False(await desk.Read(db => db.Letters.AnyAsync(row => row.Subject == "不会登记的来信")));
    }

    [Fact]
    public async Task A_mailbox_is_opened_changed_and_closed_by_who_manages_the_site()
    {
        var manager = await desk.Data.Staff(Role.SiteManager, LetterDesk.SiteKey);
        var browser = await desk.As(manager);
        Dictionary<string, string> form = new()
        {
            ["Key"] = "jubao",
            ["Name"] = "举报信箱",
            ["Holder"] = "市纪检监察组",
            ["Keeper"] = "",
            ["Introduction"] = "受理对作风问题的举报。",
            ["Position"] = "2",
            ["IsOpen"] = "true",
        };
        // S-09: nobody is named for it, so it is not opened.
        Assert.Equal(422, (int)(await browser.Post("/console/mailboxes/new", form)).Status);
        form["Keeper"] = "信访科李不存";
        Assert.Equal(302, (int)(await browser.Post("/console/mailboxes/new", form)).Status);
        var taken = await browser.Post("/console/mailboxes/new", form);
        Assert.Equal(422, (int)taken.Status);
        Assert.Contains("本网站已有这个网址标识", taken.Text, StringComparison.Ordinal);
        Assert.Contains("信访科李不存", (await browser.Get("/console/mailboxes")).Text, StringComparison.Ordinal);

        var opened = await desk.Read(db => db.Mailboxes.AsNoTracking().SingleAsync(row => row.Key == "jubao"));
        var address = $"/console/mailboxes/{opened.Id}";
        form["Version"] = opened.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        form["Key"] = "another";
        form["IsOpen"] = "false";
        Assert.Equal(302, (int)(await browser.Post(address, form)).Status);
        Assert.Equal(409, (int)(await browser.Post(address, form)).Status);
        var closed = await desk.Read(db => db.Mailboxes.AsNoTracking().SingleAsync(row => row.Id == opened.Id));
        Assert.Equal(("jubao", false), (closed.Key, closed.IsOpen));

        var elsewhere = await desk.As(await desk.Data.Staff(Role.SiteManager, "jyt"));
        Assert.Equal(404, (int)(await elsewhere.Get(address)).Status);
        Assert.Equal(403, (int)(await (await desk.As(await desk.Officer())).Get("/console/mailboxes")).Status);
        var told = await desk.Read(db => db.Database.SqlQuery<string>(
            $"select payload::text as \"Value\" from interaction.outbox where payload::text like '%interaction.mailbox.%'").ToListAsync());
        Assert.Contains(told, fact => fact.Contains("interaction.mailbox.opened", StringComparison.Ordinal));
        Assert.Contains(told, fact => fact.Contains("interaction.mailbox.closed", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string>> Form(Browser browser, params (string Name, string Value)[] changes)
    {
        var page = await browser.Get("/console/letters/new");
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Channel"] = "Paper",
            ["Day"] = "2026-11-23",
            ["Mailbox"] = LetterDesk.MailboxKey,
            ["Kind"] = "Suggestion",
            ["Name"] = LetterDesk.Writer,
            ["Phone"] = "",
            ["Title"] = "修缮社区步道",
            ["Text"] = "社区步道破损，希望尽快修缮，方便老人出行。",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }
}
