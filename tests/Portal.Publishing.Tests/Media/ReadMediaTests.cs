using System.Net;
using Portal.Publishing.Documents;
using Portal.Publishing.Media;
using Portal.Publishing.Tests.Pages;

namespace Portal.Publishing.Tests.Media;

public sealed class ReadMediaTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_file_is_public_while_a_live_page_refers_to_it_and_at_no_other_time()
    {
        var file = await host.Media("表格.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        var channel = await host.Channel("lifetime");
        using var visitor = host.Visitor();
        var address = MediaAddress.Of(file);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(address)).Status);

        var edition = await host.Publish(channel, "page", change: row => row.Attachments = [new(file.Id, "表格")]);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(address)).Status);

        await host.Publish(channel, "page", document: edition.DocumentId, change: row => row.Unpublishing = UnpublishingKind.Gone);
        var unknown = await visitor.Get($"/media/{Guid.CreateVersion7():N}/x.pdf");
        var former = await visitor.Get(address);

        Assert.Equal(HttpStatusCode.NotFound, former.Status);
        Assert.Equal(unknown.Document.QuerySelector("main")!.TextContent, former.Document.QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_file_is_sent_with_its_type_in_a_sandbox_and_nothing_is_guessed()
    {
        var (file, visitor) = await PublishedAsync("政策 图解.png", "image/png");

        var answer = await visitor.Get(MediaAddress.Of(file));

        Assert.Equal("image/png", answer.ContentHeaders.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("sandbox; default-src 'none'", answer.Header("Content-Security-Policy"));
        Assert.StartsWith("inline", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal($"\"{file.BlobHash}\"", answer.Header("ETag"));
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("text/plain")]
    [InlineData("audio/mpeg")]
    public async Task Only_pictures_and_recordings_are_shown_in_the_page(string type)
    {
        var (file, visitor) = await PublishedAsync("file.bin", type);

        var disposition = (await visitor.Get(MediaAddress.Of(file))).Header("Content-Disposition")!;

        Assert.StartsWith(type.StartsWith("audio/", StringComparison.Ordinal) ? "inline" : "attachment", disposition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Known_bytes_are_not_sent_again_and_parts_can_be_asked_for()
    {
        var (file, visitor) = await PublishedAsync("clip.mp4", "video/mp4");
        var address = MediaAddress.Of(file);

        var same = await visitor.Get(address, ("If-None-Match", $"\"{file.BlobHash}\""));
        var part = await visitor.Get(address, ("Range", "bytes=10-19"));
        var head = await visitor.Head(address);

        Assert.Equal(HttpStatusCode.NotModified, same.Status);
        Assert.Equal(HttpStatusCode.PartialContent, part.Status);
        Assert.Equal(10, part.Bytes.Length);
        Assert.Equal(HttpStatusCode.OK, head.Status);
        Assert.Empty(head.Bytes);
        Assert.Equal(file.Size, head.ContentHeaders.ContentLength);
    }

    [Fact]
    public async Task A_file_of_one_site_is_not_on_another()
    {
        var (file, _) = await PublishedAsync("own.png", "image/png");
        using var other = host.Visitor("jyt");

        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(MediaAddress.Of(file))).Status);
    }

    private async Task<(MediaItem File, Testing.Browser Visitor)> PublishedAsync(string name, string type)
    {
        var file = await host.Media(name, type);
        var channel = await host.Channel("m" + file.Id.ToString("N"));
        await host.Publish(channel, "page", change: edition => edition.Attachments = [new(file.Id, name)]);
        return (file, host.Visitor());
    }
}
