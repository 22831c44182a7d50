using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Publishing.RichText;

/// <summary>Writes the canonical form: fixed order of properties, defaults left out, no blanks.</summary>
internal static class RichJsonWriter
{
    // Not for embedding in a page as it stands: the page encodes it like any other text.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1_000,
        SkipValidation = true,
    };

    public static string Write(RichDocument document) => Write(json =>
    {
        Begin(json, NodeNames.Doc);
        Content(json, document.Content, Write);
        json.WriteEndObject();
    });

    public static string Write(Block block) => Write(json => Write(json, block));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Block block)
    {
        Begin(json, NodeNames.Of(block));
        switch (block)
        {
            case Paragraph paragraph:
                Attributes(json, ("textAlign", Name(paragraph.Align)));
                Content(json, paragraph.Content, Write);
                break;
            case Heading heading:
                Attributes(json, ("level", heading.Level));
                Content(json, heading.Content, Write);
                break;
            case DocumentNumber number:
                Content(json, number.Content, Write);
                break;
            case BulletList list:
                Content(json, list.Items, Write);
                break;
            case OrderedList list:
                Attributes(json, ("start", Unless(list.Start, 1)));
                Content(json, list.Items, Write);
                break;
            case Blockquote quote:
                Content(json, quote.Content, Write);
                break;
            case Table table:
                Attributes(json, ("caption", Unless(table.Caption)));
                Content(json, table.Rows, Write);
                break;
            case Image image:
                Attributes(
                    json,
                    ("mediaId", image.MediaId),
                    ("alt", Unless(image.Alt)),
                    ("decorative", image.Decorative ? true : null),
                    ("caption", Unless(image.Caption)));
                break;
            case Attachment attachment:
                Attributes(
                    json,
                    ("mediaId", attachment.MediaId),
                    ("name", Unless(attachment.Name)),
                    ("size", attachment.Size),
                    ("mediaType", Unless(attachment.MediaType)));
                break;
            case Video video:
                Attributes(json, ("mediaId", video.MediaId), ("title", Unless(video.Title)));
                break;
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ListItem item)
    {
        Begin(json, NodeNames.ListItem);
        Content(json, item.Content, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TableRow row)
    {
        Begin(json, NodeNames.TableRow);
        Content(json, row.Cells, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TableCell cell)
    {
        Begin(json, cell.IsHeader ? NodeNames.TableHeader : NodeNames.TableCell);
        Attributes(
            json,
            ("scope", cell.Scope is { } scope ? Name(scope) : null),
            ("colspan", Unless(cell.Colspan, 1)),
            ("rowspan", Unless(cell.Rowspan, 1)));
        Content(json, cell.Content, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Inline inline)
    {
        if (inline is not Text text)
        {
            Begin(json, NodeNames.HardBreak);
            json.WriteEndObject();
            return;
        }

        Begin(json, NodeNames.Text);
        if (text.Marks != Marks.None || text.Link is not null)
        {
            json.WriteStartArray("marks");
            if (text.Link is { } link)
            {
                Begin(json, NodeNames.Link);
                Attributes(json, ("href", link.Href), ("documentId", link.DocumentId));
                json.WriteEndObject();
            }

            foreach (var (mark, name) in NodeNames.Marks)
            {
                if (text.Marks.HasFlag(mark))
                {
                    Begin(json, name);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        }

        json.WriteString("text", text.Value);
        json.WriteEndObject();
    }

    public static string? Name(TextAlign align) => align switch
    {
        TextAlign.Center => "center",
        TextAlign.Right => "right",
        _ => null,
    };

    public static string Name(HeaderScope scope) => scope switch
    {
        HeaderScope.Row => "row",
        HeaderScope.Colgroup => "colgroup",
        HeaderScope.Rowgroup => "rowgroup",
        _ => "col",
    };

    private static void Begin(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
    }

    private static void Content<T>(Utf8JsonWriter json, NodeList<T> nodes, Action<Utf8JsonWriter, T> write)
        where T : RichNode
    {
        if (nodes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("content");
        foreach (var node in nodes)
        {
            write(json, node);
        }

        json.WriteEndArray();
    }

    private static void Attributes(Utf8JsonWriter json, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        var open = false;
        foreach (var (name, value) in attributes)
        {
            if (value is null)
            {
                continue;
            }

            if (!open)
            {
                json.WriteStartObject("attrs");
                open = true;
            }

            switch (value)
            {
                case int number:
                    json.WriteNumber(name, number);
                    break;
                case long number:
                    json.WriteNumber(name, number);
                    break;
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case Guid id:
                    json.WriteString(name, id);
                    break;
                default:
                    json.WriteString(name, (string)value);
                    break;
            }
        }

        if (open)
        {
            json.WriteEndObject();
        }
    }

    private static string? Unless(string value) => value.Length == 0 ? null : value;

    private static int? Unless(int value, int usual) => value == usual ? null : value;
}
