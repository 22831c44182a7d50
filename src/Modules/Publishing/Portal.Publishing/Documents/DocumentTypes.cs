using System.Collections.Frozen;
using System.Text.Json;
using Portal.Shared.Messaging;

namespace Portal.Publishing.Documents;

/// <summary>What a field of a document type holds.</summary>
public enum FieldKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>A date, <c>YYYY-MM-DD</c>.</summary>
    Date,

    /// <summary>A date and a time of day in Beijing, <c>YYYY-MM-DDTHH:MM</c>.</summary>
    Instant,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of a closed list.</summary>
    Choice,

    /// <summary>文号, <c>机关代字〔YYYY〕N号</c>.</summary>
    DocumentNumber,
}

/// <summary>A field of a document type. Its label is in the resource file under <c>Field.</c> and its key.</summary>
public sealed record DocumentField(
    string Key, FieldKind Kind, bool Required = false, int Max = 200, IReadOnlyList<string>? Choices = null);

/// <summary>A document type: configuration, not a class. Its name is in the resource file under <c>Type.</c> and its key.</summary>
/// <param name="Key">The key kept with the document.</param>
/// <param name="Fields">Its own fields, in form order.</param>
/// <param name="Official">An official document: centred title, metadata table, print style.</param>
/// <param name="Interprets">It names the policies it interprets.</param>
/// <param name="Composed">Another module composes its editions; nobody starts or edits one by hand.</param>
public sealed record DocumentType(
    string Key, IReadOnlyList<DocumentField> Fields, bool Official = false, bool Interprets = false, bool Composed = false);

/// <summary>The configured document types.</summary>
internal static class DocumentTypes
{
    /// <summary>The field of a composed type that names what was composed.</summary>
    public const string Composition = "composition";

    private static readonly FrozenDictionary<string, DocumentType> ByKey = Read();

    public static IReadOnlyList<DocumentType> All { get; } = [.. ByKey.Values.OrderBy(type => type.Key, StringComparer.Ordinal)];

    public static DocumentType? Find(string key) => ByKey.GetValueOrDefault(key);

    private static FrozenDictionary<string, DocumentType> Read()
    {
        using var stream = typeof(DocumentTypes).Assembly
            .GetManifestResourceStream("Portal.Publishing.Documents.document-types.json")!;
        return JsonSerializer.Deserialize<List<DocumentType>>(stream, MessageJson.Options)!
            .ToFrozenDictionary(type => type.Key);
    }
}
