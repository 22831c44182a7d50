using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>A line of the file, or why it cannot be one.</summary>
internal sealed record ImportLine(int Number, string? Text, string? Problem);

/// <summary>
/// Reads a file of JSON lines, plain or gzip by its first bytes, in bounded memory: a line over the cap is passed over,
/// not collected, and a file that unfolds beyond measure is given up.
/// </summary>
internal sealed class ImportLines(Stream file, int longestLine = 8 << 20, long mostBytes = 8L << 30) : IDisposable
{
    // Real text shrinks some ten times; a bomb shrinks a thousand times.
    private const int LargestRatio = 100;
    private const long RatioCountsFrom = 64 << 20;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CountingStream _counted = new(file);

    /// <summary>SHA-256 of what the lines were read from, after the last one.</summary>
    public string Hash { get; private set; } = "";

    public async IAsyncEnumerable<ImportLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(
            await OpenAsync(cancellationToken), new StreamPipeReaderOptions(bufferSize: 1 << 16));
        var number = 0;
        var passingOver = false;
        long total = 0;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (TryTake(ref buffer, result.IsCompleted, out var line))
            {
                total += line.Length + 1;
                if (!passingOver)
                {
                    number++;
                    if (!IsBlank(line))
                    {
                        yield return Decode(number, line);
                    }
                }

                passingOver = false;
            }

            if (buffer.Length > longestLine)
            {
                if (!passingOver)
                {
                    number++;
                    yield return new ImportLine(number, null, $"the line is longer than {longestLine >> 20} MB");
                }

                passingOver = true;
                total += buffer.Length;
                buffer = buffer.Slice(buffer.End);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (total > mostBytes || (total > RatioCountsFrom && total > _counted.Bytes * LargestRatio))
            {
                throw new InvalidDataException(
                    $"The file unfolds to more than {total >> 20} MB from {_counted.Bytes >> 10} KB: it is given up.");
            }

            if (result.IsCompleted)
            {
                break;
            }
        }

        await reader.CompleteAsync();
        Hash = Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _hash.Dispose();
        _counted.Dispose();
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var first = new byte[2];
        var read = await file.ReadAtLeastAsync(first, 2, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        return read == 2 && first is [0x1f, 0x8b]
            ? new GZipStream(_counted, CompressionMode.Decompress)
            : _counted;
    }

    private ImportLine Decode(int number, ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            _hash.AppendData(part.Span);
        }

        try
        {
            return new ImportLine(number, Strict.GetString(line).TrimEnd('\r').TrimStart('\uFEFF'), null);
        }
        catch (DecoderFallbackException)
        {
            return new ImportLine(number, null, "the line is not valid UTF-8");
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, bool last, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!last || buffer.IsEmpty)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Bytes { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int read)
        {
            Bytes += read;
            return read;
        }
    }
}
