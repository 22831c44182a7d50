using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>What staff see of a writer: masked, looked at on the record, never more than their part needs.</summary>
public sealed class ReadLetterTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    private const string IdNumber = "990102199001011237";
    private const string Door = "3幢2单元501室";

    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Name_and_numbers_are_masked_for_all_and_a_helping_unit_learns_nothing_of_the_writer()
    {
        var id = await Planted();
        foreach (var person in new[] { await desk.Officer(), await desk.Handler(), await desk.Head() })
        {
            var page = await (await desk.As(person)).Get($"/console/letters/{id}");
            Assert.Equal(200, (int)page.Status);
            Assert.Contains("欧阳**", page.Text, StringComparison.Ordinal);
            Assert.Contains("虚拟路12号***门前的路灯坏了", page.Text, StringComparison.Ordinal);
            HoldsNobody(page);
            HoldsNobody(await (await desk.As(person)).Get("/console/letters?set=All"));
            HoldsNobody(await (await desk.As(person)).Get("/console"));
        }

        var helper = await (await desk.As(await desk.Helper())).Get($"/console/letters/{id}");
        Assert.Contains("路灯坏了", helper.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("9876", helper.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("来信人</dt>", helper.Text, StringComparison.Ordinal);
        HoldsNobody(helper);
        Assert.Null(helper.Document.QuerySelector("form[action$='/writer']"));
    }

    [Fact]
    public async Task Each_look_in_full_has_a_reason_and_leaves_a_step_and_a_decision()
    {
        var id = await Planted();
        var handler = await desk.Handler();
        var version = (await desk.Find(id)).Version;
        Assert.Equal(422, (int)(await Reveal(handler, id, " ")).Status);
        Assert.Equal(403, (int)(await Reveal(await desk.Helper(), id, "好奇")).Status);
        Assert.Equal(404, (int)(await Reveal(await desk.Outsider(), id, "好奇")).Status);
        Assert.Equal(0, await Looks(id));

        var shown = await Reveal(handler, id, "电话核实路段");
        Assert.Contains(LetterDesk.Writer, shown.Text, StringComparison.Ordinal);
        Assert.Contains(LetterDesk.Phone, shown.Text, StringComparison.Ordinal);
        Assert.Contains(IdNumber, shown.Text, StringComparison.Ordinal);
        Assert.Contains(Door, shown.Text, StringComparison.Ordinal);
        Assert.StartsWith("no-store", shown.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(200, (int)(await Reveal(await desk.Officer(), id, "核对")).Status);
        Assert.Equal(2, await Looks(id));
        // A look changes nothing: forms that are open elsewhere stay good.
        Assert.Equal(version, (await desk.Find(id)).Version);

        var told = await desk.Read(db => db.Database.SqlQuery<string>(
            $"select payload::text as \"Value\" from interaction.outbox where payload::text like '%letter.revealed%'").ToListAsync());
        Assert.Equal(2, told.Count(fact => fact.Contains(id.ToString(), StringComparison.Ordinal)));
        Assert.DoesNotContain(told, fact => fact.Contains("电话核实路段", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_words_of_a_helping_unit_and_of_the_writer_are_shown_where_they_belong()
    {
        var id = await Planted();
        await desk.Taken(await desk.Helper(), id, LetterTrigger.GiveOpinion, ("Text", "会办意见：电源由我局检修。"));
        await desk.Taken(await desk.Handler(), id, LetterTrigger.TakeOn);
        await desk.Taken(await desk.Handler(), id, LetterTrigger.AskSupplement, ("Text", "请说明是哪一段路。"));
        await desk.Taken(await desk.Handler(), id, LetterTrigger.Supplement, ("Text", $"{LetterDesk.Writer}来电：虚拟路东段，电话{LetterDesk.Phone}。"));
        var page = await (await desk.As(await desk.Handler())).Get($"/console/letters/{id}");
        Assert.Contains("电源由我局检修", page.Text, StringComparison.Ordinal);
        Assert.Contains("虚拟路东段", page.Text, StringComparison.Ordinal);
        HoldsNobody(page);
    }

    [Fact]
    public async Task A_file_of_the_writer_is_opened_on_the_record_by_those_who_know_the_writer()
    {
        var officer = await desk.As(await desk.Officer());
        var page = await officer.Get("/console/letters/new");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new (string, string)[]
        {
            ("_token", page.Token!), ("FormToken", page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!),
            ("Channel", "Paper"), ("Day", "2026-11-23"), ("Mailbox", LetterDesk.MailboxKey), ("Kind", "Complaint"),
            ("Name", LetterDesk.Writer), ("Title", "附照片的来信"), ("Text", "路面塌陷，见所附照片，请尽快处理。"),
        })
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(Picture), "Files", LetterDesk.Writer + ".png");
        Assert.Equal(200, (int)(await officer.SendContent("/console/letters/new", form)).Status);
        var id = await desk.Read(db => db.Letters.Where(row => row.Subject == "附照片的来信").Select(row => row.Id).SingleAsync());
        await desk.Take(id, LetterTrigger.Accept);
        await desk.Take(id, LetterTrigger.Dispatch);

        var letter = await (await desk.As(await desk.Handler())).Get($"/console/letters/{id}");
        HoldsNobody(letter);
        var file = letter.Document.QuerySelector("input[name=FileId]")!.GetAttribute("value")!;
        Assert.Null((await (await desk.As(await desk.Helper())).Get($"/console/letters/{id}")).Document.QuerySelector("input[name=FileId]"));
        Assert.Equal(403, (int)(await Open(await desk.Helper(), id, file)).Status);
        Assert.Equal(404, (int)(await Open(await desk.Handler(), await Planted(), file)).Status);
        Assert.Equal(0, await Looks(id));
        var opened = await Open(await desk.Handler(), id, file);
        Assert.Equal((200, "application/octet-stream"), ((int)opened.Status, opened.ContentHeaders.ContentType!.MediaType));
        Assert.NotEmpty(opened.Bytes);
        Assert.Equal(1, await Looks(id));
    }

    private async Task<Answer> Open(Person person, Guid id, string file) => await (await desk.As(person)).Post(
        $"/console/letters/{id}/files", new() { ["FileId"] = file }, "/console/account/password");

    private async Task<Guid> Planted()
    {
        var letter = await desk.Registered(LetterDesk.Fields(title: "路灯" + IdNumber) with
        {
            Text = $"我叫{LetterDesk.Writer}，证件{IdNumber}，虚拟路12号{Door}门前的路灯坏了，请联系{LetterDesk.Phone}。{Guid.CreateVersion7():N}",
        });
        await desk.Taken(await desk.Officer(), letter.Id, LetterTrigger.Accept, ("Note", $"已致电{LetterDesk.Phone}"));
        await desk.Taken(await desk.Officer(), letter.Id, LetterTrigger.Dispatch);
        return letter.Id;
    }

    private static void HoldsNobody(Answer page) =>
        Assert.All(
            (string[])[LetterDesk.Writer, LetterDesk.Phone, IdNumber, Door],
            secret => Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal));

    private async Task<Answer> Reveal(Person person, Guid id, string reason) => await (await desk.As(person)).Post(
        $"/console/letters/{id}/writer", new() { ["RevealReason"] = reason }, "/console/account/password");

    private Task<int> Looks(Guid id) => desk.Read(db =>
        db.LetterEvents.CountAsync(row => row.LetterId == id && row.Trigger == LetterTrigger.Reveal));
}
