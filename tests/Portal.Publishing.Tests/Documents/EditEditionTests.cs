using System.Net;
using System.Text;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Documents;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class EditEditionTests(WritingHost host)
{
    [Fact]
    public async Task What_is_written_is_kept_and_the_hash_changes()
    {
        var (author, edition) = await Draft();

        var answer = await Save(author, edition, ("Title", "关于印发𠮷祥行动方案的通知"), ("bodyText", "第一段。\n\n## 一、目標\n\n第二段。"));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var kept = await host.Edition(edition.Id);
        Assert.Equal("关于印发𠮷祥行动方案的通知", kept.Title);
        Assert.Contains("\"heading\"", kept.Body, StringComparison.Ordinal);
        Assert.Contains("目標", kept.Body, StringComparison.Ordinal);
        Assert.NotEqual(edition.ContentHash, kept.ContentHash);
        Assert.Equal(edition.Version + 1, kept.Version);
        Assert.Equal([author.Id], kept.Contributors);
        Assert.StartsWith("第一段。", kept.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_what_was_kept_without_a_script()
    {
        var (author, edition) = await Draft();
        await Save(author, edition, ("bodyText", "第一段。\n\n- 甲\n- 乙"));

        var page = await (await host.SignInAs(author)).Get(WritingHost.Path(edition));

        Assert.Equal("第一段。\n\n- 甲\n- 乙", WritingHost.Form(page)["bodyText"].ReplaceLineEndings("\n").Trim());
        Assert.Contains("\"bulletList\"", page.Document.QuerySelector("script[data-editor-content]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_from_the_editor_is_read_as_a_tree()
    {
        var (author, edition) = await Draft();

        await Save(author, edition, ("body", """{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"来自编辑器"}]}]}"""));

        Assert.Contains("来自编辑器", (await host.Edition(edition.Id)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_title_is_said_at_its_field_and_nothing_is_lost()
    {
        var (author, edition) = await Draft();

        var answer = await Save(author, edition, ("Title", " \u200b "), ("bodyText", "没有丢失的正文"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(["请填写标题"], answer.Errors);
        Assert.Equal("#Title", answer.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
        Assert.Contains("没有丢失的正文", answer.Document.QuerySelector("#Body")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Source", 51, "信息来源不能超过50个字")]
    [InlineData("Title", 101, "标题不能超过100个字")]
    [InlineData("Summary", 301, "摘要不能超过300个字")]
    public async Task Too_long_is_counted_by_characters(string field, int length, string message)
    {
        var (author, edition) = await Draft();

        var tooLong = await Save(author, edition, (field, Repeat("𠮷", length)));
        var fits = await Save(author, edition, (field, Repeat("𠮷", length - 1)));

        Assert.Equal([message], tooLong.Errors);
        Assert.Equal(HttpStatusCode.Redirect, fits.Status);
    }

    [Fact]
    public async Task Wrong_dates_and_numbers_are_said_at_their_fields()
    {
        var (author, edition) = await Draft("policy");

        var answer = await Save(
            author, edition, ("Fields[issuedOn]", "2026-02-30"), ("Fields[validity]", "unknown"), ("PublishAt", "soon"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("请填写有效的发布时间，例如 2026-11-22 09:00", answer.Errors);
        var again = await Save(author, edition, ("Fields[issuedOn]", "2026-02-30"), ("Fields[validity]", "unknown"));
        Assert.Equal(2, again.Errors.Count);
        Assert.NotNull(again.Document.QuerySelector("#Fields-issuedOn-error"));
    }

    [Fact]
    public async Task Document_numbers_take_their_official_form()
    {
        var (author, edition) = await Draft("policy");

        await Save(author, edition, ("Fields[documentNumber]", "云政发[2026]１２号"), ("Fields[issuedOn]", "2026-11-01"));

        var kept = await host.Edition(edition.Id);
        Assert.Equal("云政发〔2026〕12号", kept.Fields["documentNumber"]);
        Assert.Equal("2026-11-01", kept.Fields["issuedOn"]);
    }

    [Fact]
    public async Task Direction_marks_and_control_characters_go_with_a_notice()
    {
        var (author, edition) = await Draft();

        var answer = await Save(author, edition, ("Title", "通知\u202Egnp.exe\u0007"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("“标题”中不可见的控制字符已去除。", answer.Text, StringComparison.Ordinal);
        Assert.Equal("通知gnp.exe", (await host.Edition(edition.Id)).Title);
    }

    [Fact]
    public async Task Html_in_a_title_is_text()
    {
        var (author, edition) = await Draft();

        await Save(author, edition, ("Title", "<script>alert(1)</script>"), ("bodyText", "<img src=x onerror=alert(1)>"));
        var page = await (await host.SignInAs(author)).Get(WritingHost.Path(edition));

        Assert.Equal("<script>alert(1)</script>", page.Document.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("script"), script => script.TextContent.Contains("alert(1)</script>", StringComparison.Ordinal) && !script.HasAttribute("data-editor-content"));
        Assert.Empty(page.Document.QuerySelectorAll("[onerror]"));
    }

    [Fact]
    public async Task A_text_cannot_end_the_script_element_that_carries_it()
    {
        var (author, edition) = await Draft();

        await Save(author, edition, ("bodyText", "</script><script>alert(1)</script>"));
        var page = await (await host.SignInAs(author)).Get(WritingHost.Path(edition));

        Assert.DoesNotContain("<script>alert(1)", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enormous_body_is_refused_and_stays_in_the_form()
    {
        var (author, edition) = await Draft();
        var huge = new string('长', 400_000);

        var answer = await Save(author, edition, ("bodyText", huge));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Single(answer.Errors);
        Assert.Contains(huge, answer.Document.QuerySelector("#Body")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(edition.Version, (await host.Edition(edition.Id)).Version);
    }

    [Fact]
    public async Task An_enormous_tree_stays_in_the_form_as_well()
    {
        var (author, edition) = await Draft();
        var tree = $$"""{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"{{new string('长', 400_000)}}"}]}]}""";

        var answer = await Save(author, edition, ("body", tree));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(new string('长', 400_000), answer.Document.QuerySelector("script[data-editor-content]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_version_shows_both_and_keeps_mine_in_the_form()
    {
        var (author, edition) = await Draft();
        var colleague = await host.Author();
        var page = await (await host.SignInAs(author)).Get(WritingHost.Path(edition));
        await Save(colleague, edition, ("Title", "同事的标题"), ("bodyText", "同事的正文"));

        var answer = await (await host.SignInAs(author)).Post(
            WritingHost.Path(edition), WritingHost.Form(page, ("Title", "我的标题"), ("bodyText", "我的正文")));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("我的标题", answer.Document.QuerySelector("#Title")!.GetAttribute("value"));
        var difference = answer.Document.QuerySelector(".c-diff")!.TextContent;
        Assert.Contains("同事的标题", difference, StringComparison.Ordinal);
        Assert.Contains("我的标题", difference, StringComparison.Ordinal);
        Assert.Equal("同事的标题", (await host.Edition(edition.Id)).Title);

        var kept = await (await host.SignInAs(author)).Post(WritingHost.Path(edition), WritingHost.Form(answer));
        Assert.Equal(HttpStatusCode.Redirect, kept.Status);
        Assert.Equal("我的标题", (await host.Edition(edition.Id)).Title);
    }

    [Fact]
    public async Task The_same_form_twice_is_one_save()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author);
        var form = WritingHost.Form(await browser.Get(WritingHost.Path(edition)), ("bodyText", "一次"));

        var first = await browser.Post(WritingHost.Path(edition), form);
        var second = await browser.Post(WritingHost.Path(edition), form);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.Status, second.Status));
        Assert.Equal(edition.Version + 1, (await host.Edition(edition.Id)).Version);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_saved()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author);
        var form = WritingHost.Form(await browser.Get(WritingHost.Path(edition)), ("Title", "伪造"));

        var answer = await browser.PostRaw(WritingHost.Path(edition), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(edition.Title, (await host.Edition(edition.Id)).Title);
    }

    [Fact]
    public async Task A_missing_field_is_no_fault_of_the_server()
    {
        var (author, edition) = await Draft();

        var answer = await (await host.SignInAs(author)).Post(WritingHost.Path(edition), []);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [Fact]
    public async Task Under_review_nobody_edits()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author);
        var form = WritingHost.Form(await browser.Get(WritingHost.Path(edition)), ("Title", "审核中的改动"));
        await host.Put(edition.Id, EditionState.AwaitingSecondReview);

        var answer = await browser.Post(WritingHost.Path(edition), form);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(edition.Title, (await host.Edition(edition.Id)).Title);
    }

    [Fact]
    public async Task Another_sites_edition_is_not_there()
    {
        var (author, edition) = await Draft();
        var stranger = await host.Author("lanqiao");

        var read = await (await host.SignInAs(stranger)).Get(WritingHost.Path(edition));
        var write = await (await host.SignInAs(stranger)).Post(WritingHost.Path(edition), new() { ["version"] = "1", ["Title"] = "越权" }, "/console/documents/new");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.Status, write.Status));
        Assert.Equal(edition.Title, (await host.Edition(edition.Id)).Title);
        Assert.NotNull(author);
    }

    [Fact]
    public async Task A_reviewer_of_the_site_may_read_but_not_write()
    {
        var (author, edition) = await Draft();
        var reviewer = await host.Data.Staff(Role.FirstReviewer);
        var form = WritingHost.Form(await (await host.SignInAs(author)).Get(WritingHost.Path(edition)), ("Title", "越权"));

        var read = await (await host.SignInAs(reviewer)).Get(WritingHost.Path(edition));
        var write = await (await host.SignInAs(reviewer)).Post(WritingHost.Path(edition), form);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (read.Status, write.Status));
    }

    [Fact]
    public async Task A_channel_editor_writes_in_the_channel_alone()
    {
        var (mine, other) = (await host.Channel(), await host.Channel());
        var editor = await host.Data.Staff(Role.ChannelEditor, channel: mine.Id);
        var author = await host.Author();
        var (inside, outside) = (await host.Draft(author, mine), await host.Draft(author, other));

        Assert.Equal(HttpStatusCode.Redirect, (await Save(editor, inside, ("Title", "本栏目"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignInAs(editor)).Get(WritingHost.Path(outside))).Status);
        var moved = await Save(editor, inside, ("ChannelId", other.Id.ToString()));
        Assert.Equal(HttpStatusCode.Forbidden, moved.Status);
    }

    [Fact]
    public async Task A_file_of_another_site_does_not_count()
    {
        var (author, edition) = await Draft();
        var foreign = Guid.CreateVersion7();
        await host.Use<PublishingDbContext>(async db =>
        {
            db.Media.Add(new Publishing.Media.MediaItem
            {
                Id = foreign,
                SiteId = host.Site("lanqiao").Id,
                BlobHash = new string('0', 64),
                Name = "别站.png",
                MediaType = "image/png",
            });
            await db.SaveChangesAsync();
        });

        var answer = await Save(author, edition, ("CoverMediaId", foreign.ToString()));

        Assert.Equal(["封面图片在媒体库中找不到，请重新上传"], answer.Errors);
    }

    [Fact]
    public async Task Autosave_answers_the_new_version_and_goes_to_the_trail_once()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author);
        var before = await host.Decisions("publishing.edition.edited", edition.Id);
        var form = WritingHost.Form(await browser.Get(WritingHost.Path(edition)));
        for (var i = 0; i < 3; i++)
        {
            form["bodyText"] = $"第{i}次";
            var answer = await browser.Post(WritingHost.Path(edition) + "/draft", form, WritingHost.Path(edition));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            form["version"] = System.Text.Json.JsonDocument.Parse(answer.Text).RootElement.GetProperty("version").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.Equal(edition.Version + 3, (await host.Edition(edition.Id)).Version);
        Assert.Equal(before, await host.Decisions("publishing.edition.edited", edition.Id));
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        form["bodyText"] = "十一分钟后";
        await browser.Post(WritingHost.Path(edition) + "/draft", form, WritingHost.Path(edition));
        Assert.Equal(before + 1, await host.Decisions("publishing.edition.edited", edition.Id));
    }

    [Fact]
    public async Task Autosave_answers_what_is_still_to_be_done()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author);
        var page = await browser.Get(WritingHost.Path(edition));
        Assert.Contains("还没有正文", page.Document.QuerySelector("[data-checks] .c-checklist__item--bad")!.TextContent, StringComparison.Ordinal);

        var answer = await browser.Post(
            WritingHost.Path(edition) + "/draft", WritingHost.Form(page, ("bodyText", "刚刚写下的二十个字。")), WritingHost.Path(edition));

        var checks = System.Text.Json.JsonDocument.Parse(answer.Text).RootElement.GetProperty("checks").EnumerateArray().ToList();
        var again = await browser.Get(WritingHost.Path(edition));
        Assert.Equal(
            again.Document.QuerySelectorAll("[data-checks] li").Select(item => item.TextContent.Trim()),
            checks.Select(item => item.GetProperty("text").GetString()));
        var body = checks.Single(item => item.GetProperty("anchor").GetString() == "Body" && item.GetProperty("required").GetBoolean());
        Assert.True(body.GetProperty("done").GetBoolean());
    }

    [Theory]
    [InlineData("{", "正文的格式不能识别，没有保存。请先复制正文留存，刷新页面后再试")]
    [InlineData(
        """{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"字","marks":[{"type":"link","attrs":{"href":""}}]}]}]}""",
        "正文中有没有填写地址的链接，请填写地址或取消链接")]
    public async Task A_refused_text_is_never_explained_by_nothing(string tree, string message)
    {
        var (author, edition) = await Draft();

        var answer = await Save(author, edition, ("body", tree));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal([message], answer.Errors);
    }

    [Fact]
    public async Task Autosave_of_a_stale_version_answers_409_and_where_to_compare()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author);
        var form = WritingHost.Form(await browser.Get(WritingHost.Path(edition)), ("version", "999"), ("bodyText", "过期"));

        var answer = await browser.Post(WritingHost.Path(edition) + "/draft", form, WritingHost.Path(edition));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("compare", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interpretation_names_published_policies_by_id_or_path()
    {
        var author = await host.Author();
        var channel = await host.Channel();
        var policy = await host.Live(author, channel, "policy", "云岭省试验办法");
        var edition = await host.Draft(author, channel, "interpretation");

        var saved = await Save(author, edition, ("Interprets", $"/{channel.Path}/{policy.Slug}\n{policy.DocumentId}"));
        var unknown = await Save(author, edition, ("Interprets", "/no/such/policy"));

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal([policy.DocumentId], (await host.Edition(edition.Id)).Interprets);
        Assert.Equal(["找不到已发布的政策：/no/such/policy"], unknown.Errors);
    }

    [Fact]
    public async Task Policies_are_found_from_the_form_without_a_script()
    {
        var author = await host.Author();
        var channel = await host.Channel();
        var policy = await host.Live(author, channel, "policy", "云岭省独一无二试验条例");
        var edition = await host.Draft(author, channel, "interpretation");

        var answer = await Save(author, edition, ("PolicyText", "独一无二"), ("act", "find"), ("bodyText", "写到一半"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($"input[name=AddInterprets][value='{policy.DocumentId}']"));
        Assert.Contains("写到一半", answer.Document.QuerySelector("#Body")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_the_form_becomes_an_attachment()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in WritingHost.Form(await browser.Get(WritingHost.Path(edition))))
        {
            content.Add(new StringContent(value), name);
        }

        content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes("姓名,数量")), "Attachments", "../../名单.csv");
        content.Add(new ByteArrayContent("<svg/>"u8.ToArray()), "CoverFile", "图.svg");

        var answer = await browser.PostContent(WritingHost.Path(edition), content, WritingHost.Path(edition));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("SVG", answer.Errors.Single(), StringComparison.Ordinal);
        var kept = await host.Edition(edition.Id);
        Assert.Equal("名单", kept.Attachments.Single().Name);
        Assert.Null(kept.CoverMediaId);
    }

    [Fact]
    public async Task Of_two_saves_at_once_one_wins_and_the_other_hears_of_it()
    {
        var (author, edition) = await Draft();
        var colleague = await host.Author();
        var (mine, theirs) = (await host.SignInAs(author), await host.SignInAs(colleague));
        var (first, second) = (await mine.Get(WritingHost.Path(edition)), await theirs.Get(WritingHost.Path(edition)));

        var answers = await Task.WhenAll(
            mine.Post(WritingHost.Path(edition), WritingHost.Form(first, ("Title", "甲的标题"))),
            theirs.Post(WritingHost.Path(edition), WritingHost.Form(second, ("Title", "乙的标题"))));

        Assert.Equal(
            [HttpStatusCode.Redirect, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        Assert.Equal(edition.Version + 1, (await host.Edition(edition.Id)).Version);
    }

    [Fact]
    public async Task What_was_written_outlives_the_session()
    {
        var (author, edition) = await Draft();
        var browser = await host.SignInAs(author, again: true);
        var page = await browser.Get(WritingHost.Path(edition));
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in WritingHost.Form(page, ("bodyText", "会话过期前写的字\n\n第二段")))
        {
            content.Add(new StringContent(value), name);
        }

        content.Add(new StringContent(page.Token!), "_token");
        host.Clock.Advance(TimeSpan.FromHours(13));
        var refused = await browser.SendContent(WritingHost.Path(edition), content);
        var resumed = await browser.PostRaw(
            "/console/sign-in",
            [
                new("_token", refused.Token!),
                new("UserName", author.UserName),
                new("Password", PortalHost.Password),
                new("Carried", refused.Document.QuerySelector("input[name=Carried]")!.GetAttribute("value")!),
            ]);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Contains("会话过期前写的字", resumed.Document.QuerySelector("[name=bodyText]")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(Person Author, Edition Edition)> Draft(string type = "article")
    {
        var author = await host.Author();
        return (author, await host.Draft(author, await host.Channel(), type));
    }

    private async Task<Answer> Save(Person person, Edition edition, params (string Name, string Value)[] changes)
    {
        var browser = await host.SignInAs(person);
        var form = WritingHost.Form(await browser.Get(WritingHost.Path(edition)), changes);
        return await browser.Post(WritingHost.Path(edition), form);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
