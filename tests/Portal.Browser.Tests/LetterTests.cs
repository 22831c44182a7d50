using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Portal.Interaction;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Browser.Tests;

/// <summary>A letter from the mailbox's opening to the answer, without a line of script; and what axe says of its pages.</summary>
[Collection(RealBrowser.Name)]
public sealed class LetterTests(BrowserSite host)
{
    [Fact]
    public async Task A_letter_is_sent_given_to_a_unit_answered_and_rated_without_javascript()
    {
        await OpenMailboxAsync("journey", "写信全程信箱");
        var citizen = await host.Open(scripts: false);
        var (number, code) = await SubmitAsync(citizen, "写信全程信箱", "建议增设公交站");

        var office = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(office, await host.Data.Staff(Role.LetterOfficer));
        var address = await FindAsync(office, number);
        await StepAsync(office, address, "Accept");
        await office.GotoAsync(address + "?act=Dispatch");
        await office.SelectOptionAsync("#LeadSiteId", host.Site(TestData.ProvinceKey).Id.ToString());
        await SendAsync(office, "Dispatch");
        await office.Context.CloseAsync();

        var unit = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(unit, await host.Data.Staff(Role.LetterHandler));
        await StepAsync(unit, address, "TakeOn");
        await unit.GotoAsync(address + "?act=Draft");
        await unit.CheckAsync("[name=Outcome][value=Adopted]");
        await unit.FillAsync("#Text", "已经协调公交公司，年内在该路段增设一站。");
        await SendAsync(unit, "Draft");
        await StepAsync(unit, address, "SubmitReply");
        await unit.Context.CloseAsync();

        var head = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(head, await host.Data.Staff(Role.LetterHead));
        await StepAsync(head, address, "ApproveReply");
        await head.Context.CloseAsync();

        await FollowAsync(citizen, number, code);
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("年内在该路段增设一站");
        Assert.DoesNotContain(code, citizen.Url, StringComparison.Ordinal);
        await citizen.CheckAsync("[name=Rating][value='5']");
        await citizen.Locator("form[action$=rating] button").ClickAsync();
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("非常满意");
        await citizen.Context.CloseAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/~large")]
    [InlineData("/~contrast")]
    public async Task Pages_of_letters_fit_a_narrow_window_and_axe_finds_nothing_serious(string mode)
    {
        await OpenMailboxAsync("narrow" + mode.Trim('/', '~'), "窄屏信箱" + mode);
        var page = await host.Open(width: 320);
        List<string> faults = [];
        foreach (var path in new[] { "/letters", "/letters/new", "/letters/follow", "/letters/receipt", "/letters/published", "/letters/statistics" })
        {
            await page.GotoAsync(mode + path);
            await BrowserSite.Examine(page, faults);
        }

        // The form as it comes back with everything wrong.
        await page.GotoAsync(mode + "/letters/new");
        await page.Locator("main form .govuk-button:not([name])").ClickAsync();
        // The summary takes the focus, without any script.
        await page.WaitForSelectorAsync(".govuk-error-summary:focus");
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_on_receipt_letter_and_desk()
    {
        await OpenMailboxAsync("desk", "案头信箱");
        List<string> faults = [];
        var citizen = await host.Open(width: 320);
        var (number, code) = await SubmitAsync(citizen, "案头信箱", "路灯不亮");
        await BrowserSite.Examine(citizen, faults);
        await FollowAsync(citizen, number, code);
        await BrowserSite.Examine(citizen, faults);
        await citizen.Context.CloseAsync();

        var office = await host.OpenFor(await host.Data.Staff(Role.LetterOfficer));
        foreach (var path in new[] { "/console/letters?set=All", "/console/letters/new" })
        {
            await office.GotoAsync(path);
            await BrowserSite.Examine(office, faults);
        }

        var address = await FindAsync(office, number);
        await BrowserSite.Examine(office, faults);
        foreach (var act in new[] { "Decline", "Merge" })
        {
            await office.GotoAsync($"{address}?act={act}");
            await BrowserSite.Examine(office, faults);
        }

        await StepAsync(office, address, "Accept");
        await office.GotoAsync(address + "?act=Dispatch");
        await BrowserSite.Examine(office, faults);
        await office.Context.CloseAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_receipt_is_checked_and_a_public_letter_read_without_javascript_in_a_narrow_window()
    {
        await OpenMailboxAsync("receipt", "回执信箱");
        List<string> faults = [];
        var citizen = await host.Open(scripts: false, width: 320);
        var (number, _) = await SubmitAsync(citizen, "回执信箱", "建议修剪行道树");
        await host.DrainOutbox();
        var receipt = await citizen.InputValueAsync("#SignedReceipt");
        await citizen.Locator("button[formaction$='/letters/receipt']").ClickAsync();
        await Assertions.Expect(citizen.Locator("main .p-banner__title").First).ToContainTextAsync("签名有效");
        await Assertions.Expect(citizen.Locator("main .p-metadata").First).ToContainTextAsync(number);
        await ExamineWithScriptsAsync("/letters/receipt", faults, async page =>
        {
            await page.FillAsync("#Receipt", receipt.Replace(number[..6], "LX2025", StringComparison.Ordinal));
            await page.Locator("main form .govuk-button").Last.ClickAsync();
            await Assertions.Expect(page.Locator("main .p-banner__title").First).ToContainTextAsync("被改动过");
        });

        await PublishedAsync(number);
        await citizen.GotoAsync("/letters/published");
        await citizen.Locator("main a:has-text('修剪行道树')").First.ClickAsync();
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("某单位");
        await citizen.Context.CloseAsync();
        foreach (var path in new[] { "/letters/published", "/letters/published/" + number, "/letters/statistics" })
        {
            await ExamineWithScriptsAsync(path, faults, _ => Task.CompletedTask);
        }

        Assert.Empty(faults);
    }

    // Axe needs scripts; the pages are the same.
    private async Task ExamineWithScriptsAsync(string path, List<string> faults, Func<IPage, Task> act)
    {
        var page = await host.Open(width: 320);
        await page.GotoAsync(path);
        await act(page);
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();
    }

    // As if it had been answered, masked and released: the way there is the subject of other tests.
    private Task PublishedAsync(string number) => host.Use<InteractionDbContext>(db => db.Database.ExecuteSqlAsync(
        $"""
        insert into interaction.letter_copies (
          id, letter_id, site_id, version, state, number, mailbox_id, kind, unit_site_id, unit_name, received_on, accepted_on,
          replied_on, workdays, outcome, title, content_hash, reply_paper_id, masks, proposed_by, proposed_by_name, proposed_at,
          decided_at, row_version)
        select gen_random_uuid(), id, site_id, 1, 'Published', number, mailbox_id, kind, site_id, '某单位', current_date, current_date,
          current_date, 1, 'Adopted', '建议修剪行道树', 'x', gen_random_uuid(), '[]', gen_random_uuid(), '某人', now(), now(), 0
        from interaction.letters where number = {number}
        """));

    private static async Task<string> FindAsync(IPage page, string number)
    {
        await page.GotoAsync("/console/letters?set=All");
        await page.Locator($"tr:has-text('{number}') th a").ClickAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task StepAsync(IPage page, string address, string step)
    {
        await page.GotoAsync($"{address}?act={step}");
        await SendAsync(page, step);
    }

    private static async Task SendAsync(IPage page, string step)
    {
        await page.Locator("form:has(input[name=Trigger]) button").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("done=" + step, StringComparison.Ordinal));
    }

    private static async Task FollowAsync(IPage page, string number, string code)
    {
        await page.GotoAsync("/letters/follow");
        await page.FillAsync("#Number", number);
        await page.FillAsync("#Code", code);
        await page.Locator("main form .govuk-button:not([name])").ClickAsync();
        await page.WaitForSelectorAsync(".p-steps");
    }

    private async Task OpenMailboxAsync(string key, string name)
    {
        var manager = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(manager, await host.Data.Staff(Role.SiteManager));
        await manager.GotoAsync("/console/mailboxes/new");
        await manager.FillAsync("#Key", key);
        await manager.FillAsync("#Name", name);
        await manager.FillAsync("#Holder", "省长 某某");
        await manager.FillAsync("#Keeper", "办公室 某某");
        await manager.FillAsync("#Introduction", "受理建议、咨询和投诉。");
        await manager.Locator("main form.c-form button").ClickAsync();
        await manager.WaitForURLAsync(url => url.Contains("done=saved", StringComparison.Ordinal));
        await manager.Context.CloseAsync();
    }

    private async Task<(string Number, string Code)> SubmitAsync(IPage page, string mailbox, string title)
    {
        await page.GotoAsync("/letters/new");
        await page.GetByLabel(mailbox, new() { Exact = true }).CheckAsync();
        await page.CheckAsync("[name=Kind][value=Suggestion]");
        await page.FillAsync("#Title", title);
        await page.FillAsync("#Text", "云浦市虚拟路北段没有公交站，老人出行不便。");
        await page.FillAsync("#Name", "闻先生");
        // Whoever is quicker than a person is marked.
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.Locator("main form .govuk-button:not([name])").ClickAsync();
        await page.WaitForSelectorAsync(".p-receipt");
        var codes = await page.Locator(".p-receipt__code").AllTextContentsAsync();
        return (codes[0], codes[1]);
    }
}
