using Portal.Shared.Outcomes;

namespace Portal.Publishing.Writing;

/// <summary>Names, ids and errors of form fields.</summary>
internal static class FormNames
{
    /// <summary><c>Fields[issuer]</c> is the name, <c>Fields-issuer</c> the id.</summary>
    public static string IdOf(string field) => field.Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    public static IReadOnlyList<FieldError> Of(this IReadOnlyList<FieldError> errors, string field) =>
        [.. errors.Where(error => error.Field == field)];
}
