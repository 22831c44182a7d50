using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Portal.Shared.Ui;

/// <summary>schema.org data for a <c>script type="application/ld+json"</c> element.</summary>
public static class StructuredData
{
    // Escapes <, > and & whatever the ranges, so that no text can end the script element.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The JSON text, safe inside a script element.</summary>
    public static string Write(JsonObject data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.ToJsonString(Options);
    }
}
