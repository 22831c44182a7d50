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

    // .NET takes a gzip file that is cut short for one that ends. A last member of our own, which only a whole file lets
    // be read, tells them apart; no line of JSON begins with such characters.
    private static readonly byte[] EndMark = "\0\u0001end of file\u0001\0"u8.ToArray();

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CountingStream _counted = new(file);
    private bool _isGzip;

    /// <summary>SHA-256 of what the lines were read from, after the last one.</summary>
    public string Hash { get; private set; } = "";

    public async IAsyncEnumerable<ImportLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(await OpenAsync(cancellationToken), new StreamPipeReaderOptions(bufferSize: 1 << 16));
        var number = 0;
        var passingOver = false;
        var isWhole = !_isGzip;
        long total = 0;
        while (true)
        {
            var result = await TakeInAsync(reader, cancellationToken);
            var buffer = result.Buffer;
            while (TryTake(ref buffer, result.IsCompleted, out var line))
            {
                total += line.Length + 1;
                if (_isGzip && result.IsCompleted && buffer.IsEmpty && line.ToArray().AsSpan().SequenceEqual(EndMark))
                {
                    isWhole = true;
                }
                else if (!passingOver)
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

        if (!isWhole)
        {
            throw CutShort(null);
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
        _isGzip = read == 2 && first is [0x1f, 0x8b];
        if (!_isGzip)
        {
            return _counted;
        }

        using var end = new MemoryStream();
        await using (var gzip = new GZipStream(end, CompressionLevel.Optimal))
        {
            gzip.Write([(byte)'\n', .. EndMark]);
        }

        _counted.Then(end.ToArray());
        return new GZipStream(_counted, CompressionMode.Decompress);
    }

    private async ValueTask<ReadResult> TakeInAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw _counted.IsAtEnd
                ? CutShort(exception)
                : new InvalidDataException("The gzip file is damaged.", exception);
        }
    }

    private static InvalidDataException CutShort(Exception? inner) =>
        new("The gzip file is cut short: its end is missing.", inner);

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
        private MemoryStream _more = new();

        public long Bytes { get; private set; }

        /// <summary>Everything of the inner stream was read.</summary>
        public bool IsAtEnd { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        /// <summary>Goes on with these bytes after those of the inner stream.</summary>
        public void Then(byte[] bytes) => _more = new MemoryStream(bytes, writable: false);

        public override int Read(byte[] buffer, int offset, int count) =>
            Count(inner.Read(buffer, offset, count)) is > 0 and var read ? read : _more.Read(buffer, offset, count);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken)) is > 0 and var read ? read : _more.Read(buffer.Span);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int read)
        {
            Bytes += read;
            IsAtEnd |= read == 0;
            return read;
        }
    }
}
