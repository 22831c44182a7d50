using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;

namespace Portal.Disclosure.Directory.DescribeCatalog;

/// <summary>Writes nodes as JSON-LD, Turtle and RDF/XML: the same statements in each.</summary>
internal static class RdfWriters
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Indented = true };

    public static byte[] JsonLd(IReadOnlyList<RdfNode> nodes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("@context");
            foreach (var (prefix, space) in RdfPrefixes.All)
            {
                json.WriteString(prefix, space);
            }

            json.WriteEndObject();
            json.WriteStartArray("@graph");
            foreach (var node in nodes)
            {
                Write(json, node);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static byte[] Turtle(IReadOnlyList<RdfNode> nodes)
    {
        var text = new StringBuilder();
        foreach (var (prefix, space) in RdfPrefixes.All)
        {
            text.Append("@prefix ").Append(prefix).Append(": <").Append(space).Append("> .\n");
        }

        // What has an address and stands inside another is written after it.
        var waiting = new Queue<RdfNode>(nodes);
        while (waiting.TryDequeue(out var node))
        {
            text.Append("\n<").Append(node.Iri).Append('>');
            Write(text, node, waiting, "    ");
            text.Append(" .\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Xml(IReadOnlyList<RdfNode> nodes)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("rdf", "RDF", RdfPrefixes.Rdf);
            foreach (var (prefix, space) in RdfPrefixes.All)
            {
                xml.WriteAttributeString("xmlns", prefix, null, space);
            }

            foreach (var node in nodes)
            {
                Write(xml, node);
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RdfNode node)
    {
        json.WriteStartObject();
        if (node.Iri is not null)
        {
            json.WriteString("@id", node.Iri);
        }

        json.WriteStartArray("@type");
        foreach (var type in node.Types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
        foreach (var statements in node.Statements.GroupBy(statement => statement.Property))
        {
            json.WriteStartArray(statements.Key);
            foreach (var (_, value) in statements)
            {
                Write(json, value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RdfValue value)
    {
        switch (value)
        {
            case RdfNode node:
                Write(json, node);
                break;
            case RdfLink link:
                json.WriteStartObject();
                json.WriteString("@id", link.Iri);
                json.WriteEndObject();
                break;
            case RdfText text:
                json.WriteStartObject();
                json.WriteString("@value", text.Text);
                if (text.Language is not null)
                {
                    json.WriteString("@language", text.Language);
                }
                else if (text.Type is not null)
                {
                    json.WriteString("@type", text.Type);
                }

                json.WriteEndObject();
                break;
        }
    }

    private static void Write(StringBuilder text, RdfNode node, Queue<RdfNode> waiting, string indent)
    {
        text.Append(" a ").AppendJoin(", ", node.Types);
        foreach (var (property, value) in node.Statements)
        {
            text.Append(" ;\n").Append(indent).Append(property).Append(' ');
            switch (value)
            {
                case RdfNode { Iri: { } iri } other:
                    text.Append('<').Append(iri).Append('>');
                    waiting.Enqueue(other);
                    break;
                case RdfNode nameless:
                    text.Append('[');
                    Write(text, nameless, waiting, indent + "    ");
                    text.Append(" ]");
                    break;
                case RdfLink link:
                    text.Append('<').Append(link.Iri).Append('>');
                    break;
                case RdfText literal:
                    text.Append('"').Append(Escape(literal.Text)).Append('"');
                    text.Append(literal.Language is { } language ? "@" + language : literal.Type is { } type ? "^^" + type : "");
                    break;
            }
        }
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal);

    private static void Write(XmlWriter xml, RdfNode node)
    {
        Start(xml, node.Types[0]);
        if (node.Iri is not null)
        {
            xml.WriteAttributeString("rdf", "about", RdfPrefixes.Rdf, node.Iri);
        }

        foreach (var type in node.Types.Skip(1))
        {
            xml.WriteStartElement("rdf", "type", RdfPrefixes.Rdf);
            xml.WriteAttributeString("rdf", "resource", RdfPrefixes.Rdf, RdfPrefixes.Expand(type));
            xml.WriteEndElement();
        }

        foreach (var (property, value) in node.Statements)
        {
            Start(xml, property);
            switch (value)
            {
                case RdfNode other:
                    Write(xml, other);
                    break;
                case RdfLink link:
                    xml.WriteAttributeString("rdf", "resource", RdfPrefixes.Rdf, link.Iri);
                    break;
                case RdfText text:
                    if (text.Language is not null)
                    {
                        xml.WriteAttributeString("xml", "lang", null, text.Language);
                    }
                    else if (text.Type is not null)
                    {
                        xml.WriteAttributeString("rdf", "datatype", RdfPrefixes.Rdf, RdfPrefixes.Expand(text.Type));
                    }

                    xml.WriteString(text.Text);
                    break;
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string name)
    {
        var (prefix, space, local) = RdfPrefixes.Split(name);
        xml.WriteStartElement(prefix, local, space);
    }
}
