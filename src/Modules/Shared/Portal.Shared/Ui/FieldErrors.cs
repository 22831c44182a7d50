using Portal.Shared.Outcomes;

namespace Portal.Shared.Ui;

/// <summary>Finds the errors of a field, and the id that the summary's links lead to.</summary>
public static class FieldErrors
{
    /// <summary>The messages about <paramref name="field"/>.</summary>
    public static IReadOnlyList<FieldError> For(this IReadOnlyList<FieldError> errors, string field)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return [.. errors.Where(error => error.Field == field)];
    }

    /// <summary>The id of a field's control: <c>Fields[issuer]</c> has the id <c>Fields-issuer</c>.</summary>
    public static string IdOf(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Replace('[', '-').Replace('.', '-').Replace("]", "", StringComparison.Ordinal);
    }
}

/// <summary>A choice of a list.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Label">What people read.</param>
/// <param name="Hint">A further line under it.</param>
public sealed record Choice(string Value, string Label, string? Hint = null);
