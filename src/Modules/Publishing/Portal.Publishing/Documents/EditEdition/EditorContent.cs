using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Portal.Publishing.Documents.EditEdition;

/// <summary>The tree as the editor's script reads it from the page.</summary>
internal static class EditorContent
{
    // Escapes <, > and & whatever the ranges: no text can end the script element.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Adds to pictures and videos where staff can fetch them; null when the text is no JSON.</summary>
    public static string? Of(string tree)
    {
        try
        {
            var root = JsonNode.Parse(tree, documentOptions: new JsonDocumentOptions { MaxDepth = 200 });
            AddSources(root);
            if (root is JsonObject document && document["content"] is not JsonArray { Count: > 0 })
            {
                // The editor's schema asks for one block at least.
                document["content"] = new JsonArray(new JsonObject { ["type"] = "paragraph" });
            }

            return root?.ToJsonString(Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void AddSources(JsonNode? node)
    {
        if (node is not JsonObject element)
        {
            return;
        }

        if (element["attrs"] is JsonObject attributes
            && attributes["mediaId"] is JsonValue value && value.TryGetValue<string>(out var text)
            && Guid.TryParse(text, out var id))
        {
            attributes["src"] = "/console/media/" + id.ToString("D");
        }

        if (element["content"] is JsonArray content)
        {
            foreach (var child in content)
            {
                AddSources(child);
            }
        }
    }
}
