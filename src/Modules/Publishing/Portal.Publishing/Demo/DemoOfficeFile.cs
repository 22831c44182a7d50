using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Portal.Publishing.Demo;

/// <summary>Makes the demo's attachments: the smallest DOCX and XLSX that office programs open.</summary>
internal static class DemoOfficeFile
{
    private const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";

    // The same demo makes the same bytes, and so the same blobs.
    private static readonly DateTimeOffset Stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static (byte[] Content, string MediaType) Make(DemoAttachment attachment) => attachment.Kind switch
    {
        "xlsx" => (Workbook(attachment.Text), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "docx" => (Document(attachment.Text), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        _ => throw new InvalidOperationException($"The demo makes no {attachment.Kind} files."),
    };

    private static byte[] Document(string text) => Pack(
        ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", xml =>
        {
            xml.WriteStartElement("w", "document", Word);
            xml.WriteStartElement("body", Word);
            foreach (var line in text.Split('\n'))
            {
                xml.WriteStartElement("p", Word);
                xml.WriteStartElement("r", Word);
                xml.WriteElementString("t", Word, line);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    ));

    private static byte[] Workbook(string text) => Pack(
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", xml =>
        {
            xml.WriteStartElement("workbook", Sheet);
            xml.WriteStartElement("sheets", Sheet);
            xml.WriteStartElement("sheet", Sheet);
            xml.WriteAttributeString("name", "Sheet1");
            xml.WriteAttributeString("sheetId", "1");
            xml.WriteAttributeString("r", "id", Office, "rId1");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    ),
        ("xl/worksheets/sheet1.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml", xml =>
        {
            xml.WriteStartElement("worksheet", Sheet);
            xml.WriteStartElement("sheetData", Sheet);
            foreach (var line in text.Split('\n'))
            {
                xml.WriteStartElement("row", Sheet);
                foreach (var cell in line.Split(['\t', '|', '，'], StringSplitOptions.TrimEntries))
                {
                    xml.WriteStartElement("c", Sheet);
                    xml.WriteAttributeString("t", "inlineStr");
                    xml.WriteStartElement("is", Sheet);
                    xml.WriteElementString("t", Sheet, cell);
                    xml.WriteEndElement();
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    ));

    private static byte[] Pack(params (string Path, string Type, Action<XmlWriter> Write)[] parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, "[Content_Types].xml", xml =>
            {
                xml.WriteStartElement("Types", Types);
                xml.WriteStartElement("Default", Types);
                xml.WriteAttributeString("Extension", "rels");
                xml.WriteAttributeString("ContentType", "application/vnd.openxmlformats-package.relationships+xml");
                xml.WriteEndElement();
                foreach (var (path, type, _) in parts)
                {
                    xml.WriteStartElement("Override", Types);
                    xml.WriteAttributeString("PartName", "/" + path);
                    xml.WriteAttributeString("ContentType", type);
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            });
            Write(archive, "_rels/.rels", xml => Relate(xml, "officeDocument", parts[0].Path));
            if (parts.Length > 1)
            {
                Write(archive, "xl/_rels/workbook.xml.rels", xml => Relate(xml, "worksheet", "worksheets/sheet1.xml"));
            }

            foreach (var (path, _, write) in parts)
            {
                Write(archive, path, write);
            }
        }

        return stream.ToArray();
    }

    private static void Relate(XmlWriter xml, string type, string target)
    {
        xml.WriteStartElement("Relationships", Relationships);
        xml.WriteStartElement("Relationship", Relationships);
        xml.WriteAttributeString("Id", "rId1");
        xml.WriteAttributeString("Type", Office + "/" + type);
        xml.WriteAttributeString("Target", target);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Write(ZipArchive archive, string path, Action<XmlWriter> write)
    {
        var entry = archive.CreateEntry(path);
        entry.LastWriteTime = Stamp;
        using var content = entry.Open();
        using var xml = XmlWriter.Create(content, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        write(xml);
    }
}
