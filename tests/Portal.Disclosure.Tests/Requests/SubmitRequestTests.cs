using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Requests;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>The public form: one case a form, nothing lost, nothing kept in the open.</summary>
public sealed class SubmitRequestTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    [Fact]
    public async Task A_request_gets_a_number_and_a_code_that_is_kept_nowhere()
    {
        var answer = await desk.Submit(desk.Visitor(RequestDesk.SiteKey));
        Assert.Equal(200, (int)answer.Status);
        Assert.StartsWith("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        var (number, code) = RequestDesk.Receipt(answer);
        Assert.True(RequestNumber.IsValid(number));
        var request = await desk.Read(db => db.Requests.AsNoTracking().SingleAsync(row => row.SiteId == desk.Site(RequestDesk.SiteKey).Id && row.Number == number));
        Assert.Equal((RequestState.Unconfirmed, ReceiptChannel.Online), (request.State, request.Channel));
        Assert.Null(request.ReceivedOn);
        Assert.Contains(request.TextHash, answer.Text, StringComparison.Ordinal);
        Assert.Empty(await Holding(code, code.Replace("-", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_double_click_makes_one_case_and_both_answers_show_its_code()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var form = await desk.OpenForm(browser, ("Title", "双击"));
        var both = await Task.WhenAll(
            browser.PostRaw("/disclosure/requests/new", form), browser.PostRaw("/disclosure/requests/new", form));
        Assert.Equal(RequestDesk.Receipt(both[0]), RequestDesk.Receipt(both[1]));
        Assert.Equal(RequestDesk.Receipt(both[0]), RequestDesk.Receipt(await browser.PostRaw("/disclosure/requests/new", form)));
        Assert.Equal(1, await desk.Read(db => db.Requests.CountAsync(row => row.Title == "双击")));
    }

    [Fact]
    public async Task Numbers_have_no_gap_whoever_comes_at_once()
    {
        var first = RequestDesk.Receipt(await desk.Submit(desk.Visitor("lanqiao"))).Number;
        var forms = new List<(Browser Browser, Dictionary<string, string> Form)>();
        foreach (var number in Enumerable.Range(0, 6))
        {
            var browser = desk.Visitor("lanqiao");
            forms.Add((browser, await desk.OpenForm(browser, ("Description", "请提供第" + number + "号资料。"))));
        }

        var answers = await Task.WhenAll(forms.Select(one => one.Browser.PostRaw("/disclosure/requests/new", one.Form)));
        var serials = answers.Select(answer => int.Parse(RequestDesk.Receipt(answer).Number[8..14], null)).Order().ToList();
        Assert.Equal(Enumerable.Range(int.Parse(first[8..14], null) + 1, 6), serials);
    }

    [Theory]
    [InlineData("ApplicantKind", "")]
    [InlineData("ApplicantKind", "Alien")]
    [InlineData("Name", "一")]
    [InlineData("DocumentNumber", "990102199001011238")]
    [InlineData("Phone", "12ab")]
    [InlineData("Phone", "")]
    [InlineData("Email", "nobody@")]
    [InlineData("Address", "")]
    [InlineData("PostCode", "12345")]
    [InlineData("Title", "\u0007\u202e")]
    [InlineData("Description", "短")]
    [InlineData("Delivery", "Email")]
    [InlineData("Document", "CreditCode")]
    [InlineData("ApplicantKind", "Business")]
    public async Task What_is_wrong_is_said_at_the_field_and_everything_typed_is_kept(string field, string value)
    {
        var answer = await desk.Submit(desk.Visitor(RequestDesk.SiteKey), (field, value), ("Reference", "云政发〔2026〕7号"));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary a[href^='#']"));
        Assert.Equal("云政发〔2026〕7号", answer.Document.QuerySelector("#Reference")!.GetAttribute("value"));
        Assert.Contains("2026年6月的床位数", field == "Description" ? "2026年6月的床位数" : answer.Document.QuerySelector("#Description")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_is_counted_as_readers_count_and_odd_characters_do_no_harm()
    {
        var fits = await desk.Submit(desk.Visitor(RequestDesk.SiteKey), ("Title", string.Concat(Enumerable.Repeat("𠮷", 200))), ("Description", "𠮷野家\u0001\u202e的资料\r\n第二行"));
        Assert.Equal(200, (int)fits.Status);
        var (number, _) = RequestDesk.Receipt(fits);
        Assert.Equal(400, (await desk.Read(db => db.Requests.AsNoTracking().SingleAsync(row => row.SiteId == desk.Site(RequestDesk.SiteKey).Id && row.Number == number))).Title.Length);
        Assert.Equal(422, (int)(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), ("Title", new string('长', 201)))).Status);
        Assert.Equal(422, (int)(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), ("Description", new string('长', 2001)))).Status);
        Assert.Equal(400, (int)(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), ("Title", "零\0"))).Status);
        Assert.Equal(422, (int)(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), ("DocumentNumber", "9901\uFFFE02"))).Status);
    }

    [Fact]
    public async Task A_machine_is_asked_to_send_again_and_loses_nothing()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var filled = await desk.Submit(browser, ("Website", "http://spam.example"), ("Title", "机器填的"));
        Assert.Equal(422, (int)filled.Status);
        Assert.Equal("机器填的", filled.Document.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.Equal("", filled.Document.QuerySelector("#Website")!.GetAttribute("value") ?? "");

        var page = await browser.Get("/disclosure/requests/new");
        var form = RequestDesk.Form(("Title", "太快了"));
        form["_token"] = page.Token!;
        form["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        Assert.Equal(422, (int)(await browser.PostRaw("/disclosure/requests/new", form)).Status);
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (int)(await browser.PostRaw("/disclosure/requests/new", form)).Status);
    }

    [Fact]
    public async Task The_same_content_over_and_over_is_slowed_and_kept_on_the_page()
    {
        (string, string)[] same = [("Title", "反复提交的"), ("Description", "完全相同的内容描述。")];
        Assert.Equal(200, (int)(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), same)).Status);
        Assert.Equal(200, (int)(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), same)).Status);
        var third = await desk.Submit(desk.Visitor(RequestDesk.SiteKey), same);
        Assert.Equal(429, (int)third.Status);
        Assert.NotNull(third.Header("Retry-After"));
        Assert.Equal("反复提交的", third.Document.QuerySelector("#Title")!.GetAttribute("value"));
        desk.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(200, (int)(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), same)).Status);
    }

    [Fact]
    public async Task A_form_token_that_is_old_or_forged_is_answered_with_a_fresh_form()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var form = await desk.OpenForm(browser, ("Title", "放了一天"));
        desk.Clock.Advance(TimeSpan.FromHours(25));
        var old = await browser.PostRaw("/disclosure/requests/new", form);
        Assert.Equal(422, (int)old.Status);
        form["FormToken"] = old.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (int)(await browser.PostRaw("/disclosure/requests/new", form)).Status);
        form["FormToken"] = form["FormToken"][..^3] + "AAA";
        Assert.Equal(422, (int)(await browser.PostRaw("/disclosure/requests/new", form)).Status);
    }

    [Fact]
    public async Task A_file_is_inspected_sealed_and_never_public()
    {
        var answer = await Attach(desk.Visitor(RequestDesk.SiteKey), "证件.pdf", "%PDF-1.7\n1 0 obj\nMARKER-OF-THE-FILE\nendobj\n%%EOF\n"u8.ToArray());
        Assert.Equal(200, (int)answer.Status);
        var (number, _) = RequestDesk.Receipt(answer);
        var paper = await desk.Read(async db =>
        {
            var request = await db.Requests.AsNoTracking().SingleAsync(row => row.SiteId == desk.Site(RequestDesk.SiteKey).Id && row.Number == number);
            return await db.Papers.AsNoTracking().SingleAsync(row => row.RequestId == request.Id && row.Kind == PaperKind.Attachment);
        });
        Assert.NotNull(paper.BlobHash);
        Assert.DoesNotContain(
            System.IO.Directory.EnumerateFiles(desk.DataFolder, "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("MARKER-OF-THE-FILE", StringComparison.Ordinal));
        Assert.Equal(404, (int)(await desk.Visitor(RequestDesk.SiteKey).Get($"/media/{paper.Id}/file.pdf")).Status);

        var disguised = await Attach(desk.Visitor(RequestDesk.SiteKey), "证件.png", "<html><script>alert(1)</script>"u8.ToArray());
        Assert.Equal(422, (int)disguised.Status);
    }

    [Fact]
    public async Task Files_too_large_are_said_at_their_field_and_everything_typed_is_kept()
    {
        var six = new byte[6 * 1024 * 1024];
        var answer = await Attach(desk.Visitor(RequestDesk.SiteKey), ("一.jpg", six), ("二.jpg", six), ("三.jpg", six));
        Assert.Equal(422, (int)answer.Status);
        Assert.Contains("文件“一.jpg”太大，每个文件不超过5MB", answer.Document.QuerySelector(".govuk-error-summary a[href='#Files']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("闻晓峰", answer.Document.QuerySelector("#Name")!.GetAttribute("value"));

        // Beyond what anything may be, a page says so instead of a broken form.
        var huge = await Attach(desk.Visitor(RequestDesk.SiteKey), ("大.jpg", new byte[49 * 1024 * 1024]));
        Assert.Equal(413, (int)huge.Status);
        Assert.Contains("超出大小限制", huge.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_form_does_not_take_is_named_in_fitting_words_and_costs_no_try()
    {
        var description = "请提供资料" + Guid.CreateVersion7();
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8];
        foreach (var (name, bytes, words) in new[]
        {
            ("IMG_0001.heic", heic, "“IMG_0001.heic”是手机拍摄的HEIC照片"), ("说明.txt", "正文"u8.ToArray(), "“说明.txt”不是JPG、PNG图片，也不是PDF文件"),
            ("表.docx", "PK\u0003\u0004"u8.ToArray(), "不是JPG、PNG图片，也不是PDF文件"),
        })
        {
            var refused = await Attach(desk.Visitor(RequestDesk.SiteKey), description, (name, bytes));
            Assert.Equal(422, (int)refused.Status);
            Assert.Contains(words, refused.Document.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        }

        // Nothing has been sent so far: the same content is no repetition.
        var taken = await Attach(desk.Visitor(RequestDesk.SiteKey), description, ("证件.pdf", "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray()));
        Assert.Equal(200, (int)taken.Status);
    }

    private Task<Answer> Attach(Browser browser, params (string Name, byte[] Bytes)[] files) =>
        Attach(browser, "请提供资料" + Guid.CreateVersion7(), files);

    private Task<Answer> Attach(Browser browser, string name, byte[] bytes) => Attach(browser, (name, bytes));

    private async Task<Answer> Attach(Browser browser, string description, params (string Name, byte[] Bytes)[] files)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (key, value) in await desk.OpenForm(browser, ("Description", description)))
        {
            content.Add(new StringContent(value), key);
        }

        foreach (var (name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), "Files", name);
        }

        return await browser.SendContent("/disclosure/requests/new", content);
    }

    private Task<List<string>> Holding(params string[] secrets) => Dump.TablesHolding(desk.OwnerConnection, secrets);
}
