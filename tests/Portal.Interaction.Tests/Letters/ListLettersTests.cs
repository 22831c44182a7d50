using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.RecountLetters;
using Portal.Interaction.Letters.SweepLetters;
using Portal.Shared.Actors;
using Portal.Shared.Text;
using Portal.Shared.Throttling;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>Lists by who asks and by due date, batches from them, and the platform's own steps.</summary>
public sealed class ListLettersTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    [Fact]
    public async Task Everybody_finds_what_is_theirs_to_do()
    {
        var (officer, handler, helper, head) = (await desk.Officer(), await desk.Handler(), await desk.Helper(), await desk.Head());
        var fresh = await Number(await desk.Driven(LetterState.Submitted));
        var accepted = await Number(await desk.Driven(LetterState.Accepted));
        var dispatched = await Number(await desk.Driven(LetterState.Dispatched));
        var reviewing = await Number(await desk.Driven(LetterState.Reviewing));
        var closed = await Number(await desk.Driven(LetterState.Closed));

        await Holds(officer, "New", [fresh], [accepted, dispatched]);
        await Holds(officer, "ToDispatch", [accepted], [fresh, dispatched]);
        await Holds(officer, "All", [fresh, accepted, dispatched, reviewing, closed], []);
        await Holds(handler, "Mine", [dispatched, reviewing], [fresh, accepted, closed]);
        await Holds(handler, "Unit", [dispatched, reviewing], [fresh, accepted, closed]);
        await Holds(handler, "All", [dispatched, reviewing, closed], [fresh, accepted]);
        await Holds(helper, "Unit", [dispatched], [fresh, accepted]);
        await Holds(head, "Head", [reviewing], [dispatched]);
        await Holds(await desk.Outsider(), "All", [], [fresh, accepted, dispatched, reviewing, closed]);
        // A set that is none of the person's is not theirs by asking for it.
        await Holds(handler, "New", [dispatched], [fresh]);
        Assert.Equal(403, (int)(await (await desk.As(await desk.Data.Staff(Role.Author, LetterDesk.SiteKey))).Get("/console/letters")).Status);
    }

    [Fact]
    public async Task Near_and_late_are_worked_out_against_today_and_wait_on_the_first_page()
    {
        var handler = await desk.Handler();
        var letter = await desk.Registered(LetterDesk.Fields(title: "快到期的事"));
        await desk.Take(letter.Id, LetterTrigger.Accept);
        await desk.Take(letter.Id, LetterTrigger.Dispatch);
        Assert.DoesNotContain("快到期的事", await Text(handler, "Near"), StringComparison.Ordinal);
        desk.GoOn(5);
        Assert.Contains("快到期的事", await Text(handler, "Near"), StringComparison.Ordinal);
        Assert.DoesNotContain("快到期的事", await Text(handler, "Late"), StringComparison.Ordinal);
        desk.GoOn(3);
        Assert.DoesNotContain("快到期的事", await Text(handler, "Near"), StringComparison.Ordinal);
        Assert.Contains("快到期的事", await Text(handler, "Late"), StringComparison.Ordinal);
        var console = await (await desk.As(handler)).Get("/console");
        Assert.Contains("快到期的事", console.Text, StringComparison.Ordinal);
        Assert.NotNull(console.Document.QuerySelector("nav a[href='/console/letters']"));
    }

    [Fact]
    public async Task A_list_is_narrowed_by_kind_mailbox_and_number_and_turned_by_pages()
    {
        var officer = await desk.Officer();
        var thanks = await desk.Registered(LetterDesk.Fields(LetterKind.Thanks, "感谢公交司机"));
        var browser = await desk.As(officer);
        var byNumber = await browser.Get($"/console/letters?set=All&q={thanks.Number}");
        Assert.Single(byNumber.Document.QuerySelectorAll("tbody tr"));
        var byKind = await browser.Get("/console/letters?set=All&kind=Thanks&q=" + Uri.EscapeDataString("公交司机"));
        Assert.Contains(thanks.Number, byKind.Text, StringComparison.Ordinal);
        var other = await browser.Get($"/console/letters?set=All&kind=Inquiry&q={thanks.Number}");
        Assert.DoesNotContain($"/console/letters/{thanks.Id}", other.Text, StringComparison.Ordinal);
        var nowhere = await browser.Get($"/console/letters?set=All&mailbox={Guid.CreateVersion7()}");
        Assert.Empty(nowhere.Document.QuerySelectorAll("tbody tr"));

        for (var number = 0; number < 45; number++)
        {
            await desk.Registered(LetterDesk.Fields(LetterKind.Report));
        }

        HashSet<string> seen = [];
        var page = await browser.Get("/console/letters?set=All&kind=Report");
        while (true)
        {
            var rows = page.Document.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!).ToList();
            Assert.All(rows, row => Assert.True(seen.Add(row)));
            if (page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href") is not { } next)
            {
                break;
            }

            Assert.Equal(40, rows.Count);
            page = await browser.Get(next);
        }

        Assert.Equal(45, seen.Count);
        var back = await browser.Get(page.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(40, back.Document.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_how_long_ago_letters_came_and_keeps_it_from_page_to_page()
    {
        var officer = await desk.Officer();
        var old = await desk.Registered(LetterDesk.Fields(LetterKind.Inquiry, "放了一周的来信"));
        desk.GoOn(6);
        var fresh = await desk.Registered(LetterDesk.Fields(LetterKind.Inquiry, "今天的来信"));
        var browser = await desk.As(officer);
        var page = await browser.Get("/console/letters?set=New&kind=Inquiry&age=7");
        Assert.Contains($"/console/letters/{old.Id}", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/console/letters/{fresh.Id}", page.Text, StringComparison.Ordinal);
        Assert.Equal("7", page.Document.QuerySelector("select[name=age] option[selected]")!.GetAttribute("value"));
        Assert.Equal("7", page.Document.QuerySelector("form[action$=export] input[name=age]")!.GetAttribute("value"));
        foreach (var odd in new[] { "0", "-5", "99999999" })
        {
            Assert.Contains($"/console/letters/{fresh.Id}", (await browser.Get("/console/letters?set=New&kind=Inquiry&age=" + odd)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_letters_are_given_to_one_unit_each_whole_or_not_at_all()
    {
        var officer = await desk.Officer();
        var (first, second) = (await desk.Driven(LetterState.Accepted), await desk.Driven(LetterState.Accepted));
        var (stale, handled) = (await desk.Driven(LetterState.Accepted), await desk.Driven(LetterState.Handling));
        var list = await (await desk.As(officer)).Get("/console/letters?set=ToDispatch");
        Assert.NotNull(list.Document.QuerySelector($"input[name=Chosen][value^='{first}:']"));

        var answer = await Dispatch(
            officer, desk.UnitId, $"{first}:{await Version(first)}", $"{second}:{await Version(second)}", $"{stale}:1",
            $"{handled}:{await Version(handled)}");
        Assert.Equal(200, (int)answer.Status);
        Assert.Contains("已交办2封，未交办2封", answer.Text, StringComparison.Ordinal);
        Assert.Equal(LetterState.Dispatched, (await desk.Find(first)).State);
        Assert.Equal(desk.UnitId, (await desk.Find(second)).LeadSiteId);
        Assert.Equal((LetterState.Accepted, LetterState.Handling), ((await desk.Find(stale)).State, (await desk.Find(handled)).State));
        Assert.Empty((await desk.Case(stale)).Assignments);

        Assert.Equal(422, (int)(await Dispatch(officer, desk.UnitId)).Status);
        // A unit that may not have it moves none.
        var wrong = await Dispatch(officer, desk.Site("jyt").Id, $"{stale}:{await Version(stale)}");
        Assert.Contains("已交办0封，未交办1封", wrong.Text, StringComparison.Ordinal);
        var elsewhere = await desk.Data.Staff(Role.LetterOfficer, "jyt");
        Assert.Equal(404, (int)(await Dispatch(elsewhere, desk.UnitId, $"{stale}:{await Version(stale)}")).Status);
        Assert.Equal(403, (int)(await Dispatch(await desk.Handler(), desk.UnitId, $"{stale}:{await Version(stale)}")).Status);
        Assert.Equal(LetterState.Accepted, (await desk.Find(stale)).State);
    }

    [Fact]
    public async Task A_list_is_taken_away_as_a_workbook_on_the_record()
    {
        var letter = await desk.Registered(LetterDesk.Fields(LetterKind.Complaint, "=HYPERLINK(1)工地噪声😟" + LetterDesk.Phone));
        var officer = await desk.As(await desk.Officer());
        var form = new Dictionary<string, string> { ["set"] = "All", ["kind"] = "Complaint", ["q"] = letter.Number };
        var workbook = await officer.Post("/console/letters/export", form, "/console/account/password");
        Assert.Equal(200, (int)workbook.Status);
        using var zip = new ZipArchive(new MemoryStream(workbook.Bytes));
        var parts = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            parts.Append(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        Assert.Contains(letter.Number, parts.ToString(), StringComparison.Ordinal);
        Assert.Contains("工地噪声😟", parts.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(LetterDesk.Phone, parts.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<x:f>", parts.ToString(), StringComparison.Ordinal);
        var told = await desk.Read(db => db.Database.SqlQuery<string>(
            $"select payload::text as \"Value\" from interaction.outbox where payload::text like '%letter.exported%'").ToListAsync());
        Assert.Single(told);
        var stranger = await desk.As(await desk.Data.Staff(Role.Author, LetterDesk.SiteKey));
        Assert.Equal(403, (int)(await stranger.Post("/console/letters/export", form, "/console/account/password")).Status);
    }

    // Rare characters and emoji are two halves; what is no character of XML, and what was typed like an escape, stay escaped.
    [Fact]
    public async Task A_workbook_keeps_whole_signs_and_nothing_that_breaks_it()
    {
        (string Cell, string Kept)[] cases =
        [
            ("𠮷先生", "𠮷先生"), ("😀😀 好", "😀😀 好"), ("半个\ud83d", "半个_xD83D_"), ("\ude00\ud83d", "_xDE00__xD83D_"),
            ("铃\u0007\ufffe", "铃_x0007__xFFFE_"), ("_xD83D__xDE00_", "_x005F_xD83D__x005F_xDE00_"),
            ("_xD83D_\ude00", "_x005F_xD83D__xDE00_"), ("<b>&", "&lt;b&gt;&amp;"),
        ];
        using var stream = new MemoryStream();
        await stream.SaveAsAsync(
            cases.Select(row => new Dictionary<string, object> { ["栏"] = row.Cell }), cancellationToken: TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(new MemoryStream(WorkbookText.Finished(stream)));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        var sheet = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.All(cases, row => Assert.Contains($">{row.Kept}<", sheet, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_date_that_a_calendar_moves_is_a_step_with_both_dates()
    {
        var (moved, stays) = (await desk.Driven(LetterState.Dispatched), await desk.Driven(LetterState.Dispatched));
        var due = (await desk.Find(moved)).DueOn!.Value;
        // As a former calendar had read them.
        await desk.Read(db => db.Letters.Where(row => row.Id == moved)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueOn, due.AddDays(-3)).SetProperty(row => row.CalendarVersion, "former")));
        await desk.Read(db => db.Letters.Where(row => row.Id == stays)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CalendarVersion, "former")));
        Assert.Equal(1, await desk.Use<RecountLetters, int>(recount => recount.RunAsync("990100", CancellationToken.None)));
        Assert.Equal((due, desk.Calendar.Version), ((await desk.Find(moved)).DueOn, (await desk.Find(moved)).CalendarVersion));
        Assert.Equal(desk.Calendar.Version, (await desk.Find(stays)).CalendarVersion);
        var step = (await desk.Case(moved)).Last(LetterTrigger.Recount)!;
        Assert.Equal(
            (due.AddDays(-3).ToString("yyyy-MM-dd", null), due.ToString("yyyy-MM-dd", null)), (step.Facts["from"], step.Facts["to"]));
        Assert.Null((await desk.Case(stays)).Last(LetterTrigger.Recount));
    }

    [Fact]
    public async Task An_answered_letter_closes_by_itself_and_later_loses_its_writer_but_not_its_figures()
    {
        var id = await desk.Driven(LetterState.Rated);
        desk.Clock.Advance(TimeSpan.FromDays(30));
        await Sweep();
        Assert.Equal(LetterState.Rated, (await desk.Find(id)).State);
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await Sweep();
        var closed = await desk.Case(id);
        Assert.Equal(LetterState.Closed, closed.Letter.State);
        Assert.Null(closed.Last(LetterTrigger.Close)!.ActorId);

        desk.Clock.Advance(TimeSpan.FromDays((365 * 3) + 5));
        await Sweep();
        await Sweep();
        var erased = await desk.Case(id);
        Assert.Null(erased.Letter.SealedKey);
        Assert.Equal(("", 4, 1), (erased.Letter.Subject, erased.Letter.Rating, erased.Events.Count(row => row.Trigger == LetterTrigger.Erase)));
        var page = await (await desk.As(await desk.Officer())).Get($"/console/letters/{id}");
        Assert.Contains("个人信息已过保存期限", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("增加公交班次", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_of_tries_are_not_kept_longer_than_a_limit_looks_at_them()
    {
        await desk.Use<InteractionDbContext>(async db =>
        {
            foreach (var (bucket, hours) in new[] { ("sweep old", 49), ("sweep young", 47) })
            {
                db.Add(new TryWindow { Bucket = bucket, StartsAt = desk.Clock.GetUtcNow().AddHours(-hours), Tries = 1 });
            }

            await db.SaveChangesAsync();
        });
        await Sweep();
        Assert.Equal(["sweep young"], await desk.Read(db => db.Set<TryWindow>().Select(row => row.Bucket).Where(name => name.StartsWith("sweep")).ToListAsync()));
    }

    private Task Sweep() => desk.Use<SweepLetters>(async sweep =>
    {
        await sweep.CloseAsync(CancellationToken.None);
        await sweep.EraseAsync(CancellationToken.None);
        await sweep.ForgetTriesAsync(CancellationToken.None);
    });

    [Fact]
    public async Task A_batch_that_is_wrong_comes_back_as_it_was_filled_in()
    {
        var (first, second) = (await desk.Driven(LetterState.Accepted), await desk.Driven(LetterState.Accepted));
        var browser = await desk.As(await desk.Officer());
        var list = await browser.Get("/console/letters?set=ToDispatch");
        var wrong = await browser.PostRaw(
            "/console/letters/dispatch",
            [new("_token", list.Token!), new("LeadSiteId", ""), new("Note", "请尽快办理。"), new("Chosen", $"{first}:{await Version(first)}")]);
        Assert.Equal(422, (int)wrong.Status);
        Assert.NotNull(wrong.Document.QuerySelector(".govuk-error-summary a[href='#LeadSiteId']"));
        Assert.NotNull(wrong.Document.QuerySelector("#LeadSiteId.govuk-select--error"));
        Assert.Equal("请尽快办理。", wrong.Document.QuerySelector("#Note")!.TextContent.Trim());
        Assert.NotNull(wrong.Document.QuerySelector($"input[name=Chosen][value^='{first}'][checked]"));
        Assert.NotNull(wrong.Document.QuerySelector($"input[name=Chosen][value^='{second}']:not([checked])"));
        var none = await browser.PostRaw("/console/letters/dispatch", [new("_token", list.Token!), new("LeadSiteId", desk.UnitId.ToString())]);
        Assert.NotNull(none.Document.QuerySelector(".govuk-error-summary a[href='#Chosen']"));
        Assert.NotNull(none.Document.QuerySelector("#Chosen"));
        Assert.Equal(desk.UnitId.ToString(), none.Document.QuerySelector("#LeadSiteId option[selected]")!.GetAttribute("value"));
        var alone = await browser.Get("/console/letters/dispatch");
        Assert.Equal((302, "/console/letters?set=ToDispatch"), ((int)alone.Status, alone.Location));
    }

    private async Task Holds(Person person, string set, string[] within, string[] without)
    {
        var text = await Text(person, set);
        Assert.All(within, number => Assert.True(text.Contains(number, StringComparison.Ordinal), $"{set} of {person.UserName} lacks {number}"));
        Assert.All(without, number => Assert.False(text.Contains(number, StringComparison.Ordinal), $"{set} of {person.UserName} holds {number}"));
    }

    private async Task<string> Text(Person person, string set) => (await (await desk.As(person)).Get($"/console/letters?set={set}")).Text;

    private async Task<string> Number(Guid id) => (await desk.Find(id)).Number;

    private async Task<int> Version(Guid id) => (await desk.Find(id)).Version;

    private async Task<Answer> Dispatch(Person person, Guid unit, params string[] chosen)
    {
        var browser = await desk.As(person);
        var token = (await browser.Get("/console/account/password")).Token!;
        List<KeyValuePair<string, string>> form = [new("_token", token), new("LeadSiteId", unit.ToString()), new("Note", "")];
        form.AddRange(chosen.Select(value => KeyValuePair.Create("Chosen", value)));
        return await browser.PostRaw("/console/letters/dispatch", form);
    }
}
