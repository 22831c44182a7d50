using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portal.Publishing.RichText;

/// <summary>
/// Reads the editor's JSON strictly: a node or a mark outside the closed set is an error that names it, never a
/// silent loss. Attributes outside the set (class, target, colwidth …) carry no content and are dropped.
/// </summary>
internal sealed class RichJsonReader
{
    // The parser does not recurse, so its own cap may lie above the one for nodes, which names the node that is too
    // deep.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1_000, AllowDuplicateProperties = false };

    private readonly RichLimits limits;
    private readonly List<int> path = [];
    private int nodes;

    private RichJsonReader(RichLimits limits) => this.limits = limits;

    public static Reading Read(string json, RichLimits? limits = null)
    {
        limits ??= RichLimits.Default;
        if (json.Length > limits.Bytes || Encoding.UTF8.GetByteCount(json) > limits.Bytes)
        {
            return Reading.Refused(new RichError(RichFault.TooLarge));
        }

        try
        {
            using var parsed = JsonDocument.Parse(json, Options);
            return Reading.Of(new RichJsonReader(limits).Document(parsed.RootElement));
        }
        catch (RichTextException exception)
        {
            return Reading.Refused(exception.Error);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Broken JSON, JSON deeper than the cap, or a text that is not valid Unicode.
            return Reading.Refused(new RichError(RichFault.NotJson));
        }
    }

    /// <summary>One block by itself, as the plain-text form carries the blocks that text cannot show.</summary>
    public static Block ReadBlock(string json, RichLimits limits)
    {
        using var parsed = JsonDocument.Parse(json, Options);
        return new RichJsonReader(limits).Block(parsed.RootElement, depth: 1);
    }

    private RichDocument Document(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || TypeOf(root) != NodeNames.Doc)
        {
            throw Fault(RichFault.NotADocument, NodeNames.Doc);
        }

