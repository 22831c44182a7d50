using FluentValidation;

namespace Portal.Host.Web;

internal static class FilledRule
{
    /// <summary>Something other than blanks, and not more than <paramref name="most"/> characters.</summary>
    public static IRuleBuilderOptions<T, string?> Filled<T>(this IRuleBuilder<T, string?> rule, int most) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text) && text.Length <= most);
}
