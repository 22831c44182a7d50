using System.Globalization;
using System.Text;
using System.Xml;

namespace Portal.Disclosure.Directory.HarvestDirectory;

/// <summary>The schema of the format <c>cngov</c>, written from the metadata profile: where the profile grows, it grows.</summary>
internal static class CngovSchema
{
    private const string Namespace = "http://www.w3.org/2001/XMLSchema";
    private const string Coded = "Coded";

    public static byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("xs", "schema", Namespace);
            xml.WriteAttributeString("xmlns", "cngov", null, HarvestXml.Cngov);
            xml.WriteAttributeString("targetNamespace", HarvestXml.Cngov);
            xml.WriteAttributeString("elementFormDefault", "qualified");
            xml.WriteAttributeString("version", MetadataProfile.Current.Version);
            xml.WriteStartElement("element", Namespace);
            xml.WriteAttributeString("name", "record");
            xml.WriteStartElement("complexType", Namespace);
            xml.WriteStartElement("sequence", Namespace);
            foreach (var element in MetadataProfile.Current.Elements)
            {
                WriteElement(xml, element);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
            WriteCoded(xml);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    // What a record still lacks is work for staff, not a reason to keep it from harvesters: only what is always there must be.
    private static void WriteElement(XmlWriter xml, MetadataElement element)
    {
        xml.WriteStartElement("element", Namespace);
        xml.WriteAttributeString("name", element.Tag);
        xml.WriteAttributeString("type", element.Type switch
        {
            ElementType.Code => "cngov:" + Coded,
            ElementType.Date => "xs:date",
            ElementType.Instant => "xs:dateTime",
            _ => "xs:string",
        });
        xml.WriteAttributeString("minOccurs", element.Source == ElementSource.Allotted || element.Key == "title" ? "1" : "0");
        xml.WriteAttributeString("maxOccurs", element.Many.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    private static void WriteCoded(XmlWriter xml)
    {
        xml.WriteStartElement("complexType", Namespace);
        xml.WriteAttributeString("name", Coded);
        xml.WriteStartElement("simpleContent", Namespace);
        xml.WriteStartElement("extension", Namespace);
        xml.WriteAttributeString("base", "xs:string");
        foreach (var (name, use) in new[] { ("code", "required"), ("version", "optional") })
        {
            xml.WriteStartElement("attribute", Namespace);
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("type", "xs:string");
            xml.WriteAttributeString("use", use);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
