using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Blobs;
using Portal.Testing;

namespace Portal.Host.Tests.Web;

public sealed class BlobTests(PortalHost host) : IClassFixture<PortalHost>
{
    private IBlobStore Blobs => host.Services.GetRequiredService<IBlobStore>();

    [Fact]
    public async Task The_same_bytes_are_one_blob_named_by_their_hash()
    {
        var cancellation = TestContext.Current.CancellationToken;

        var first = await Blobs.PutAsync(new MemoryStream("云岭"u8.ToArray()), cancellation);
        var second = await Blobs.PutAsync(new MemoryStream("云岭"u8.ToArray()), cancellation);

        Assert.Equal(first, second);
        Assert.Equal(64, first.Length);
        using var reader = new StreamReader((await Blobs.OpenAsync(first, cancellation))!, Encoding.UTF8);
        Assert.Equal("云岭", await reader.ReadToEndAsync(cancellation));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_no_known_hash_opens_nothing(string hash) =>
        Assert.Null(await Blobs.OpenAsync(hash, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_stream_that_breaks_leaves_no_blob()
    {
        using var broken = new BrokenStream();

        await Assert.ThrowsAsync<IOException>(() => Blobs.PutAsync(broken, TestContext.Current.CancellationToken));

        var incoming = Path.Combine(host.DataFolder, "blobs", "incoming");
        Assert.Empty(Directory.EnumerateFiles(incoming));
    }

    private sealed class BrokenStream : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _reads++ == 0 ? ValueTask.FromResult(10) : throw new IOException("The line went dead.");
    }
}
