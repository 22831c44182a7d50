using System.Text.Json;
using Portal.Audit.Trail.SignCheckpoint;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>A signed receipt is worth what trail and checkpoint say, and everything else is told apart in words.</summary>
public sealed class CheckReceiptTests(Mailroom room) : IClassFixture<Mailroom>
{
    private const string Title = "建议增设公交站";
    private const string Words = "云浦市虚拟路北段没有公交站，老人出行不便，\n\n建议增设一站。";

    [Fact]
    public async Task A_receipt_is_signed_then_sealed_then_proved()
    {
        var (visitor, receipt, hash, _) = await Sent();

        var early = await Check(visitor, receipt);
        Assert.Equal("签名有效，办理记录正在写入", Heading(early));

        await room.DrainOutbox();
        var waiting = await Check(visitor, receipt);
        Assert.Equal("签名有效，来信已经记入办理记录", Heading(waiting));
        Assert.Matches("预计20[0-9-]+ [0-9:]+以前完成", waiting.Text);

        await Sign();
        var proved = await Check(visitor, receipt);
        Assert.Equal(200, (int)proved.Status);
        Assert.StartsWith("no-store", proved.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("签名有效，来信已经记入办理记录，证明成立", Heading(proved));
        Assert.NotNull(proved.Document.QuerySelector($"a[href='/letters/receipt/{hash}.json']"));

        var json = JsonDocument.Parse((await visitor.Get($"/letters/receipt/{hash}.json")).Text).RootElement;
        Assert.Equal(hash, json.GetProperty("contentHash").GetString());
        Assert.True(json.GetProperty("entryHolds").GetBoolean());
        Assert.True(json.GetProperty("inclusion").GetProperty("holds").GetBoolean());
        Assert.StartsWith("portal-trail/", json.GetProperty("inclusion").GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_is_compared_and_never_shown_to_be_another()
    {
        var (visitor, receipt, _, code) = await Sent();
        Assert.Contains("内容与提交时一致", (await Check(visitor, receipt, ("Title", Title), ("Text", Words), ("Code", code.ToLowerInvariant()))).Text, StringComparison.Ordinal);
        Assert.Contains("内容与提交时不一致", (await Check(visitor, receipt, ("Title", Title), ("Text", Words + "！"), ("Code", code))).Text, StringComparison.Ordinal);

        var half = await Check(visitor, receipt, ("Title", Title));
        Assert.Equal(422, (int)half.Status);
        Assert.Equal(["#Text", "#Code"], half.Document.QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href")));
        Assert.Equal(Title, half.Document.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.Equal(receipt.Trim(), half.Document.QuerySelector("#Receipt")!.TextContent.Trim());
    }

    [Fact]
    public async Task Blanks_that_copying_adds_change_nothing()
    {
        var (visitor, receipt, _, _) = await Sent();
        var copied = "\uFEFF  " + receipt.Replace("\n", " \r\n\r\n  ", StringComparison.Ordinal);
        Assert.StartsWith("签名有效", Heading(await Check(visitor, copied)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_good_receipt_is_told_apart()
    {
        var (visitor, receipt, hash, _) = await Sent();
        var lines = receipt.Trim().Split('\n');
        var others = lines[0][..^2] + (lines[0][^1] == '0' ? "11" : "00");
        (string Given, string Heading)[] cases =
        [
            (receipt.Replace(hash[..8], "00000000", StringComparison.Ordinal), "签名无效，回执被改动过"),
            (receipt.Replace("number LX", "number LY", StringComparison.Ordinal), "签名无效，回执被改动过"),
            (receipt.Trim()[..^20], "签名无效，回执被改动过"),
            (string.Join('\n', lines[..^1]), "回执不完整"),
            (string.Join('\n', lines[1..]), "回执不完整"),
            (receipt.Replace(lines[0], others, StringComparison.Ordinal), "不是本平台签发的回执"),
            ("我的来信编号是 YL2026-0000001-1", "这不是来信回执"),
        ];
        foreach (var (given, heading) in cases)
        {
            var answer = await Check(visitor, given);
            Assert.Equal(heading, Heading(answer));
            // What is not signed by us is never repeated as if it were a fact.
            Assert.Null(answer.Document.QuerySelector("#result ~ .p-metadata"));
        }
    }

    [Fact]
    public async Task A_signed_receipt_that_the_trail_does_not_know_is_said_to_be_missing()
    {
        var (visitor, receipt, _, _) = await Sent();
        room.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("签名有效，办理记录中没有查到", Heading(await Check(visitor, receipt)));
    }

    [Fact]
    public async Task The_receipt_comes_as_a_file_and_can_be_sent_in_as_one()
    {
        var (visitor, receipt, _, _) = await Sent();
        var file = await visitor.Post("/letters/receipt/file", new() { ["Receipt"] = receipt }, from: "/letters/receipt");
        Assert.Equal(200, (int)file.Status);
        Assert.Equal(receipt.Trim(), file.Text.Trim());
        Assert.Matches(@"attachment; filename=LX\d{4}-\d{7}-\d\.txt", file.ContentHeaders.ContentDisposition!.ToString());
        Assert.Equal(422, (int)(await visitor.Post("/letters/receipt/file", new() { ["Receipt"] = "<script>" }, from: "/letters/receipt")).Status);

        var page = await visitor.Get("/letters/receipt");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.Token!), "_token" },
            { new StringContent(""), "Receipt" },
            { new ByteArrayContent(file.Bytes), "File", "receipt.txt" },
        };
        Assert.StartsWith("签名有效", Heading(await visitor.SendContent("/letters/receipt", content)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("long")]
    public async Task Nothing_and_too_much_are_refused_at_the_field(string given)
    {
        var answer = await Check(room.Visitor(Mailroom.SiteKey), given.Length == 0 ? " " : new string('x', 5000));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary a[href='#Receipt']"));
        Assert.StartsWith("错误", answer.Document.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_writer_finds_the_receipt_again_with_number_and_code()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var (number, code) = Mailroom.Receipt(await room.Submit(browser));
        var followed = await Mailroom.Follow(browser, number, code);
        var receipt = followed.Document.QuerySelector("#SignedReceipt")!.TextContent;
        Assert.Contains("number " + number, receipt, StringComparison.Ordinal);
        Assert.DoesNotContain(code, receipt, StringComparison.Ordinal);
        Assert.StartsWith("签名有效", Heading(await Check(browser, receipt)), StringComparison.Ordinal);
        Assert.NotNull((await browser.Get("/letters/follow")).Document.QuerySelector("a[href='/letters/receipt']"));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("YL2026-0000001-1")]
    public async Task A_proof_of_nothing_is_not_found(string hash) =>
        Assert.Equal(404, (int)(await room.Visitor(Mailroom.SiteKey).Get($"/letters/receipt/{hash}.json")).Status);

    private async Task<(Browser Visitor, string Receipt, string Hash, string Code)> Sent()
    {
        var visitor = room.Visitor(Mailroom.SiteKey);
        var answer = await room.Submit(visitor, ("Title", Title), ("Text", Words));
        var (number, code) = Mailroom.Receipt(answer);
        return (visitor, answer.Document.QuerySelector("#SignedReceipt")!.TextContent.TrimStart('\n'), (await room.Find(number)).TextHash, code);
    }

    private Task<bool> Sign() => room.Use<CheckpointWriter, bool>(async writer => await writer.WriteAsync(CancellationToken.None) is not null);

    private static Task<Answer> Check(Browser visitor, string receipt, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> form = new() { ["Receipt"] = receipt };
        foreach (var (name, value) in more)
        {
            form[name] = value;
        }

        return visitor.Post("/letters/receipt", form);
    }

    private static string? Heading(Answer answer) => answer.Document.QuerySelector("#result ~ .p-banner .p-banner__title")?.TextContent;
}
