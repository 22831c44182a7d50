using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetVips;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Media;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class UploadMediaTests(WritingHost host)
{
    private static readonly byte[] Picture = Red();

    [Fact]
    public async Task A_picture_is_kept_clean_and_only_staff_can_fetch_it()
    {
        var author = await host.Author();

        var answer = await Upload(author, [.. Picture, .. "<script>alert(1)</script>"u8], "..\\..\\图\u202Egpj.exe");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var file = JsonDocument.Parse(answer.Text).RootElement;
        var id = file.GetProperty("mediaId").GetGuid();
        Assert.Equal("图gpj.jpg", file.GetProperty("name").GetString());
        Assert.Equal("image/jpeg", file.GetProperty("mediaType").GetString());
        var fetched = await (await host.SignInAs(author)).Get($"/console/media/{id}");
        Assert.Equal("nosniff", fetched.Header("X-Content-Type-Options"));
        Assert.StartsWith("sandbox", fetched.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(-1, fetched.Bytes.AsSpan().IndexOf("<script>"u8));
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/media/{id:N}/x.jpg")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignInAs(await host.Author("lanqiao"))).Get($"/console/media/{id}")).Status);
        Assert.Equal(1, await host.Decisions("publishing.media.uploaded", id));
    }

    [Fact]
    public async Task What_is_refused_says_why_and_leaves_nothing()
    {
        var author = await host.Author();
        var before = await Count();

        Assert.Contains("SVG", Detail(await Upload(author, "<svg xmlns='x'/>"u8.ToArray(), "a.png")), StringComparison.Ordinal);
        Assert.Contains("空文件", Detail(await Upload(author, [], "a.png")), StringComparison.Ordinal);
        Assert.Contains("不支持", Detail(await Upload(author, "MZ"u8.ToArray(), "a.exe")), StringComparison.Ordinal);
        Assert.Contains("不能超过 10 兆字节", Detail(await Upload(author, [.. Picture, .. new byte[10 * 1024 * 1024]], "big.jpg")), StringComparison.Ordinal);
        Assert.Equal(before, await Count());
    }

    [Fact]
    public async Task Without_a_token_nothing_is_taken()
    {
        var author = await host.Author();
        var before = await Count();

        var answer = await (await host.SignInAs(author)).PostRaw("/console/media", [new("file", "x")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(before, await Count());
    }

    [Fact]
    public async Task Who_may_not_write_may_not_upload()
    {
        var author = await host.Author();
        await host.Draft(author, await host.Channel());
        var reviewer = await host.Data.Staff(Role.FirstReviewer);
        using var content = Content(Picture, "a.jpg");

        var answer = await (await host.SignInAs(reviewer)).PostContent("/console/media", content, "/console/account/password");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public async Task A_file_for_an_edition_that_is_not_there_is_not_taken(string edition)
    {
        var browser = await host.SignInAs(await host.Author());
        var before = await Count();
        using var content = Content(Picture, "a.jpg");

        var answer = await browser.PostContent("/console/media?edition=" + edition, content, "/console/media");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(before, await Count());
        Assert.NotNull(answer.Document.QuerySelector("main a[href='/console']"));
        Assert.Null(answer.Document.QuerySelector("#site-search"));
    }

    [Fact]
    public async Task A_file_larger_than_the_frameworks_own_limit_reaches_our_message()
    {
        var author = await host.Author();

        var answer = await Upload(author, new byte[140 * 1024 * 1024], "a.bin");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [Fact]
    public async Task The_library_says_where_a_file_is_in_use()
    {
        var author = await host.Author();
        var channel = await host.Channel();
        var edition = await host.Draft(author, channel);
        var id = JsonDocument.Parse((await Upload(author, Picture, "罕见名.jpg")).Text).RootElement.GetProperty("mediaId").GetGuid();
        await Use(edition, id);

        var draft = await Row(author, id);
        await host.Publish(edition.Id);
        var live = await Row(author, id);
        using var visitor = host.Visitor();

        Assert.Contains("在办稿件 1 件", draft, StringComparison.Ordinal);
        Assert.Contains("公开页面 1 个", live, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/media/{id:N}/x.jpg")).Status);
    }

    private async Task<Answer> Upload(Person person, byte[] bytes, string name)
    {
        using var content = Content(bytes, name);
        var browser = await host.SignInAs(person);
        return await browser.PostContent("/console/media", content, "/console/media", ("Accept", "application/json"));
    }

    private static MultipartFormDataContent Content(byte[] bytes, string name) =>
        new() { { new ByteArrayContent(bytes), "file", name } };

    private static string Detail(Answer answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        return JsonDocument.Parse(answer.Text).RootElement.GetProperty("detail").GetString()!;
    }

    private Task<int> Count() => host.Read(db => db.Media.CountAsync());

    private Task Use(Edition edition, Guid media) => host.Use<PublishingDbContext>(async db =>
    {
        var row = await db.Editions.SingleAsync(item => item.Id == edition.Id);
        row.CoverMediaId = media;
        row.ContentHash = ContentHash.Of(row);
        await db.SaveChangesAsync();
    });

    private async Task<string> Row(Person person, Guid id)
    {
        var page = await (await host.SignInAs(person)).Get("/console/media?family=image&q=%E7%BD%95%E8%A7%81%E5%90%8D");
        return page.Document.QuerySelector($"a[href='/console/media/{id}']")!.ParentElement!.ParentElement!.TextContent;
    }

    private static byte[] Red()
    {
        using var image = Image.Black(40, 30).NewFromImage(200, 30, 40).Copy(interpretation: Enums.Interpretation.Srgb).Cast(Enums.BandFormat.Uchar);
        return image.JpegsaveBuffer();
    }
}
