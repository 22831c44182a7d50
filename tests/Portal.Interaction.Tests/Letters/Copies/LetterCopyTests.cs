using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;
using Portal.Interaction.Letters.SweepLetters;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters.Copies;

/// <summary>An answered letter becomes public as a masked copy: who may, what it takes, and what never gets out.</summary>
public sealed class LetterCopyTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    private const string IdNumber = "990102199001011237";
    private const string Card = "6222020000000000000";
    private const string Plate = "云A12345";
    private const string Other = "闻小满";
    private const string Door = "虚拟路12号3栋2单元501室";

    // Nobody's numbers; what of them could be found again by a part of it.
    private static readonly string[] Planted = [LetterDesk.Writer, LetterDesk.Phone, IdNumber, Card, Plate, Other, "501室", "12号3栋", "13911112222"];

    private static LetterFields Fields(bool mayPublish = true) => LetterDesk.Fields(title: $"公交改线 我叫{LetterDesk.Writer}") with
    {
        Text = $"我叫{LetterDesk.Writer}，身份证{IdNumber}，电话{LetterDesk.Phone}，住{Door}，车牌{Plate}，卡号{Card}。邻居{Other}也可作证，{Other}的电话是139 1111 2222。建议公交改线后在虚拟路北段设站。",
        MayPublish = mayPublish,
    };

    private const string Reply = $"{LetterDesk.Writer}您好，来信收悉。经向{Other}核实，您在{Door}的住处附近将设站，有事请打12345。";

    private Task<Guid> Answered(bool mayPublish = true, string? reply = null) =>
        desk.Driven(LetterState.Replied, fields: Fields(mayPublish), reply: reply ?? Reply);

    [Fact]
    public async Task A_planted_number_is_found_on_no_public_surface()
    {
        var id = await Answered();
        var number = (await desk.Find(id)).Number;
        await Propose(id);
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/letters/published/" + number)).Status);
        Assert.Equal(302, (int)(await Decide(await desk.Head(), id)).Status);
        var page = await visitor.Get("/letters/published/" + number);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("设站", page.Document.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        string[] surfaces =
        [
            "/letters", "/letters/published", "/letters/published/" + number, "/letters/published/feed.xml", "/letters/published?q=公交改线",
            "/letters/published?kind=Suggestion", $"/letters/published?mailbox={LetterDesk.MailboxKey}", $"/letters/published?unit={LetterDesk.UnitKey}",
            "/search?q=公交改线", "/letters/new", "/letters/follow",
        ];
        foreach (var surface in surfaces)
        {
            var answer = await visitor.Get(surface);
            Assert.True(answer.Status == HttpStatusCode.OK, surface);
            var text = WebUtility.HtmlDecode(answer.Text).Replace(" ", "", StringComparison.Ordinal);
            foreach (var word in Planted)
            {
                Assert.False(text.Contains(word, StringComparison.Ordinal), $"{surface} shows {word}");
            }
        }

        // Nor can anybody find the letter by what is masked, and nothing of it lies in the tables of what is public.
        foreach (var word in Planted)
        {
            var found = await visitor.Get("/letters/published?q=" + Uri.EscapeDataString(word));
            Assert.DoesNotContain(number, found.Text, StringComparison.Ordinal);
        }

        var kept = await desk.Read(db => db.Database
            .SqlQuery<string>($"select c::text || coalesce((select string_agg(p::text, '') from interaction.letter_copy_parts p where p.copy_id = c.id), '') as \"Value\" from interaction.letter_copies c where letter_id = {id}")
            .ToListAsync());
        Assert.All(Planted, word => Assert.DoesNotContain(word, string.Concat(kept), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_confirmed_the_masks_does_not_release_and_what_is_released_is_what_was_proposed()
    {
        var id = await Answered();
        await Propose(id);
        Assert.Equal(409, (int)(await Decide(await desk.Officer(), id)).Status);
        Assert.Equal(403, (int)(await Decide(await desk.Handler(), id)).Status);
        Assert.Equal(404, (int)(await Decide(await desk.Outsider(), id)).Status);
        Assert.Equal(409, (int)(await Decide(await desk.Head(), id, hash: new string('0', 64))).Status);
        Assert.Equal(422, (int)(await Decide(await desk.Head(), id, release: false)).Status);
        Assert.Equal(302, (int)(await Decide(await desk.Head(), id, release: false, reason: "第二段还能认出人。")).Status);
        Assert.Equal(409, (int)(await Decide(await desk.Head(), id)).Status);
        Assert.Equal([CopyState.Returned], await States(id));
        // Another one, by the office again; the steps tell it all.
        await Propose(id);
        Assert.Equal(302, (int)(await Decide(await desk.Data.Staff(Role.LetterOfficer, LetterDesk.SiteKey), id)).Status);
        Assert.Equal([CopyState.Returned, CopyState.Published], await States(id));
        var steps = (await desk.Case(id)).Events.Select(step => step.Trigger).Where(LetterFlow.Apart.Contains).ToList();
        Assert.Equal(
            [LetterTrigger.Reveal, LetterTrigger.ProposeCopy, LetterTrigger.ReturnCopy, LetterTrigger.Reveal, LetterTrigger.ProposeCopy, LetterTrigger.ReleaseCopy],
            steps);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => desk.Read(db => db.Database.ExecuteSqlAsync(
            $"update interaction.letter_copies set title = 'x' where letter_id = {id}")));
        Assert.Contains("never change", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_wish_reply_or_person_nothing_is_proposed()
    {
        var officer = await desk.As(await desk.Officer());
        var forbidden = await Answered(mayPublish: false);
        var early = await desk.Driven(LetterState.Reviewing, fields: Fields());
        foreach (var id in new[] { forbidden, early })
        {
            Assert.Equal(409, (int)(await Masks(officer, id, [])).Status);
            Assert.Empty(await States(id));
        }

        var ready = await Answered();
        Assert.Equal(403, (int)(await Masks(await desk.As(await desk.Handler()), ready, [])).Status);
        var form = await Masks(officer, ready, []);
        Assert.Equal(200, (int)form.Status);
        // The form alone confirms nothing, and neither does a confirmation of nobody who read it.
        var unread = Filled(form);
        unread.Remove("Sure");
        Assert.Equal(422, (int)(await Masks(officer, ready, unread)).Status);
        var forged = Filled(form);
        forged["Look"] = "nothing";
        Assert.Equal(200, (int)(await Masks(officer, ready, forged)).Status);
        var stale = Filled(form);
        stale["Reply"] = Guid.CreateVersion7().ToString();
        Assert.Equal(409, (int)(await Masks(officer, ready, stale)).Status);
        Assert.Empty(await States(ready));
        var writers = Filled(form);
        var key = form.Document.QuerySelectorAll("td").Single(cell => cell.TextContent.Contains("证件号码", StringComparison.Ordinal));
        Assert.Null(key.ParentElement!.QuerySelector("input"));
        Assert.Equal(302, (int)(await Masks(officer, ready, writers)).Status);
        Assert.Equal([CopyState.Proposed], await States(ready));
    }

    [Fact]
    public async Task A_mask_is_left_or_added_only_with_a_reason_and_the_form_keeps_what_was_typed()
    {
        var officer = await desk.As(await desk.Officer());
        var id = await Answered();
        var shown = await Masks(officer, id, []);
        var plate = shown.Document.QuerySelectorAll("input[name^='Left-']")
            .Single(box => box.Closest("tr")!.QuerySelector("th")!.TextContent == Plate).GetAttribute("name")!["Left-".Length..];
        var form = Filled(shown);
        form["Left-" + plate] = "true";
        form["Words-0"] = "虚拟路北段";
        var refused = await Masks(officer, id, form);
        Assert.Equal(422, (int)refused.Status);
        Assert.True(refused.Document.QuerySelector($"input[name='Left-{plate}']")!.HasAttribute("checked"));
        Assert.Equal("虚拟路北段", refused.Document.QuerySelector("input[name='Words-0']")!.GetAttribute("value"));
        Assert.Equal(2, refused.Document.QuerySelectorAll(".govuk-error-summary a").Length);
        form["Reason-" + plate] = "执法车辆，应当公开";
        form["Why-0"] = "可以认出来信人";
        Assert.Equal(302, (int)(await Masks(officer, id, form)).Status);
        await Decide(await desk.Head(), id);
        var page = (await desk.Visitor(LetterDesk.SiteKey).Get("/letters/published/" + (await desk.Find(id)).Number)).Text;
        Assert.Contains(Plate, page, StringComparison.Ordinal);
        Assert.DoesNotContain("虚拟路北段", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_and_its_reply_make_a_new_version_and_the_old_one_is_replaced()
    {
        var id = await Published();
        var number = (await desk.Find(id)).Number;
        await desk.Take(id, LetterTrigger.FollowUp, $"{Other}问：具体在哪个路口？");
        var officer = await desk.As(await desk.Officer());
        Assert.Equal(409, (int)(await Masks(officer, id, [])).Status);
        await desk.Take(id, LetterTrigger.TakeOn);
        await desk.Take(id, LetterTrigger.Draft, "在示例街口设站，这是第二次答复，请留意公告。");
        await desk.Take(id, LetterTrigger.SubmitReply);
        await desk.Take(id, LetterTrigger.ApproveReply);
        await Propose(id);
        Assert.Contains("设站", (await desk.Visitor(LetterDesk.SiteKey).Get("/letters/published/" + number)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await Decide(await desk.Head(), id)).Status);
        Assert.Equal([CopyState.Replaced, CopyState.Published], await States(id));
        var page = await desk.Visitor(LetterDesk.SiteKey).Get("/letters/published/" + number);
        Assert.Contains("这是第二次答复", page.Text, StringComparison.Ordinal);
        Assert.Contains("第2版", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Other, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_taken_down_says_why_and_can_be_public_again()
    {
        var id = await Published();
        var number = (await desk.Find(id)).Number;
        var head = await desk.As(await desk.Head());
        Assert.Equal(422, (int)(await Post(head, id, "withdrawal", new() { ["Reason"] = "" })).Status);
        Assert.Equal(302, (int)(await Post(head, id, "withdrawal", new() { ["Reason"] = "答复依据的文件已经修订。" })).Status);
        Assert.Equal(409, (int)(await Post(head, id, "withdrawal", new() { ["Reason"] = "再撤一次。" })).Status);
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        var gone = await visitor.Get("/letters/published/" + number);
        Assert.Equal(410, (int)gone.Status);
        Assert.Contains("答复依据的文件已经修订", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("公交改线", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number, (await visitor.Get("/letters/published")).Text, StringComparison.Ordinal);
        await Propose(id);
        Assert.Equal(302, (int)(await Decide(await desk.Head(), id)).Status);
        Assert.Equal(200, (int)(await visitor.Get("/letters/published/" + number)).Status);
        Assert.Equal(404, (int)(await desk.Visitor("lanqiao").Get("/letters/published/" + number)).Status);
    }

    [Fact]
    public async Task The_key_may_go_and_the_copy_stays_until_the_writer_wants_it_down()
    {
        var id = await Published();
        var number = (await desk.Find(id)).Number;
        await desk.Take(id, LetterTrigger.Close);
        desk.Clock.Advance(TimeSpan.FromDays((366 * 3) + 2));
        await desk.Use<SweepLetters, int>(sweep => sweep.EraseAsync(CancellationToken.None));
        Assert.Null((await desk.Find(id)).SealedKey);
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        var page = await visitor.Get("/letters/published/" + number);
        Assert.Equal(200, (int)page.Status);
        Assert.Contains("设站", page.Text, StringComparison.Ordinal);
        Assert.Equal(409, (int)(await Masks(await desk.As(await desk.Officer()), id, [])).Status);
        // The code still opens the letter, and the writer may still think again.
        var ticket = await desk.Use<IServiceProvider, string>(services => Task.FromResult(services.GetRequiredService<LetterForms>().NewTicket(id)));
        var forbidden = await visitor.Post("/letters/follow/prohibition", new() { ["Ticket"] = ticket }, "/letters/follow");
        Assert.Equal(200, (int)forbidden.Status);
        Assert.Equal([CopyState.Withdrawn], await States(id));
        var gone = await visitor.Get("/letters/published/" + number);
        Assert.Equal(410, (int)gone.Status);
        Assert.Contains("撤回了公开许可", gone.Text, StringComparison.Ordinal);
        Assert.Equal(409, (int)(await visitor.Post("/letters/follow/permission", new() { ["Ticket"] = ticket }, "/letters/follow")).Status);
    }

    [Fact]
    public async Task What_waits_does_not_go_out_once_the_writer_forbids_it()
    {
        var id = await Answered();
        await Propose(id);
        await desk.Take(id, LetterTrigger.ForbidPublishing);
        Assert.Equal(409, (int)(await Decide(await desk.Head(), id)).Status);
        var page = await (await desk.As(await desk.Officer())).Get($"/console/letters/{id}/publication");
        Assert.Contains("来信人没有同意公开", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_narrowed_and_searched_page_by_page()
    {
        var one = await Published();
        var letter = await desk.Find(one);
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        foreach (var (query, there) in new[]
        {
            ("", true), ("?kind=Suggestion", true), ("?kind=Inquiry", false), ($"?mailbox={LetterDesk.MailboxKey}", true), ($"?unit={LetterDesk.UnitKey}", true),
            ($"?unit={LetterDesk.HelperKey}", false), ($"?year={desk.Today.Year}", true), ("?year=2001", false), ("?q=公交改线", true), ("?q=改线+设站", true),
            ("?q=改线&kind=Inquiry", false), ("?q=海水淡化", false), ("?q=%26%27%28", true),
        })
        {
            var page = await visitor.Get("/letters/published" + query);
            Assert.Equal(200, (int)page.Status);
            Assert.True(there == page.Document.QuerySelector(".p-results__title a") is not null, query);
        }

        Assert.Equal(404, (int)(await visitor.Get("/letters/published?mailbox=nothing")).Status);
        Assert.Equal(404, (int)(await visitor.Get("/letters/published/" + LetterNumber.Write(2026, 9_999_998))).Status);
        Assert.Equal(404, (int)(await visitor.Get("/letters/published/garbage")).Status);
        Assert.Contains(letter.Number, (await visitor.Get("/letters/published/feed.xml")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sites_search_points_to_the_public_letters_with_the_same_words()
    {
        var number = (await desk.Find(await Published())).Number;
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        var page = await visitor.Get("/search?q=" + Uri.EscapeDataString("公交改线 a&b"));
        var link = page.Document.QuerySelector("main a[href^='/letters/published']")!;
        Assert.Equal("在公开的来信中查找“公交改线 a&b”", link.TextContent);
        Assert.Equal("/letters/published?q=" + Uri.EscapeDataString("公交改线 a&b"), link.GetAttribute("href"));
        var plain = await visitor.Get("/~large/search?q=" + Uri.EscapeDataString("公交改线"));
        var found = await visitor.Get(plain.Document.QuerySelector("main a[href^='/~large/letters/published']")!.GetAttribute("href")!);
        Assert.Contains(number, found.Text, StringComparison.Ordinal);
        // Nothing asked, and nothing public to be found: nowhere to point to.
        Assert.Null((await visitor.Get("/search")).Document.QuerySelector("main a[href^='/letters']"));
        Assert.Null((await desk.Visitor("lanqiao").Get("/search?q=" + Uri.EscapeDataString("公交改线"))).Document.QuerySelector("main a[href^='/letters']"));
    }

    [Fact]
    public async Task Public_answers_are_suggested_before_a_letter_is_sent_and_nothing_typed_is_lost()
    {
        var id = await Published();
        var number = (await desk.Find(id)).Number;
        var hidden = await desk.Driven(LetterState.Replied, fields: Fields(mayPublish: false));
        var visitor = desk.Visitor(LetterDesk.SiteKey);
        var page = await visitor.Get("/letters/new");
        Dictionary<string, string> form = new()
        {
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Mailbox"] = LetterDesk.MailboxKey,
            ["Kind"] = "Inquiry",
            ["Title"] = "请问公交改线什么时候开始",
            ["Text"] = "想了解公交改线的时间安排。",
            ["Name"] = "石女士",
            ["Act"] = "suggest",
        };
        var letters = await desk.Read(db => db.Letters.CountAsync());
        var suggested = await visitor.Post("/letters/new", form, "/letters/new");
        Assert.Equal(200, (int)suggested.Status);
        Assert.NotNull(suggested.Document.QuerySelector($"a[href$='/letters/published/{number}']"));
        Assert.DoesNotContain((await desk.Find(hidden)).Number, suggested.Text, StringComparison.Ordinal);
        Assert.All(Planted, word => Assert.DoesNotContain(word, suggested.Text, StringComparison.Ordinal));
        Assert.Equal("请问公交改线什么时候开始", suggested.Document.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.Equal("石女士", suggested.Document.QuerySelector("#Name")!.GetAttribute("value"));
        Assert.True(suggested.Document.QuerySelector("input[name=Kind][value=Inquiry]")!.HasAttribute("checked"));
        Assert.Equal(letters, await desk.Read(db => db.Letters.CountAsync()));
        foreach (var title in new[] { "", "啊", "'&|!:*()", "海水淡化厂何时建成" })
        {
            form["Title"] = title;
            form["Text"] = "";
            var none = await visitor.Post("/letters/new", form, "/letters/new");
            Assert.Equal(200, (int)none.Status);
            Assert.Null(none.Document.QuerySelector("a[href*='/letters/published/LX']"));
            Assert.DoesNotContain("没有解决您的问题", none.Text, StringComparison.Ordinal);
        }
    }

    private async Task<Guid> Published()
    {
        var id = await Answered();
        await Propose(id);
        Assert.Equal(302, (int)(await Decide(await desk.Head(), id)).Status);
        return id;
    }

    private async Task Propose(Guid id)
    {
        var officer = await desk.As(await desk.Officer());
        var form = await Masks(officer, id, []);
        var confirmed = await Masks(officer, id, Filled(form));
        Assert.True((int)confirmed.Status == 302, $"{(int)confirmed.Status} {string.Join(' ', confirmed.Errors)}");
    }

    private static Dictionary<string, string> Filled(Answer form) => new()
    {
        ["Look"] = form.Document.QuerySelector("input[name=Look]")!.GetAttribute("value")!,
        ["Reply"] = form.Document.QuerySelector("input[name=Reply]")!.GetAttribute("value")!,
        ["Sure"] = "true",
        ["Act"] = "confirm",
    };

    private static Task<Answer> Masks(Browser browser, Guid id, Dictionary<string, string> form) =>
        Post(browser, id, "masks", form.Count > 0 ? form : new() { ["Act"] = "show" });

    private async Task<Answer> Decide(Person person, Guid id, bool release = true, string reason = "", string? hash = null)
    {
        var copy = await desk.Read(db => db.LetterCopies.AsNoTracking().Where(row => row.LetterId == id).OrderByDescending(row => row.Version).FirstAsync());
        return await Post(await desk.As(person), id, "decision", new()
        {
            ["CopyId"] = copy.Id.ToString(),
            ["ContentHash"] = hash ?? copy.ContentHash,
            ["Release"] = release ? "true" : "false",
            ["Reason"] = reason,
        });
    }

    private static Task<Answer> Post(Browser browser, Guid id, string act, Dictionary<string, string> form) =>
        browser.Post($"/console/letters/{id}/publication/{act}", form, "/console/account/password");

    private Task<List<CopyState>> States(Guid id) => desk.Read(db => db.LetterCopies.AsNoTracking().Where(row => row.LetterId == id)
        .OrderBy(row => row.Version).Select(row => row.State).ToListAsync());
}
