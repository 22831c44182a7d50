using System.Diagnostics.CodeAnalysis;

namespace Portal.Shared.Outcomes;

/// <summary>Why a request was not carried out.</summary>
public enum FailureKind
{
    /// <summary>The input breaks a rule; the fields say which (HTTP 422).</summary>
    Invalid,

    /// <summary>There is no such thing, or the actor may not know that there is (HTTP 404).</summary>
    NotFound,

    /// <summary>The actor may see the thing but not do this to it (HTTP 403).</summary>
    Forbidden,

    /// <summary>Somebody else was faster: the version the actor worked from is not the current one (HTTP 409).</summary>
    Conflict,
}

/// <summary>A message about one field of the input, in the reader's language.</summary>
/// <param name="Field">The property name of the request; empty for the request as a whole.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record FieldError(string Field, string Message);

/// <summary>The thing that a refused request was about.</summary>
/// <param name="Type">Its kind, as the trail names kinds.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
public sealed record FailureObject(string Type, string Id, string Title);

/// <summary>A refusal with its reasons.</summary>
public sealed record Failure(FailureKind Kind, IReadOnlyList<FieldError> Errors)
{
    /// <summary>No such thing, or not for this actor.</summary>
    public static Failure NotFound { get; } = new(FailureKind.NotFound, []);

    /// <summary>It exists, but outside what the actor may know of: answered as if it did not, kept for the trail.</summary>
    public static Failure OutOfScope { get; } = new(FailureKind.NotFound, []) { Refused = true };

    /// <summary>Known but not allowed.</summary>
    public static Failure Forbidden { get; } = new(FailureKind.Forbidden, []);

    /// <summary>Somebody reached for what is not theirs.</summary>
    public bool Refused { get => field || Kind == FailureKind.Forbidden; init; }

    /// <summary>What was reached for, where the handler had found it; the trail names it.</summary>
    public FailureObject? About { get; init; }

    /// <summary>A stale version.</summary>
    public static Failure Conflict { get; } = new(FailureKind.Conflict, []);

    /// <summary>One field is wrong.</summary>
    public static Failure Invalid(string field, string message) =>
        new(FailureKind.Invalid, [new FieldError(field, message)]);
}

/// <summary>What the pipeline needs to answer in place of a handler.</summary>
public interface IOutcome<TSelf>
    where TSelf : IOutcome<TSelf>
{
    /// <summary>The refusal, if it is one.</summary>
    Failure? Failure { get; }

    /// <summary>Makes a refusal.</summary>
    static abstract TSelf Refuse(Failure failure);
}

/// <summary>Either the value a request asked for or the reason why there is none.</summary>
public sealed class Outcome<T> : IOutcome<Outcome<T>>
{
    private readonly T? _value;

    private Outcome(T? value, Failure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <inheritdoc />
    public Failure? Failure { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Failure is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The outcome is a failure.</exception>
    public T Value => Failure is null
        ? _value!
        : throw new InvalidOperationException($"There is no value: {Failure.Kind}.");

    /// <summary>A success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);

    /// <inheritdoc />
    public static Outcome<T> Refuse(Failure failure) => new(default, failure);
}

/// <summary>The value of a request that only does something.</summary>
public readonly record struct Done
{
    /// <summary>The only value.</summary>
    public static Done Value => default;
}
