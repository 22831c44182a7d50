using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Submissions;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>The public form: one letter a form, nothing lost, nothing refused for being too many, nothing kept in the open.</summary>
public sealed class SubmitLetterTests(Mailroom room) : IClassFixture<Mailroom>
{
    [Fact]
    public async Task The_mailboxes_say_whose_they_are_who_keeps_them_and_how_long_an_answer_takes()
    {
        await room.MailboxOf();
        var page = await room.Visitor(Mailroom.SiteKey).Get("/letters");
        Assert.Equal(200, (int)page.Status);
        Assert.Contains("市长信箱", page.Text, StringComparison.Ordinal);
        Assert.Contains("市政府办公室", page.Text, StringComparison.Ordinal);
        var suggestion = page.Document.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("建议", StringComparison.Ordinal));
        Assert.Equal(["7个工作日", "15个工作日"], suggestion.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task A_letter_gets_a_number_and_a_code_that_is_kept_nowhere()
    {
        var answer = await room.Submit(room.Visitor(Mailroom.SiteKey));
        Assert.Equal(200, (int)answer.Status);
        Assert.StartsWith("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        var (number, code) = Mailroom.Receipt(answer);
        Assert.True(LetterNumber.IsValid(number));
        var letter = await room.Find(number);
        Assert.Equal((LetterState.Submitted, LetterChannel.Online, null), (letter.State, letter.Channel, letter.Suspicion));
        Assert.Contains(letter.TextHash, answer.Text, StringComparison.Ordinal);
        Assert.Empty(await Holding(code, code.Replace("-", "", StringComparison.Ordinal)));
        // Opinion art. 4: seven working days from the Monday it came; the receipt says the day.
        Assert.Equal(letter.DueOn, room.Today.AddDays(9));
        Assert.Contains($"{letter.DueOn:yyyy年M月d日}", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_personal_lies_in_no_column_in_the_open()
    {
        var (number, _) = Mailroom.Receipt(await room.Submit(
            room.Visitor(Mailroom.SiteKey), ("Name", "闻人慕容"), ("Phone", "13912349876"), ("Title", "身份证" + Mailroom.IdNumber + "办理"),
            ("Text", "我家住云浦市虚拟路7788号，身份证号是" + Mailroom.IdNumber + "，请问怎样补办。")));
        Assert.Empty(await Holding("闻人慕容", "13912349876", Mailroom.IdNumber, "虚拟路7788号"));
        Assert.DoesNotContain(Mailroom.IdNumber, (await room.Find(number)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_makes_one_letter_and_both_answers_show_its_code()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var form = await room.OpenForm(browser, ("Title", "双击"));
        var both = await Task.WhenAll(browser.PostRaw("/letters/new", form), browser.PostRaw("/letters/new", form));
        Assert.Equal(Mailroom.Receipt(both[0]), Mailroom.Receipt(both[1]));
        Assert.Equal(Mailroom.Receipt(both[0]), Mailroom.Receipt(await browser.PostRaw("/letters/new", form)));
        Assert.Equal(1, await room.Read(db => db.Letters.CountAsync(row => row.Subject == "双击")));
    }

    [Theory]
    [InlineData("Mailbox", "nobody")]
    [InlineData("Mailbox", "")]
    [InlineData("Kind", "")]
    [InlineData("Kind", "7")]
    [InlineData("Name", "")]
    [InlineData("Phone", "12ab")]
    [InlineData("Title", "\u0007\u202e")]
    [InlineData("Text", "短")]
    public async Task What_is_wrong_is_said_at_the_field_and_everything_typed_is_kept(string field, string value)
    {
        var answer = await room.Submit(room.Visitor(Mailroom.SiteKey), (field, value), (field == "Name" ? "Title" : "Name", "保留我"));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary a[href^='#" + field + "']"));
        Assert.Equal("保留我", answer.Document.QuerySelector(field == "Name" ? "#Title" : "#Name")!.GetAttribute("value"));
        Assert.NotNull(answer.Document.QuerySelector("input[name=MayPublish][checked]"));
    }

    [Fact]
    public async Task A_line_of_five_thousand_characters_is_refused_in_words_and_kept()
    {
        var answer = await room.Submit(room.Visitor(Mailroom.SiteKey), ("Text", new string('长', 5000)));
        Assert.Equal(422, (int)answer.Status);
        Assert.Contains("10到2000个字", answer.Text, StringComparison.Ordinal);
        Assert.Equal(5000, answer.Document.QuerySelector("#Text")!.TextContent.Length);
    }

    [Fact]
    public async Task An_expired_form_keeps_what_was_written_and_can_be_sent_again()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var form = await room.OpenForm(browser, ("Title", "过期"));
        form["FormToken"] = form["FormToken"][..^4] + "AAAA";
        var answer = await browser.PostRaw("/letters/new", form);
        Assert.Equal(422, (int)answer.Status);
        Assert.Equal("过期", answer.Document.QuerySelector("#Title")!.GetAttribute("value"));
        form["FormToken"] = answer.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (int)(await browser.PostRaw("/letters/new", form)).Status);
    }

    [Theory]
    [InlineData(false, "FormToken")]
    [InlineData(true, "FormToken")]
    [InlineData(false, "formtoken")]
    public async Task A_form_whose_cookie_is_gone_takes_nothing_and_comes_back_with_what_was_written(bool withoutToken, string field)
    {
        var title = "没有Cookie" + withoutToken + field;
        var form = await room.OpenForm(room.Visitor(Mailroom.SiteKey), ("Title", title));
        if (withoutToken)
        {
            form.Remove("_token");
        }

        form.Remove("FormToken", out var token);
        form[field] = token!;
        var browser = room.Visitor(Mailroom.SiteKey);
        var answer = await browser.PostRaw("/letters/new", form);
        Assert.Equal(422, (int)answer.Status);
        Assert.StartsWith("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("您填写的内容还在", Assert.Single(answer.Errors), StringComparison.Ordinal);
        Assert.Equal(title, answer.Document.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.Equal(form["Text"], answer.Document.QuerySelector("#Text")!.TextContent);
        Assert.False(await room.Read(db => db.Letters.AnyAsync(row => row.Subject == title)));

        room.Clock.Advance(TimeSpan.FromSeconds(5));
        form["_token"] = answer.Token!;
        form["FormToken"] = answer.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        Assert.NotEqual(token, form["FormToken"]);
        form.Remove("formtoken");
        Mailroom.Receipt(await browser.PostRaw("/letters/new", form));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task Nothing_comes_back_of_a_letter_sent_from_another_site(string header, string value)
    {
        var form = await room.OpenForm(room.Visitor(Mailroom.SiteKey), ("Title", "别处的来信"));
        var answer = await room.Visitor(Mailroom.SiteKey).Send(HttpMethod.Post, "/letters/new", new FormUrlEncodedContent(form), (header, value));
        Assert.Equal(400, (int)answer.Status);
        Assert.DoesNotContain("别处的来信", answer.Text, StringComparison.Ordinal);
        Assert.Contains("允许本网站使用Cookie", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("large", "/~large/letters/new", "p-large")]
    [InlineData("contrast", "/~contrast/letters/new", "p-contrast")]
    public async Task The_other_reading_modes_take_along_what_was_written_and_send_nothing(string mode, string path, string style)
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var form = await room.OpenForm(browser, ("Title", "换版面" + mode), ("Phone", "12ab"));
        var button = (await browser.Get("/letters/new")).Document.QuerySelector($"form button[data-mode={mode}]")!;
        Assert.Equal(path, button.GetAttribute("formaction"));
        form[button.GetAttribute("name")!] = button.GetAttribute("value")!;
        var answer = await browser.PostRaw(path, form);
        Assert.Equal(200, (int)answer.Status);
        Assert.Empty(answer.Errors);
        Assert.Equal(style, answer.Document.DocumentElement.ClassName);
        Assert.Equal("换版面" + mode, answer.Document.QuerySelector("#Title")!.GetAttribute("value"));

        form["Phone"] = "13800004321";
        Assert.Equal(200, (int)(await browser.PostRaw(path, form)).Status);
        Assert.False(await room.Read(db => db.Letters.AnyAsync(row => row.Subject == "换版面" + mode)));
        form.Remove("Show");
        form["FormToken"] = answer.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        Mailroom.Receipt(await browser.PostRaw(path, form));
    }

    [Fact]
    public async Task Enter_sends_the_letter_and_switches_no_mode()
    {
        await room.MailboxOf();
        var page = await room.Visitor(Mailroom.SiteKey).Get("/letters/new");
        Assert.False(page.Document.QuerySelector("form[data-guard] button")!.HasAttribute("formaction"));
    }

    [Fact]
    public async Task What_a_machine_would_do_marks_the_letter_and_refuses_nothing()
    {
        var number = Mailroom.Receipt(await room.Submit(room.Visitor(Mailroom.SiteKey), ("Website", "http://spam.invalid"))).Number;
        Assert.Equal("honeypot", (await room.Find(number)).Suspicion);
    }

    [Fact]
    public async Task The_same_letter_again_and_again_is_taken_and_marked()
    {
        List<string?> marks = [];
        for (var i = 0; i < 4; i++)
        {
            var number = Mailroom.Receipt(await room.Submit(room.Visitor(Mailroom.SiteKey), ("Text", "每次都一样的一封来信，内容一字不差。"))).Number;
            marks.Add((await room.Find(number)).Suspicion);
        }

        Assert.Equal([null, null, "repeated", "repeated"], marks);
    }

    [Fact]
    public async Task A_lying_file_is_refused_in_words_and_a_true_one_is_sealed()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var lying = await Mailroom.SendFile(browser, await room.OpenForm(browser), "photo.jpg", Encoding.UTF8.GetBytes("MZ not a picture"));
        Assert.Equal(422, (int)lying.Status);
        Assert.NotNull(lying.Document.QuerySelector(".govuk-error-summary a[href='#Files']"));
        Assert.Contains("不是JPG、PNG图片或者PDF文件", lying.Text, StringComparison.Ordinal);
        var empty = await Mailroom.SendFile(browser, await room.OpenForm(browser), "证明.pdf", []);
        Assert.Contains("附件“证明.pdf”是空文件", empty.Text, StringComparison.Ordinal);
        var broken = await Mailroom.SendFile(browser, await room.OpenForm(browser), "门口.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3]);
        Assert.Contains("附件“门口.png”：图片已损坏，无法读取。请用图片软件重新保存后上传。", broken.Text, StringComparison.Ordinal);
        var large = await Mailroom.SendFile(browser, await room.OpenForm(browser), "全景.png", new byte[SentFile.Largest + 1]);
        Assert.Contains("附件“全景.png”太大，每个附件不能超过5 MB。", large.Text, StringComparison.Ordinal);

        var pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");
        var taken = await Mailroom.SendFile(browser, await room.OpenForm(browser), "证明.pdf", pdf);
        var (number, code) = Mailroom.Receipt(taken);
        Assert.Contains("证明.pdf", taken.Text, StringComparison.Ordinal);
        Assert.Contains("证明.pdf", (await Mailroom.Follow(browser, number, code)).Text, StringComparison.Ordinal);
        var letter = await room.Find(number);
        var paper = await room.Read(db => db.LetterPapers.AsNoTracking().SingleAsync(row => row.LetterId == letter.Id && row.Kind == LetterPaperKind.Attachment));
        Assert.NotNull(paper.BlobHash);
        Assert.Empty(await Holding("证明.pdf"));
    }

    [Fact]
    public async Task A_file_that_has_to_be_chosen_again_is_named()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var again = await Mailroom.SendFile(browser, await room.OpenForm(browser, ("Title", "")), "证明.pdf", Encoding.ASCII.GetBytes("%PDF-1.4"));
        Assert.Equal(422, (int)again.Status);
        Assert.Contains("请重新选择：证明.pdf", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_goes_back_and_changes_the_words_is_told_that_the_letter_went_without_them()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var form = await room.OpenForm(browser, ("Title", "第一次的标题"));
        var (number, _) = Mailroom.Receipt(await browser.PostRaw("/letters/new", form));

        var changed = await browser.PostRaw("/letters/new", new Dictionary<string, string>(form) { ["Title"] = "改过的标题" });

        Assert.Equal(422, (int)changed.Status);
        Assert.Contains(number, changed.Document.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("改过的标题", changed.Document.QuerySelector("#Title")!.GetAttribute("value"));
        var token = changed.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        var other = await browser.PostRaw("/letters/new", new Dictionary<string, string>(form) { ["Title"] = "改过的标题", ["FormToken"] = token });
        Assert.NotEqual(number, Mailroom.Receipt(other).Number);
    }

    [Fact]
    public async Task A_long_text_is_refused_whole_and_the_browser_is_not_told_to_cut_it()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var longer = await room.Submit(browser, ("Text", new string('长', 5000)));
        Assert.Equal(422, (int)longer.Status);
        var field = longer.Document.QuerySelector("#Text")!;
        Assert.Equal(5000, field.TextContent.Trim().Length);
        Assert.False(field.HasAttribute("maxlength"));
    }

    private Task<List<string>> Holding(params string[] secrets) => Dump.TablesHolding(room.OwnerConnection, secrets);
}

/// <summary>More letters from one network than it may send in an hour: a turn, never a refusal.</summary>
public sealed class LetterTurnTests(Mailroom room) : IClassFixture<Mailroom>
{
    [Fact]
    public async Task Who_comes_when_it_is_full_gets_a_turn_and_loses_nothing()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        Dictionary<string, string> form = [];
        Answer answer = null!;
        var most = new LetterSettings().PerNetworkAndHour;
        for (var i = 0; i <= most; i++)
        {
            form = await room.OpenForm(browser, ("Title", "第" + (i + 1).ToString(CultureInfo.InvariantCulture) + "封"));
            answer = await browser.PostRaw("/letters/new", form);
            Assert.Equal(i < most ? 200 : 429, (int)answer.Status);
        }

        Assert.NotNull(answer.Header("Retry-After"));
        Assert.Equal($"第{most + 1}封", answer.Document.QuerySelector("#Title")!.GetAttribute("value"));
        form["Turn"] = answer.Document.QuerySelector("input[name=Turn]")!.GetAttribute("value")!;

        // Too early: the same turn, no later.
        var early = await browser.PostRaw("/letters/new", form);
        Assert.Equal(429, (int)early.Status);
        Assert.Equal(form["Turn"], early.Document.QuerySelector("input[name=Turn]")!.GetAttribute("value"));

        // A turn is good for its own form only.
        var other = await room.OpenForm(browser, ("Title", "借来的轮次"));
        other["Turn"] = form["Turn"];
        var lent = await browser.PostRaw("/letters/new", other);
        Assert.Equal(429, (int)lent.Status);

        // A device that answers the puzzle of its turn need not wait; an answer to another's turn is none.
        Assert.Null(lent.Document.QuerySelector("main form button[disabled]"));
        Assert.Equal("polite", lent.Document.QuerySelector("[data-puzzle]")!.GetAttribute("aria-live"));
        Assert.NotNull(lent.Document.QuerySelector("script[type=module]"));
        other["Turn"] = lent.Document.QuerySelector("input[name=Turn]")!.GetAttribute("value")!;
        other["TurnAnswer"] = LetterPuzzleTests.Solve(form["Turn"]);
        Assert.Equal(429, (int)(await browser.PostRaw("/letters/new", other)).Status);
        other["TurnAnswer"] = LetterPuzzleTests.Solve(other["Turn"]);
        var solved = await browser.PostRaw("/letters/new", other);
        Assert.Equal(200, (int)solved.Status);
        Assert.Equal("network", (await room.Find(Mailroom.Receipt(solved).Number)).Suspicion);
        // Sent again it is the same letter: one answer, one letter.
        Assert.Equal(Mailroom.Receipt(solved), Mailroom.Receipt(await browser.PostRaw("/letters/new", other)));

        room.Clock.Advance(TimeSpan.FromSeconds(int.Parse(early.Header("Retry-After")!, CultureInfo.InvariantCulture)));
        var taken = await browser.PostRaw("/letters/new", form);
        Assert.Equal(200, (int)taken.Status);
        Assert.True((await room.Find(Mailroom.Receipt(taken).Number)).Suspicion is null or "network");
    }
}
