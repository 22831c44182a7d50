using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory.HarvestDirectory;

/// <summary>Writes answers of OAI-PMH 2.0 in the order that its schema asks for.</summary>
internal sealed class HarvestXml(SiteInfo directory, ISites sites, IStringLocalizer<DirectoryText> text)
{
    public const string Path = "oai";
    public const string SchemaPath = "oai/cngov.xsd";
    public const string Cngov = "urn:portal:disclosure:cngov:1";

    private const string DublinCore = "oai_dc";
    private const string Own = "cngov";
    private const string Namespace = "http://www.openarchives.org/OAI/2.0/";
    private const string Schema = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd";
    private const string DcNamespace = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    private const string DcSchema = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";
    private const string DcTerms = "http://purl.org/dc/elements/1.1/";
    private const string Friends = "http://www.openarchives.org/OAI/2.0/friends/";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Urn = "urn:uuid:";

    /// <summary>Formats that every record can be had in.</summary>
    public static readonly IReadOnlyList<string> Formats = [DublinCore, Own];

    private readonly string _base = sites.AddressOf(directory, Path).AbsoluteUri;

    public static string IdentifierOf(Guid id) => Urn + id.ToString("D");

    /// <summary>The entry that an identifier names, if it can name one.</summary>
    public static Guid? EntryOf(string identifier) =>
        identifier.StartsWith(Urn, StringComparison.Ordinal) && Guid.TryParseExact(identifier[Urn.Length..], "D", out var id)
            ? id : null;

