using Microsoft.Extensions.Localization;
using Portal.Audit.Trail;

namespace Portal.Audit;

/// <summary>What the Audit pages say. Its texts are beside it.</summary>
public sealed class AuditText;

internal static class AuditTexts
{
    /// <summary>The name of an action; a code that has none yet shows itself.</summary>
    public static string Action(this IStringLocalizer<AuditText> text, string action) => text.Or("Action." + action, action);

    /// <summary>Who decided; the platform's own acts and those of nobody known have a name of their own.</summary>
    public static string Actor(this IStringLocalizer<AuditText> text, EntryLine line) =>
        line.ActorId is null ? text["Actor.None"] : line.ActorName;

    /// <summary>What was decided on; a use case that was refused has a name as other codes have.</summary>
    public static string Object(this IStringLocalizer<AuditText> text, EntryLine line) =>
        line.ObjectType == "request" ? text.FactValue(line.ObjectId) : line.ObjectTitle ?? line.ObjectId;

    /// <summary>The name of a kind of object.</summary>
    public static string ObjectType(this IStringLocalizer<AuditText> text, string type) => text.Or("Object." + type, type);

    /// <summary>The name of a further fact.</summary>
    public static string Fact(this IStringLocalizer<AuditText> text, string name) => text.Or("Fact." + name, name);

    /// <summary>What a further fact says: a code has a word, a name or a number shows itself.</summary>
    public static string FactValue(this IStringLocalizer<AuditText> text, string value) => text.Or("Value." + value, value);

    private static string Or(this IStringLocalizer<AuditText> text, string key, string otherwise) =>
        text[key] is { ResourceNotFound: false } found ? found.Value : otherwise;
}
