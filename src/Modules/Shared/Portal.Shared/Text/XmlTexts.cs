using System.Text;
using System.Xml;

namespace Portal.Shared.Text;

/// <summary>Text as XML can hold it: a control character that slipped into a title must not break a whole answer.</summary>
public static class XmlTexts
{
    /// <summary>The text without the characters that XML 1.0 cannot hold.</summary>
    public static string ForXml(this string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = true;
        for (var i = 0; i < text.Length && clean; i++)
        {
            clean = XmlConvert.IsXmlChar(text[i]);
        }

        return clean ? text : Without(text);
    }

    private static string Without(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                kept.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                kept.Append(text[i]).Append(text[++i]);
            }
        }

        return kept.ToString();
    }
}
