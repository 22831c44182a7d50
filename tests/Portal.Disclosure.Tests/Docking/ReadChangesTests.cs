using System.Net;
using Portal.Disclosure.Docking;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>The change feed and the buckets that a reader follows.</summary>
public sealed class ReadChangesTests(DockingHost host) : IClassFixture<DockingHost>
{
    [Fact]
    public async Task A_reader_goes_from_page_to_page_and_sees_each_entry_at_its_last_change()
    {
        using var reader = await host.Partner(await host.Source("yunpu", SourceMode.Reader), CredentialDirection.Read);
        var start = (await reader.Get("/api/docking/v1/changes?directory=yunpu&limit=1000")).Json().GetProperty("next").GetString();
        var channel = await host.Channel("yunpu");
        var first = await host.Entry(channel);
        var second = await host.Entry(channel);
        var changed = await host.Entry(channel, edition => edition.Title = "修改后的通知", first.DocumentId);
        var page = (await reader.Get($"/api/docking/v1/changes?directory=yunpu&limit=1&after={start}")).Json();
        Assert.True(page.GetProperty("hasMore").GetBoolean());
        Assert.Equal(second.IndexNumber, page.GetProperty("items")[0].GetProperty("indexNumber").GetString());
        var next = page.GetProperty("next").GetString();
        page = (await reader.Get($"/api/docking/v1/changes?directory=yunpu&limit=1&after={next}")).Json();
        Assert.False(page.GetProperty("hasMore").GetBoolean());
        var item = page.GetProperty("items")[0];
        Assert.Equal("修改后的通知", item.GetProperty("metadata").GetProperty("title").GetString());
        Assert.Equal(changed.RecordHash, item.GetProperty("contentHash").GetString());
        Assert.Equal(changed.Sequence, page.GetProperty("headSeq").GetInt64());
        Assert.Equal(changed.RecordHash, RecordHash.Of(item));
        Assert.StartsWith("http", item.GetProperty("address").GetString(), StringComparison.Ordinal);

        var single = (await reader.Get(
            $"/api/docking/v1/entries?directory=yunpu&number={Uri.EscapeDataString(second.IndexNumber)}")).Json();
        Assert.Equal(1, single.GetProperty("count").GetInt32());
        var buckets = (await reader.Get("/api/docking/v1/buckets?directory=yunpu")).Json().GetProperty("buckets").EnumerateArray().ToList();
        Assert.True(buckets.Sum(bucket => bucket.GetProperty("count").GetInt32()) >= 2);
        var bucket = (await reader.Get($"/api/docking/v1/buckets/{buckets[0].GetProperty("number")}?directory=yunpu")).Json();
        Assert.Equal(64, bucket.GetProperty("records")[0].GetProperty("contentHash").GetString()!.Length);
    }

    [Theory]
    [InlineData("after=abc", HttpStatusCode.BadRequest, "cursor.malformed")]
    [InlineData("after=-1", HttpStatusCode.BadRequest, "cursor.negative")]
    [InlineData("after=999999", HttpStatusCode.Conflict, "cursor.ahead")]
    [InlineData("after=province:1", HttpStatusCode.BadRequest, "cursor.other-directory")]
    [InlineData("limit=0", HttpStatusCode.BadRequest, "limit.malformed")]
    [InlineData("limit=5000", HttpStatusCode.BadRequest, "limit.malformed")]
    public async Task A_cursor_that_is_none_of_this_directory_is_told_clearly(string query, HttpStatusCode status, string code)
    {
        using var reader = await host.Partner(await host.Source("yunpu", SourceMode.Reader), CredentialDirection.Read);
        Assert.Equal(code, (await reader.Get("/api/docking/v1/changes?directory=yunpu&" + query)).Code(status));
    }
}
