using System.Buffers.Text;
using System.Text;

namespace Portal.Shared.Paging;

/// <summary>One page of a list by keyset: no OFFSET, no count of the whole.</summary>
/// <param name="Items">The rows, in list order.</param>
/// <param name="Older">Cursor of the next page; null on the last.</param>
/// <param name="Newer">Cursor of the page before; null on the first.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Older, string? Newer);

/// <summary>A position in a list that is ordered by an instant and then an id, both descending.</summary>
/// <param name="At">The instant of the row at the edge.</param>
/// <param name="Id">Its id, which breaks ties.</param>
/// <param name="Backwards">True when the cursor asks for the rows before the edge (newer ones).</param>
public readonly record struct Cursor(DateTimeOffset At, Guid Id, bool Backwards)
{
    /// <summary>The cursor as a short opaque text, safe in a URL.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[25];
        BitConverter.TryWriteBytes(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[8..]);
        bytes[24] = Backwards ? (byte)1 : (byte)0;
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor; a forged or cut one is no cursor.</summary>
    public static Cursor? Parse(string? text)
    {
        if (text is not { Length: 34 })
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[25];
        if (!Base64Url.TryDecodeFromUtf8(Encoding.UTF8.GetBytes(text), bytes, out var written) || written != 25)
        {
            return null;
        }

        var ticks = BitConverter.ToInt64(bytes);
        return ticks < DateTimeOffset.MinValue.UtcTicks || ticks > DateTimeOffset.MaxValue.UtcTicks
            ? null
            : new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..24]), bytes[24] == 1);
    }
}