        return new RichDocument(Blocks(root, depth: 1));
    }

    private NodeList<Block> Blocks(JsonElement parent, int depth) => Children(parent, depth, Block);

    private Block Block(JsonElement node, int depth)
    {
        var type = Enter(node, depth);
        return type switch
        {
            NodeNames.Paragraph => new Paragraph(Line(node, depth), Align(node)),
            NodeNames.Heading => new Heading(
                Number(node, "level", missing: 2, RichText.Heading.TopLevel, RichText.Heading.BottomLevel),
                Line(node, depth)),
            NodeNames.DocumentNumber => new DocumentNumber(Line(node, depth)),
            NodeNames.BulletList => new BulletList(Filled(type, Children(node, depth + 1, Item))),
            NodeNames.OrderedList => new OrderedList(
                Filled(type, Children(node, depth + 1, Item)), Number(node, "start", 1, 0, 999_999_999)),
            NodeNames.Blockquote => new Blockquote(Blocks(node, depth + 1)),
            NodeNames.Table => new Table(Filled(type, Children(node, depth + 1, Row)), String(node, "caption")),
            NodeNames.Image => new Image(
                Id(node, "mediaId"), String(node, "alt"), Flag(node, "decorative"), String(node, "caption")),
            NodeNames.Attachment => new Attachment(
                Id(node, "mediaId"), String(node, "name"), Size(node), String(node, "mediaType")),
            NodeNames.Video => new Video(Id(node, "mediaId"), String(node, "title")),
            NodeNames.HorizontalRule => new HorizontalRule(),
            _ => throw Foreign(type),
        };
    }

    private ListItem Item(JsonElement node, int depth)
    {
        var type = Enter(node, depth);
        return type == NodeNames.ListItem ? new ListItem(Blocks(node, depth + 1)) : throw Foreign(type);
    }

    private TableRow Row(JsonElement node, int depth)
    {
        var type = Enter(node, depth);
        return type == NodeNames.TableRow ? new TableRow(Children(node, depth + 1, Cell)) : throw Foreign(type);
    }

    private TableCell Cell(JsonElement node, int depth)
    {
        var type = Enter(node, depth);
        HeaderScope? scope = type switch
        {
            NodeNames.TableHeader => Scope(node),
            NodeNames.TableCell => null,
            _ => throw Foreign(type),
        };
        return new TableCell(
            Blocks(node, depth + 1),
            scope,
            Number(node, "colspan", 1, 1, TableCell.MaxSpan),
            Number(node, "rowspan", 1, 1, TableCell.MaxSpan));
    }

    private NodeList<Inline> Line(JsonElement parent, int depth) => Children(parent, depth + 1, Inline);

    private Inline Inline(JsonElement node, int depth)
    {
        var type = Enter(node, depth);
        if (type == NodeNames.HardBreak)
        {
            return new HardBreak();
        }

        if (type != NodeNames.Text)
        {
            throw Foreign(type);
        }

        var value = node.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw Fault(RichFault.InvalidAttribute, "text.text");
        var (marks, link) = MarksOf(node);
        return new Text(value, marks, link);
    }

    private (Marks Marks, Link? Link) MarksOf(JsonElement node)
    {
        var marks = Marks.None;
        Link? link = null;
        if (!node.TryGetProperty("marks", out var array) || array.ValueKind == JsonValueKind.Null)
        {
            return (marks, link);
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            throw Fault(RichFault.InvalidAttribute, "text.marks");
        }

        foreach (var element in array.EnumerateArray())
        {
            var name = element.ValueKind == JsonValueKind.Object ? TypeOf(element) : "";
            if (name == NodeNames.Link)
            {
                link = LinkOf(element);
                continue;
            }

            marks |= Array.Find(NodeNames.Marks, known => known.Name == name) is { Mark: not Marks.None } found
                ? found.Mark
                : throw Fault(RichFault.UnknownMark, name);
        }

        return (marks, link);
    }

    private Link LinkOf(JsonElement mark)
    {
        var href = String(mark, "href");
        Guid? documentId = Attribute(mark, "documentId") is null ? null : Id(mark, "documentId");
        if (href.Length == 0 && documentId is { } id)
        {
            return Link.To(id);
        }

        return Link.TryCreate(href, out var link, documentId) ? link : throw Fault(RichFault.LinkNotAllowed, href);
    }

    private NodeList<T> Children<T>(JsonElement parent, int depth, Func<JsonElement, int, T> read)
        where T : RichNode
    {
        if (!parent.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            throw Fault(RichFault.InvalidAttribute, "content");
        }

        var children = new T[content.GetArrayLength()];
        path.Add(0);
        var index = 0;
        foreach (var child in content.EnumerateArray())
        {
            path[^1] = index;
            children[index++] = read(child, depth);
        }

        path.RemoveAt(path.Count - 1);
        return new NodeList<T>(children);
    }

    private string Enter(JsonElement node, int depth)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            throw Fault(RichFault.UnknownNode, node.ValueKind.ToString());
        }

        var type = TypeOf(node);
        if (depth > limits.Depth)
        {
            throw Fault(RichFault.TooDeep, type);
        }

        if (++nodes > limits.Nodes)
        {
            throw Fault(RichFault.TooManyNodes, type);
        }

        return type;
    }

    private static string TypeOf(JsonElement node) =>
        node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";

    private static JsonElement? Attribute(JsonElement node, string name) =>
        node.TryGetProperty("attrs", out var attributes)
        && attributes.ValueKind == JsonValueKind.Object
        && attributes.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private string String(JsonElement node, string name) => Attribute(node, name) switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } value => value.GetString()!,
        _ => throw Invalid(node, name),
    };

    private bool Flag(JsonElement node, string name) => Attribute(node, name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Invalid(node, name),
    };

    private Guid Id(JsonElement node, string name) =>
        Guid.TryParseExact(String(node, name), "D", out var id) && id != Guid.Empty ? id : throw Invalid(node, name);

    private int Number(JsonElement node, string name, int missing, int min, int max) =>
        Attribute(node, name) is not { } value ? missing
        : WholeNumber(value) is { } number && number >= min && number <= max ? (int)number
        : throw Invalid(node, name);

    private long Size(JsonElement node) =>
        Attribute(node, "size") is not { } value ? 0
        : WholeNumber(value) is { } number and >= 0 ? number
        : throw Invalid(node, "size");

    // The editor reads attributes back from HTML as text.
    private static long? WholeNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(
            value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static TextAlign Align(JsonElement node) =>
        Attribute(node, "textAlign") is { ValueKind: JsonValueKind.String } value
            ? value.GetString() switch
            {
                "center" => TextAlign.Center,
                "right" => TextAlign.Right,
                _ => TextAlign.Left,
            }
            : TextAlign.Left;

    private HeaderScope Scope(JsonElement node) => String(node, "scope") switch
    {
        "" or "col" => HeaderScope.Col,
        "row" => HeaderScope.Row,
        "colgroup" => HeaderScope.Colgroup,
        "rowgroup" => HeaderScope.Rowgroup,
        _ => throw Invalid(node, "scope"),
    };

    private NodeList<T> Filled<T>(string type, NodeList<T> children)
        where T : RichNode =>
        children.Count > 0 ? children : throw Fault(RichFault.InvalidAttribute, type + ".content");

    private RichTextException Invalid(JsonElement node, string attribute) =>
        Fault(RichFault.InvalidAttribute, TypeOf(node) + "." + attribute);

    private RichTextException Foreign(string type) =>
        Fault(NodeNames.All.Contains(type) ? RichFault.MisplacedNode : RichFault.UnknownNode, type);

    private RichTextException Fault(RichFault fault, string name)
    {
        const int longest = 100;
        return new RichTextException(
            new RichError(fault, name.Length <= longest ? name : name[..longest], string.Join('/', path)));
    }
}
