using Microsoft.Extensions.Localization;

namespace Portal.Audit;

/// <summary>What the Audit pages say. Its texts are beside it.</summary>
public sealed class AuditText;

internal static class AuditTexts
{
    /// <summary>The name of an action; a code that has none yet shows itself.</summary>
    public static string Action(this IStringLocalizer<AuditText> text, string action) => text.Or("Action." + action, action);

    /// <summary>The name of a kind of object.</summary>
    public static string ObjectType(this IStringLocalizer<AuditText> text, string type) => text.Or("Object." + type, type);

    /// <summary>The name of a further fact.</summary>
    public static string Fact(this IStringLocalizer<AuditText> text, string name) => text.Or("Fact." + name, name);

    private static string Or(this IStringLocalizer<AuditText> text, string key, string otherwise) =>
        text[key] is { ResourceNotFound: false } found ? found.Value : otherwise;
}
