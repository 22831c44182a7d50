using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Portal.Shared.Messaging;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>Values as the receive functions of their PostgreSQL types read them, each after its length.</summary>
internal sealed class CopyBuffer : IBufferWriter<byte>
{
    private const int UuidType = 2950;
    private const int TextType = 25;
    private const byte JsonForm = 1;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    /// <summary>Bytes as they are, without a length.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Two bytes, without a length.</summary>
    public void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(GetSpan(2), value);
        Length += 2;
    }

    public void Null() => Four(-1);

    public void Integer(int value)
    {
        Four(4);
        Four(value);
    }

    public void Uuid(Guid? value)
    {
        if (value is not { } id)
        {
            Null();
            return;
        }

        Four(16);
        id.TryWriteBytes(GetSpan(16), bigEndian: true, out _);
        Length += 16;
    }

    public void Instant(DateTimeOffset? value)
    {
        if (value is not { } instant)
        {
            Null();
            return;
        }

        Four(8);
        BinaryPrimitives.WriteInt64BigEndian(
            GetSpan(8), (instant.UtcDateTime - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Length += 8;
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var start = Begin();
        Characters(value);
        End(start);
    }

    public void Json<T>(T value)
    {
        var start = Begin();
        Bytes([JsonForm]);
        Bytes(JsonSerializer.SerializeToUtf8Bytes(value, MessageJson.Options));
        End(start);
    }

    /// <summary>A jsonb value that is JSON already.</summary>
    public void JsonText(string json)
    {
        var start = Begin();
        Bytes([JsonForm]);
        Characters(json);
        End(start);
    }

    public void Uuids(IReadOnlyList<Guid> values)
    {
        var start = BeginArray(values.Count, UuidType);
        foreach (var value in values)
        {
            Uuid(value);
        }

        End(start);
    }

    public void Texts(IReadOnlyList<string> values)
    {
        var start = BeginArray(values.Count, TextType);
        foreach (var value in values)
        {
            Text(value);
        }

        End(start);
    }

    /// <summary>A text-search vector without positions.</summary>
    public void Vector(IReadOnlyList<string>? lexemes)
    {
        if (lexemes is null)
        {
            Null();
            return;
        }

        var start = Begin();
        Four(lexemes.Count);
        foreach (var lexeme in lexemes)
        {
            Characters(lexeme);
            // The end of the lexeme; the number of its positions.
            Bytes([0, 0, 0]);
        }

        End(start);
    }

    private void Characters(string value)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(value.Length));
        Length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length));
    }

    private int BeginArray(int count, int elementType)
    {
        var start = Begin();
        Four(count == 0 ? 0 : 1);
        Four(0);
        Four(elementType);
        if (count > 0)
        {
            Four(count);
            // Subscripts begin at 1.
            Four(1);
        }

        return start;
    }

    private int Begin()
    {
        Four(0);
        return Length;
    }

    private void End(int start) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start - 4), Length - start);

    private void Four(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(GetSpan(4), value);
        Length += 4;
    }

    private void Grow(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
        }
    }
}
