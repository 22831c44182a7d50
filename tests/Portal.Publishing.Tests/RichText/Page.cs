using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

/// <summary>A page to render for: every media item and document exists, and addresses lead back to their ids.</summary>
internal static class Page
{
    public static RenderContext Context { get; } = new()
    {
        DocumentUrl = static id => $"/documents/{id}",
        Media = static id => new MediaSource($"/media/{id}", 640, 480),
        NeedsNotice = static host => host.EndsWith("evil.example", StringComparison.Ordinal),
        TableLabel = "表格",
    };

    public static HtmlReferences References { get; } = new()
    {
        Document = static address => IdAfter("/documents/", address),
        Media = static address => IdAfter("/media/", address),
    };

    public static string Render(RichDocument document) => HtmlRenderer.Render(document, Context);

    public static string Render(params ReadOnlySpan<Block> blocks) => Render(new RichDocument(NodeList.Create(blocks)));

    public static RichDocument Read(string html)
    {
        var reading = HtmlReader.Read(html, References);
        Assert.True(reading.Succeeded, reading.Error?.ToString());
        return reading.Document;
    }

    public static IElement Parse(string html) => new HtmlParser().ParseDocument(html).Body!;

    private static Guid? IdAfter(string prefix, string address) =>
        address.StartsWith(prefix, StringComparison.Ordinal)
        && Guid.TryParseExact(address[prefix.Length..], "D", out var id)
            ? id
            : null;
}
