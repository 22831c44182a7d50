using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Templates;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>Templates are kept by those who deal with letters, placed without losing a word, and never go out half written.</summary>
public sealed class ReplyTemplateTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    private const string Words = "您好，您于{来信日期}反映“{来信标题}”的来信（编号{来信编号}）收悉，{受理日期}受理。{办理情况}";

    [Fact]
    public async Task A_template_is_kept_in_versions_and_retired()
    {
        var head = await desk.As(await desk.Head());
        var id = await Kept(head, "咨询类答复一");
        var page = await head.Get($"/console/reply-templates/{id}");
        var changed = await head.Post($"/console/reply-templates/{id}", new() { ["Name"] = "咨询类答复一", ["Text"] = Words + "特此答复。", ["Version"] = "1" });
        Assert.Equal(302, (int)changed.Status);
        Assert.Contains("来信编号", page.Text, StringComparison.Ordinal);
        Assert.Equal([(1, Words), (2, Words + "特此答复。")], await Versions(id));

        // Somebody who still has the first version open changes nothing.
        var stale = await head.Post($"/console/reply-templates/{id}", new() { ["Name"] = "另一个名称", ["Text"] = Words, ["Version"] = "1" });
        Assert.Equal(409, (int)stale.Status);
        Assert.Equal("另一个名称", stale.Document.QuerySelector("#Name")!.GetAttribute("value"));

        var retired = await head.Post($"/console/reply-templates/{id}/retirement", new() { ["Version"] = "2" }, $"/console/reply-templates/{id}");
        Assert.Equal(302, (int)retired.Status);
        Assert.Contains("已停用", (await head.Get($"/console/reply-templates/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal(409, (int)(await head.Post($"/console/reply-templates/{id}", new() { ["Name"] = "还想改", ["Text"] = Words, ["Version"] = "3" }, "/console/reply-templates/new")).Status);
        // Its name is free again.
        await Kept(head, "咨询类答复一");
    }

    [Theory]
    [InlineData("Name", " ")]
    [InlineData("Name", "已经有了")]
    [InlineData("Text", "太短")]
    [InlineData("Text", "您好，您的来信收悉，{办理情况没有收住的花括号。")]
    [InlineData("Text", "您好，您的来信收悉，{}")]
    public async Task What_is_wrong_is_said_at_the_field(string field, string value)
    {
        var handler = await desk.As(await desk.Handler());
        if (value == "已经有了" && !await desk.Read(db => db.ReplyTemplates.AnyAsync(row => row.Name == value)))
        {
            await Kept(handler, value);
        }

        Dictionary<string, string> form = new() { ["Name"] = "新模板" + value.Length, ["Text"] = Words, [field] = value };
        var answer = await handler.Post("/console/reply-templates/new", form);
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($".govuk-error-summary a[href='#{field}']"));
    }

    [Fact]
    public async Task It_is_placed_below_what_is_typed_and_what_the_letter_knows_is_filled_in()
    {
        var head = await desk.As(await desk.Head());
        var id = await Kept(head, "放入试验");
        var letter = await desk.Find(await desk.Driven(LetterState.Handling));
        var handler = await desk.As(await desk.Handler());
        var address = $"/console/letters/{letter.Id}";
        var form = await handler.Get(address + "?act=Draft");
        Assert.Contains("放入试验", form.Document.QuerySelector("#TemplateId")!.TextContent, StringComparison.Ordinal);

        var placed = await handler.Post(address + "/template", Draft(form, ("Text", "先写下的一句。"), ("TemplateId", id.ToString())), address + "?act=Draft");
        Assert.Equal(200, (int)placed.Status);
        var text = placed.Document.QuerySelector("#Text")!.TextContent.TrimStart('\n');
        var accepted = (await desk.Find(letter.Id)).AcceptedOn!.Value;
        Assert.StartsWith("先写下的一句。\n\n您好，您于", text, StringComparison.Ordinal);
        Assert.Contains($"编号{letter.Number}", text, StringComparison.Ordinal);
        Assert.Contains($"“{letter.Subject}”", text, StringComparison.Ordinal);
        Assert.Contains($"{accepted:yyyy年M月d日}受理", text, StringComparison.Ordinal);
        Assert.EndsWith("{办理情况}", text, StringComparison.Ordinal);
        Assert.NotNull(placed.Document.QuerySelector("input[name=Outcome][value=Adopted][checked]"));

        // Placing keeps nothing: the letter is where it was.
        Assert.Equal(LetterState.Handling, (await desk.Find(letter.Id)).State);

        var refused = await handler.Post(address + "/steps", Draft(placed, ("Text", text)), address + "?act=Draft");
        Assert.Equal(422, (int)refused.Status);
        Assert.Contains("{办理情况}", refused.Document.QuerySelector(".govuk-error-summary a[href='#Text']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(text, refused.Document.QuerySelector("#Text")!.TextContent.TrimStart('\n'));

        var kept = await handler.Post(
            address + "/steps", Draft(placed, ("Text", text.Replace("{办理情况}", "年内增设一站。", StringComparison.Ordinal))), address + "?act=Draft");
        Assert.Equal(302, (int)kept.Status);
        Assert.Equal(LetterState.Drafted, (await desk.Find(letter.Id)).State);
    }

    [Fact]
    public async Task Only_templates_of_the_unit_and_of_the_mailboxs_site_are_offered_and_taken()
    {
        var outsider = await desk.As(await desk.Outsider());
        var foreign = await Kept(outsider, "别处的模板");
        var officer = await desk.As(await desk.Officer());
        await Kept(officer, "信箱所在站点的模板");
        var letter = await desk.Find(await desk.Driven(LetterState.Handling));
        var handler = await desk.As(await desk.Handler());
        var address = $"/console/letters/{letter.Id}";
        var form = await handler.Get(address + "?act=Draft");
        var offered = form.Document.QuerySelector("#TemplateId")!.TextContent;
        Assert.Contains("信箱所在站点的模板", offered, StringComparison.Ordinal);
        Assert.DoesNotContain("别处的模板", offered, StringComparison.Ordinal);

        var forged = await handler.Post(address + "/template", Draft(form, ("Text", "写下的话不会丢"), ("TemplateId", foreign.ToString())), address + "?act=Draft");
        Assert.Equal(422, (int)forged.Status);
        Assert.Equal("写下的话不会丢", forged.Document.QuerySelector("#Text")!.TextContent.TrimStart('\n'));
        Assert.Equal(404, (int)(await handler.Get($"/console/reply-templates/{foreign}")).Status);
    }

    [Theory]
    [InlineData("{甲}和｛乙｝，{甲}", "{甲} ｛乙｝", true)]
    [InlineData("没有花括号", "", true)]
    [InlineData("{换\n行}", "", false)]
    [InlineData("{一二三四五六七八九十一二三四五六七八九十长}", "", false)]
    [InlineData("{{套着}}", "{套着}", false)]
    public void Blanks_are_found_with_either_braces(string text, string blanks, bool whole)
    {
        Assert.Equal(blanks, string.Join(' ', TemplateText.BlanksOf(text)));
        Assert.Equal(whole, TemplateText.IsWhole(text));
    }

    private static Dictionary<string, string> Draft(Answer page, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new()
        {
            ["Trigger"] = "Draft",
            ["Version"] = page.Document.QuerySelector(".c-form input[name=Version]")!.GetAttribute("value")!,
            ["Outcome"] = "Adopted",
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return form;
    }

    private async Task<Guid> Kept(Browser browser, string name)
    {
        var answer = await browser.Post("/console/reply-templates/new", new() { ["Name"] = name, ["Text"] = Words });
        Assert.Equal(302, (int)answer.Status);
        return await desk.Read(db => db.ReplyTemplates.Where(row => row.Name == name && row.RetiredAt == null).Select(row => row.Id).SingleAsync());
    }

    private Task<List<(int, string)>> Versions(Guid id) => desk.Read(async db =>
        (await db.ReplyTemplateVersions.Where(row => row.TemplateId == id).OrderBy(row => row.Number).ToListAsync())
            .ConvertAll(row => (row.Number, row.Text)));
}
