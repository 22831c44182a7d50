using Portal.Shared.Text;

namespace Portal.Disclosure.Directory.DescribeCatalog;

/// <summary>What a statement says of its subject: another node, an address or a text.</summary>
internal abstract record RdfValue;

/// <summary>An address.</summary>
internal sealed record RdfLink(string Iri) : RdfValue;

/// <summary>A text, in a language or of a type.</summary>
internal sealed record RdfText(string Text, string? Language = null, string? Type = null) : RdfValue;

/// <summary>A thing with its statements; without an address it is known only where it stands.</summary>
internal sealed record RdfNode(string? Iri, params IReadOnlyList<string> Types) : RdfValue
{
    private readonly List<(string Property, RdfValue Value)> _statements = [];

    public IReadOnlyList<(string Property, RdfValue Value)> Statements => _statements;

    public RdfNode Add(string property, RdfValue value)
    {
        _statements.Add((property, value));
        return this;
    }

    public RdfNode Link(string property, string? iri) => iri is null ? this : Add(property, new RdfLink(iri));

    public RdfNode Chinese(string property, string? text) =>
        string.IsNullOrEmpty(text) ? this : Add(property, new RdfText(text.ForXml(), "zh"));

    public RdfNode Text(string property, string? text, string? type = null) =>
        string.IsNullOrEmpty(text) ? this : Add(property, new RdfText(text.ForXml(), null, type));
}

/// <summary>The vocabularies of the catalogue, by the prefix that properties and types are written with.</summary>
internal static class RdfPrefixes
{
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public static readonly IReadOnlyList<(string Prefix, string Namespace)> All =
    [
        ("dcat", "http://www.w3.org/ns/dcat#"),
        ("dct", "http://purl.org/dc/terms/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("hydra", "http://www.w3.org/ns/hydra/core#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    /// <summary>Prefix, namespace and local name of a short name.</summary>
    public static (string Prefix, string Namespace, string Local) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var prefix = name[..colon];
        return (prefix, All.First(pair => pair.Prefix == prefix).Namespace, name[(colon + 1)..]);
    }

    public static string Expand(string name)
    {
        var (_, space, local) = Split(name);
        return space + local;
    }
}
