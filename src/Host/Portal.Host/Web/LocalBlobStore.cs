using System.Buffers;
using System.Security.Cryptography;
using Portal.Shared.Blobs;

namespace Portal.Host.Web;

/// <summary>Blobs as files <c>ab/cd/abcd…</c> in the data folder, each written whole or not at all.</summary>
internal sealed class LocalBlobStore(IConfiguration configuration) : IBlobStore
{
    private const int BufferSize = 128 * 1024;

    private readonly string _root = Path.Combine(DataPath.Of(configuration), "blobs");

    public async Task<string> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        var incoming = Path.Combine(_root, "incoming");
        Directory.CreateDirectory(incoming);
        var temporary = Path.Combine(incoming, Guid.CreateVersion7().ToString("N"));
        try
        {
            var hash = await WriteAsync(content, temporary, cancellationToken);
            var target = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // The same bytes under the same name: whoever comes second changes nothing.
            File.Move(temporary, target, overwrite: true);
            return hash;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(
            hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) && File.Exists(PathOf(hash))
                ? new FileStream(
                    PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize,
                    FileOptions.Asynchronous | FileOptions.SequentialScan)
                : null);

    private static async Task<string> WriteAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, true);
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                sha.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            // On disk before the name exists: a power cut leaves no readable half.
            file.Flush(flushToDisk: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private string PathOf(string hash) => Path.Combine(_root, hash[..2], hash[2..4], hash);
}

/// <summary>The folder for everything that is not in the database (<c>Portal:DataPath</c>).</summary>
internal static class DataPath
{
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Portal:DataPath"] is { Length: > 0 } path ? path : ".portal");
}
