using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Web;
using Portal.Shared.Web;
using Portal.Testing;

namespace Portal.Host.Tests.Web;

/// <summary>What pages share is read once, and anew after what it shows has changed here or on another host.</summary>
public sealed class PageCacheTests(PortalHost host) : IClassFixture<PortalHost>
{
    private static readonly string[] Tags = ["site:shared"];
    private readonly string _key = Guid.CreateVersion7().ToString("N");
    private int _reads;

    private PageCache Cache => host.Services.GetRequiredService<PageCache>();

    [Fact]
    public async Task It_is_read_once()
    {
        Assert.Equal("read 1", await Remembered());
        Assert.Equal("read 1", await Remembered());
    }

    [Theory]
    [InlineData("site:shared")]
    [InlineData(CacheTags.All)]
    public async Task An_eviction_of_its_tags_has_it_read_anew(string tag)
    {
        await Remembered();
        await Cache.EvictAsync(["site:other"], CancellationToken.None);
        Assert.Equal("read 1", await Remembered());
        await Cache.EvictAsync([tag], CancellationToken.None);
        Assert.Equal("read 2", await Remembered());
    }

    [Fact]
    public async Task What_another_host_tells_evicts_it_too()
    {
        await Remembered();
        await Cache.HearAsync("another-host site%3Ashared", CancellationToken.None);
        Assert.Equal("read 2", await Remembered());
    }

    [Fact]
    public async Task What_was_evicted_while_it_was_read_is_not_kept()
    {
        await Cache.RememberAsync(
            _key, Tags,
            async token =>
            {
                await Cache.EvictAsync(Tags, token);
                return "old";
            },
            CancellationToken.None);
        Assert.Equal("read 1", await Remembered());
    }

    private Task<string> Remembered() =>
        Cache.RememberAsync(_key, Tags, _ => Task.FromResult($"read {++_reads}"), CancellationToken.None);
}
