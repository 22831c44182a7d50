using AngleSharp.Dom;

namespace Portal.Publishing.Tests.RichText;

/// <summary>What may stand in a rendered text, written down a second time and apart from the renderer.</summary>
internal static class AllowList
{
    private static readonly Dictionary<string, string[]> Elements = new()
    {
        ["p"] = ["class"],
        ["h2"] = ["id"],
        ["h3"] = ["id"],
        ["h4"] = ["id"],
        ["ul"] = [],
        ["ol"] = ["start"],
        ["li"] = [],
        ["blockquote"] = [],
        ["div"] = ["class", "role", "tabindex", "aria-label"],
        ["table"] = [],
        ["caption"] = [],
        ["thead"] = [],
        ["tbody"] = [],
        ["tr"] = [],
        ["th"] = ["scope", "colspan", "rowspan"],
        ["td"] = ["colspan", "rowspan"],
        ["figure"] = ["class"],
        ["figcaption"] = [],
        ["img"] = ["src", "alt", "width", "height", "loading", "decoding"],
        ["video"] = ["controls", "preload", "src", "aria-label"],
        ["a"] = ["href", "rel", "class", "type", "download"],
        ["data"] = ["class", "value"],
        ["hr"] = [],
        ["br"] = [],
        ["strong"] = [],
        ["em"] = [],
        ["u"] = [],
        ["s"] = [],
        ["sup"] = [],
        ["sub"] = [],
    };

    private static readonly string[] Classes =
    [
        "p-addressee", "p-align-center", "p-align-right", "p-docnumber", "p-table", "p-image", "p-video", "p-attachment", "p-file",
        "p-file__size", "p-missing",
    ];

    public static void Check(string html)
    {
        var body = Page.Parse(html);
        foreach (var node in body.Descendants())
        {
            Assert.True(node is IElement or IText, $"{node.NodeType} in {html}");
        }

        foreach (var element in body.QuerySelectorAll("*"))
        {
            Check(element, html);
        }

        // What a browser builds is what it would build again from its own words: nothing hides between two parses.
        Assert.Equal(body.InnerHtml, Page.Parse(body.InnerHtml).InnerHtml);
    }

    private static void Check(IElement element, string html)
    {
        Assert.True(Elements.TryGetValue(element.LocalName, out var attributes), $"<{element.LocalName}> in {html}");
        Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
        foreach (var attribute in element.Attributes)
        {
            Assert.True(attributes.Contains(attribute.Name), $"{element.LocalName}[{attribute.Name}] in {html}");
            switch (attribute.Name)
            {
                case "class":
                    Assert.Contains(attribute.Value, Classes);
                    break;
                case "id":
                    Assert.Matches("^s-[0-9]+$", attribute.Value);
                    break;
                case "src":
                    Assert.Matches("^/media/[0-9a-f-]{36}$", attribute.Value);
                    break;
                case "href":
                    CheckAddress(element, attribute.Value);
                    break;
            }
        }
    }

    private static void CheckAddress(IElement element, string address)
    {
        Assert.DoesNotContain(address, character => char.IsControl(character) || character is '\\' or ' ' or '"');
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Equal("noopener noreferrer", element.GetAttribute("rel"));
            Assert.Empty(new Uri(address).UserInfo);
            return;
        }

        Assert.Matches("^(mailto:|tel:|#|/$|/[^/])", address);
    }
}
