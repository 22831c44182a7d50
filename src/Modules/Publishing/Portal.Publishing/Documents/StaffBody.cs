using Portal.Publishing.RichText;

namespace Portal.Publishing.Documents;

/// <summary>A body as staff see it before it is public: its files come through the console.</summary>
internal static class StaffBody
{
    public static string Html(string tree) => Html(tree, id => $"/console/media/{id:D}");

    public static string Html(string tree, Func<Guid, string> file) =>
        RichJsonReader.Read(tree) is { Succeeded: true } reading
            ? HtmlRenderer.Render(reading.Document, Context(file))
            : "";

    public static RenderContext Context(Func<Guid, string> file) => new()
    {
        DocumentUrl = id => $"/console/documents/{id:D}",
        Media = id => new MediaSource(file(id)),
    };
}
