using System.Collections;
using System.Runtime.CompilerServices;

namespace Portal.Publishing.RichText;

/// <summary>An immutable list that compares by content, so that a whole tree can be compared with ==.</summary>
[CollectionBuilder(typeof(NodeList), nameof(NodeList.Create))]
internal sealed class NodeList<T> : IReadOnlyList<T>, IEquatable<NodeList<T>>
    where T : RichNode
{
    private readonly T[] items;

    internal NodeList(T[] items) => this.items = items;

    public int Count => items.Length;

    public T this[int index] => items[index];

    public ReadOnlySpan<T> AsSpan() => items;

    public bool Equals(NodeList<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    public override bool Equals(object? obj) => Equals(obj as NodeList<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}

internal static class NodeList
{
    public static NodeList<T> Create<T>(ReadOnlySpan<T> items)
        where T : RichNode => new(items.ToArray());
}
