using System.Text;
using System.Xml;

namespace Portal.Disclosure.Directory;

/// <summary>Text as XML can hold it: a control character that slipped into a title must not break a whole answer.</summary>
internal static class XmlTexts
{
    public static string ForXml(this string text)
    {
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
