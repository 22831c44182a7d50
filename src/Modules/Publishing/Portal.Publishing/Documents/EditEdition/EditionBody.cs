using Portal.Publishing.RichText;

namespace Portal.Publishing.Documents.EditEdition;

/// <summary>The two forms in which a body goes to the editing page and comes back.</summary>
internal static class EditionBody
{
    /// <summary>Written by the editor: the node tree as JSON.</summary>
    public const string Tree = "tree";

    /// <summary>Typed into the plain box without JavaScript.</summary>
    public const string Plain = "text";

    public static Reading Read(string body, string format) =>
        format == Tree ? RichJsonReader.Read(body.Length == 0 ? RichDocument.Empty.ToJson() : body) : PlainTextReader.Read(body);

    /// <summary>The tree as the plain box shows it.</summary>
    public static string Plainly(RichDocument document) => PlainTextWriter.Write(document);
}