    /// <summary>The answer around what a verb says.</summary>
    public static byte[] Write(
        string baseUrl, DateTimeOffset at, HarvestRequest request, IReadOnlyList<HarvestError> errors, Action<XmlWriter>? body)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("OAI-PMH", Namespace);
            xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Namespace} {Schema}");
            xml.WriteElementString("responseDate", Namespace, Second(at));
            xml.WriteStartElement("request", Namespace);
            // A wrong verb or argument is not repeated: the schema would not take it.
            foreach (var (key, value) in request.Arguments)
            {
                xml.WriteAttributeString(key, value.ForXml());
            }

            xml.WriteString(baseUrl);
            xml.WriteEndElement();
            foreach (var error in errors)
            {
                xml.WriteStartElement("error", Namespace);
                xml.WriteAttributeString("code", error.Code);
                xml.WriteString(error.Words.ForXml());
                xml.WriteEndElement();
            }

            if (body is not null)
            {
                xml.WriteStartElement(request.Verb, Namespace);
                body(xml);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    public byte[] Errors(DateTimeOffset at, HarvestRequest request, params IReadOnlyList<HarvestError> errors) =>
        Write(_base, at, request, errors, null);

    public byte[] Identify(DateTimeOffset at, HarvestRequest request, DateTimeOffset earliest) =>
        Write(_base, at, request, [], xml =>
        {
            xml.WriteElementString("repositoryName", Namespace, text["Harvest.Name", directory.Name].Value.ForXml());
            xml.WriteElementString("baseURL", Namespace, _base);
            xml.WriteElementString("protocolVersion", Namespace, "2.0");
            xml.WriteElementString("adminEmail", Namespace, EmailOf(directory));
            xml.WriteElementString("earliestDatestamp", Namespace, Second(earliest));
            xml.WriteElementString("deletedRecord", Namespace, "persistent");
            xml.WriteElementString("granularity", Namespace, "YYYY-MM-DDThh:mm:ssZ");
            WriteFriends(xml);
        });

    public byte[] FormatList(DateTimeOffset at, HarvestRequest request) =>
        Write(_base, at, request, [], xml =>
        {
            foreach (var (prefix, schema, space) in new[]
            {
                (DublinCore, DcSchema, DcNamespace), (Own, sites.AddressOf(directory, SchemaPath).AbsoluteUri, Cngov),
            })
            {
                xml.WriteStartElement("metadataFormat", Namespace);
                xml.WriteElementString("metadataPrefix", Namespace, prefix);
                xml.WriteElementString("schema", Namespace, schema);
                xml.WriteElementString("metadataNamespace", Namespace, space);
                xml.WriteEndElement();
            }
        });

    public byte[] SetList(DateTimeOffset at, HarvestRequest request, IReadOnlyList<HarvestSet> sets) =>
        Write(_base, at, request, [], xml =>
        {
            foreach (var set in sets)
            {
                xml.WriteStartElement("set", Namespace);
                xml.WriteElementString("setSpec", Namespace, set.Spec);
                xml.WriteElementString("setName", Namespace, set.Name.ForXml());
                xml.WriteEndElement();
            }
        });

    public byte[] Record(DateTimeOffset at, HarvestRequest request, HarvestedEntry entry) =>
        Write(_base, at, request, [], xml => WriteRecord(xml, entry, request.Prefix));

    public byte[] List(DateTimeOffset at, HarvestRequest request, HarvestPart part) =>
        Write(_base, at, request, [], xml =>
        {
            foreach (var entry in part.Entries)
            {
                if (request.Verb == HarvestRequest.ListIdentifiers)
                {
                    WriteHeader(xml, entry);
                }
                else
                {
                    WriteRecord(xml, entry, request.Prefix);
                }
            }

            if (part.More || request.Resumes)
            {
                var place = request.Place!;
                xml.WriteStartElement("resumptionToken", Namespace);
                xml.WriteAttributeString("cursor", place.Cursor.ToString(CultureInfo.InvariantCulture));
                // The last part of a list that came in parts says so with a token that is empty.
                xml.WriteString(part.More
                    ? (place with { After = part.Entries[^1].Sequence, Cursor = place.Cursor + part.Entries.Count }).ToString()
                    : "");
                xml.WriteEndElement();
            }
        });

    private static string Second(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // The protocol asks for an address of somebody; a site that has named none is reached at its domain.
    private static string EmailOf(SiteInfo site) =>
        site.Email is { Length: > 0 } email && email.Contains('@', StringComparison.Ordinal) && !email.Any(char.IsWhiteSpace) ? email
        : site.PrimaryDomain.Contains('.', StringComparison.Ordinal) ? "webmaster@" + site.PrimaryDomain
        : "webmaster@localhost.localdomain";

    // The other directories of the province, so that a harvester finds them all from one address.
    private void WriteFriends(XmlWriter xml)
    {
        var others = sites.All
            .Where(site => site.IsOpen && site.Id != directory.Id && sites.DirectoryOf(site) == site.Id)
            .OrderBy(site => site.Key, StringComparer.Ordinal).ToList();
        if (others.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("description", Namespace);
        xml.WriteStartElement("friends", Friends);
        xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Friends} http://www.openarchives.org/OAI/2.0/friends.xsd");
        foreach (var other in others)
        {
            xml.WriteElementString("baseURL", Friends, sites.AddressOf(other, Path).AbsoluteUri);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteRecord(XmlWriter xml, HarvestedEntry entry, string prefix)
    {
        xml.WriteStartElement("record", Namespace);
        WriteHeader(xml, entry);
        // A withdrawn record is known by its header alone.
        if (!entry.Deleted)
        {
            xml.WriteStartElement("metadata", Namespace);
            if (prefix == DublinCore)
            {
                WriteDublinCore(xml, entry);
            }
            else
            {
                WriteCngov(xml, entry);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteHeader(XmlWriter xml, HarvestedEntry entry)
    {
        xml.WriteStartElement("header", Namespace);
        if (entry.Deleted)
        {
            xml.WriteAttributeString("status", "deleted");
        }

        xml.WriteElementString("identifier", Namespace, IdentifierOf(entry.Id));
        xml.WriteElementString("datestamp", Namespace, Second(entry.UpdatedAt));
        foreach (var spec in HarvestSets.SpecsOf(entry, sites))
        {
            xml.WriteElementString("setSpec", Namespace, spec);
        }

        xml.WriteEndElement();
    }

    private void WriteDublinCore(XmlWriter xml, HarvestedEntry entry)
    {
        xml.WriteStartElement("oai_dc", "dc", DcNamespace);
        xml.WriteAttributeString("xmlns", "dc", null, DcTerms);
        xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{DcNamespace} {DcSchema}");
        void Write(string name, IEnumerable<string?> values)
        {
            foreach (var value in values.OfType<string>().Where(value => value.Length > 0).Distinct(StringComparer.Ordinal))
            {
                xml.WriteElementString("dc", name, DcTerms, value.ForXml());
            }
        }

        var metadata = entry.Metadata;
        Write("title", metadata.All("title"));
        Write("creator", metadata.All("publisher"));
        Write("subject", [.. Shown(entry, "subject"), .. metadata.All("keywords")]);
        Write("description", metadata.All("description"));
        Write("publisher", metadata.All("publisher"));
        Write("date", metadata.All("writtenOn"));
        Write("type", Shown(entry, "genre"));
        Write("format", metadata.All("format"));
        Write("identifier",
        [
            sites.AddressOf(directory, RecordPath.Of(entry.Id)).AbsoluteUri, metadata.One("indexNumber"), metadata.One("documentNumber"),
        ]);
        Write("source", metadata.All("source"));
        Write("language", metadata.All("language"));
        Write("relation", metadata.All("relation").Select(value => RelationText.Parse(value)?.Other ?? value));
        Write("rights", [.. Shown(entry, "openness"), .. Shown(entry, "validity")]);
        xml.WriteEndElement();
    }

    private void WriteCngov(XmlWriter xml, HarvestedEntry entry)
    {
        xml.WriteStartElement(Own, "record", Cngov);
        xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Cngov} {sites.AddressOf(directory, SchemaPath).AbsoluteUri}");
        foreach (var element in MetadataProfile.Current.Elements)
        {
            foreach (var value in entry.Metadata.All(element.Key))
            {
                xml.WriteStartElement(Own, element.Tag, Cngov);
                if (element.Type == ElementType.Code)
                {
                    xml.WriteAttributeString("code", value.ForXml());
                    if (entry.CodeVersions.GetValueOrDefault(element.Key) is { } version)
                    {
                        xml.WriteAttributeString("version", version);
                    }
                }

                xml.WriteString(element.Type is ElementType.Code or ElementType.Relation
                    ? MetadataValues.Text(element, [value], entry.CodeVersions.GetValueOrDefault(element.Key), text).ForXml()
                    : value.ForXml());
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    private IEnumerable<string> Shown(HarvestedEntry entry, string key) => entry.Metadata.All(key).Select(value =>
        MetadataValues.Text(MetadataProfile.Current.Find(key)!, [value], entry.CodeVersions.GetValueOrDefault(key), text));
}
