using System.Xml;

namespace Portal.Shared.Outbound;

/// <summary>
/// The only way in which XML from outside is read: from its beginning to its end, without document types, entities or
/// anything that it refers to, and bounded in size and depth (threat 13).
/// </summary>
public static class SafeXml
{
    private const int MostCharacters = 4 * 1024 * 1024;
    private const int Deepest = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    };

    /// <summary>A reader at the root element.</summary>
    /// <exception cref="XmlException">It is not well formed, or has what it may not have.</exception>
    public static XmlReader Open(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var reader = XmlReader.Create(new MemoryStream(content, writable: false), Settings);
        try
        {
            reader.MoveToContent();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Moves on; refuses what is nested deeper than any honest document.</summary>
    /// <exception cref="XmlException">It is not well formed, or too deep.</exception>
    public static bool Next(this XmlReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Read() && (reader.Depth <= Deepest ? true : throw new XmlException("The document is nested too deeply."));
    }
}
