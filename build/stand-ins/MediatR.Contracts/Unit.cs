using System;
using System.Threading.Tasks;

namespace MediatR;

/// <summary>The answer of a request that answers nothing.</summary>
public readonly struct Unit : IEquatable<Unit>, IComparable<Unit>, IComparable
{
    private static readonly Unit Only;

    /// <summary>The only value.</summary>
    public static ref readonly Unit Value => ref Only;

    /// <summary>A completed task of the only value.</summary>
    public static Task<Unit> Task { get; } = System.Threading.Tasks.Task.FromResult(Only);

    /// <inheritdoc />
    public int CompareTo(Unit other) => 0;

    int IComparable.CompareTo(object? obj) => 0;

    /// <inheritdoc />
    public override int GetHashCode() => 0;

    /// <inheritdoc />
    public bool Equals(Unit other) => true;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Unit;

    /// <inheritdoc />
    public override string ToString() => "()";

    /// <summary>Always true: there is one value.</summary>
    public static bool operator ==(Unit first, Unit second) => true;

    /// <summary>Always false: there is one value.</summary>
    public static bool operator !=(Unit first, Unit second) => false;

    /// <summary>Always false: there is one value.</summary>
    public static bool operator <(Unit first, Unit second) => false;

    /// <summary>Always true: there is one value.</summary>
    public static bool operator <=(Unit first, Unit second) => true;

    /// <summary>Always false: there is one value.</summary>
    public static bool operator >(Unit first, Unit second) => false;

    /// <summary>Always true: there is one value.</summary>
    public static bool operator >=(Unit first, Unit second) => true;
}
