using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>A host with a mailbox on a site, and the forms of those who write to it.</summary>
public class Mailroom : PortalHost
{
    public const string SiteKey = "yunpu";

    /// <summary>A number of nobody's, with a right check character.</summary>
    public const string IdNumber = "990102199001011237";

    internal Task<T> Read<T>(Func<InteractionDbContext, Task<T>> read) => Use(read);

    /// <summary>The open mailbox of a site; made when there is none.</summary>
    internal Task<Mailbox> MailboxOf(string site = SiteKey) => Use<InteractionDbContext, Mailbox>(async db =>
    {
        var id = Site(site).Id;
        if (await db.Mailboxes.SingleOrDefaultAsync(row => row.SiteId == id && row.Key == "mayor") is { } known)
        {
            return known;
        }

        var mailbox = new Mailbox { Id = Guid.CreateVersion7(), SiteId = id, Key = "mayor", Name = "市长信箱", Holder = "市长 虚构", Keeper = "市政府办公室" };
        db.Mailboxes.Add(mailbox);
        await db.SaveChangesAsync();
        return mailbox;
    });

    internal async Task<Dictionary<string, string>> OpenForm(Browser browser, params (string Name, string Value)[] changes)
    {
        await MailboxOf();
        var page = await browser.Get("/letters/new");
        Clock.Advance(TimeSpan.FromSeconds(5));
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Mailbox"] = "mayor",
            ["Kind"] = "Suggestion",
            ["Name"] = "闻先生",
            ["Phone"] = "13800004321",
            ["Title"] = "建议增设公交站",
            ["Text"] = "云浦市虚拟路北段没有公交站，老人出行不便，建议增设一站。" + Guid.CreateVersion7().ToString("N"),
            ["MayPublish"] = "true",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }

    /// <summary>Opens the form, waits as a person does, and sends it.</summary>
    internal async Task<Answer> Submit(Browser browser, params (string Name, string Value)[] changes) =>
        await browser.PostRaw("/letters/new", await OpenForm(browser, changes));

    /// <summary>Sends the form with a file.</summary>
    internal static async Task<Answer> SendFile(Browser browser, Dictionary<string, string> form, string name, byte[] bytes)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (key, value) in form)
        {
            content.Add(new StringContent(value), key);
        }

        content.Add(new ByteArrayContent(bytes), "Files", name);
        return await browser.SendContent("/letters/new", content);
    }

    internal DateOnly Today => BeijingTime.Date(Clock.GetUtcNow());

    /// <summary>Number and code of a receipt.</summary>
    internal static (string Number, string Code) Receipt(Answer answer)
    {
        var codes = answer.Document.QuerySelectorAll(".p-receipt__code").Select(node => node.TextContent).ToList();
        Assert.Equal(2, codes.Count);
        return (codes[0], codes[1]);
    }

    internal static Task<Answer> Follow(Browser browser, string number, string code) => browser.Post(
        "/letters/follow", new() { ["Number"] = number, ["Code"] = code });

    internal Task<Letter> Find(string number) => Read(db => db.Letters.AsNoTracking().SingleAsync(row => row.Number == number));

    /// <summary>Takes a step as if staff had, past every page.</summary>
    internal Task Step(string number, LetterInput input, LetterParty party) => Use<IServiceProvider, bool>(async services =>
    {
        var writer = (LetterWriter)services.GetService(typeof(LetterWriter))!;
        var db = (InteractionDbContext)services.GetService(typeof(InteractionDbContext))!;
        var id = await db.Letters.Where(row => row.Number == number).Select(row => row.Id).SingleAsync();
        var taken = await writer.TakeAsync((await writer.FindAsync(id, default))!, input, party, null, default);
        Assert.True(taken.Succeeded, taken.Succeeded ? "" : string.Join(' ', taken.Failure.Errors.Select(error => error.Message)));
        await db.SaveChangesAsync();
        return true;
    });

    /// <summary>Brings a letter to its reply.</summary>
    internal async Task Answer(string number, string reply = "已经协调公交公司，年内在该路段增设一站。")
    {
        await Step(number, new() { Trigger = LetterTrigger.Accept }, LetterParty.Office);
        await Step(number, new() { Trigger = LetterTrigger.Dispatch, LeadSiteId = Site(SiteKey).Id }, LetterParty.Office);
        await Step(number, new() { Trigger = LetterTrigger.TakeOn }, LetterParty.Unit);
        await Reply(number, reply);
    }

    internal async Task Reply(string number, string reply)
    {
        await Step(number, new() { Trigger = LetterTrigger.Draft, Outcome = ReplyOutcome.Adopted, Text = reply }, LetterParty.Unit);
        await Step(number, new() { Trigger = LetterTrigger.SubmitReply }, LetterParty.Unit);
        await Step(number, new() { Trigger = LetterTrigger.ApproveReply }, LetterParty.Head);
    }
}
