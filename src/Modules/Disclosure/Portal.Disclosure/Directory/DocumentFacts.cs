using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portal.Publishing.Contracts;
using Portal.Shared.Messaging;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory;

/// <summary>What a document says of itself, wherever it stands on its way.</summary>
internal sealed record DocumentFacts
{
    private static readonly string[] TitleGenres =
        ["决议", "决定", "公报", "公告", "通告", "意见", "通知", "通报", "批复", "函", "纪要"];

    private static readonly string[] Courts = ["最高人民法院", "最高人民检察院"];

    public required string Type { get; init; }

    public required string Title { get; init; }

    public string Summary { get; init; } = "";

    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public string Source { get; init; } = "";

    public string Language { get; init; } = "zh-CN";

    public IReadOnlyList<string> MediaTypes { get; init; } = [];

    /// <summary>Full name of the organisation whose site it is on.</summary>
    public required string OrganisationName { get; init; }

    public static DocumentFacts Of(PublishedDocument document, string organisationName) => new()
    {
        Type = document.Type,
        Title = document.Title,
        Summary = document.Summary,
        Fields = document.Fields,
        Keywords = document.Keywords,
        Source = document.Source,
        Language = document.Language,
        MediaTypes = [.. document.Attachments.Select(file => file.MediaType)],
        OrganisationName = organisationName,
    };

    public static DocumentFacts Of(Contracts.CheckDisclosure request, string organisationName) => new()
    {
        Type = request.Type,
        Title = request.Title,
        Summary = request.Summary,
        Fields = request.Fields,
        Keywords = request.Keywords,
        Source = request.Source,
        OrganisationName = organisationName,
    };

    /// <summary>What a person confirms metadata for: the title and the facts, not the wording of the text.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { Type, Title, Fields = new SortedDictionary<string, string>(Fields.ToDictionary(), StringComparer.Ordinal) },
        MessageJson.Options))));

    /// <summary>The facts as metadata. Free text becomes a code of the version in <paramref name="versions"/>, where it is named.</summary>
    public EntryMetadata ToMetadata(IReadOnlyDictionary<string, string> versions)
    {
        var metadata = new EntryMetadata();
        var number = Field("documentNumber") is { } written ? DocumentNumbers.Normalise(written) : null;
        var issuer = Field("issuer");
        metadata.Set("title", Title);
        metadata.Set("description", Summary.CutTo(500));
        metadata.Set("writtenOn", Field("issuedOn"));
        // R-03: who made it discloses it. The issuer of a policy is a fact of its own and never guessed.
        metadata.Set("publisher", issuer ?? (Type == "policy" ? null : OrganisationName));
        metadata.Set("documentNumber", number);
        metadata.Set("keywords", Keywords);
        metadata.Set("source", Source.CutTo(100));
        metadata.Set("language", Language);
        metadata.Set("format", MediaTypes.Select(FormatOf).Prepend("text/html"));
        metadata.Set("effectiveOn", Field("effectiveOn"));
        metadata.Set("repealedOn", Field("repealedOn"));
        metadata.Set("changedOn", Field("changedOn"));
        metadata.Set("validity", Code(Classifications.Validity, "validity", Field("validity"), versions));
        metadata.Set("history", Field("history")?.CutTo(4000));
        metadata.Set("subject", Code(Classifications.Subjects, "subject", Field("subject") ?? NamedSubject(versions), versions));
        var kind = KindOf(number, issuer);
        metadata.Set("kind", kind);
        metadata.Set("genre", Code(Classifications.Genres, "genre", Field("genre") ?? GenreOf(kind), versions));
        // Article 20, item 1: administrative regulations, rules and normative documents.
        metadata.Set("statutoryItem", kind is "law" or "regulation" or "normative" ? "01" : null);
        if (Field("repealedBy") is { } newer)
        {
            metadata.Set("relation", RelationText.Parse($"repealedBy {newer} {Field("repealedOn")}".TrimEnd())?.ToString());
        }

        return metadata;
    }

    private string? Field(string key) =>
        Fields.TryGetValue(key, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private string KindOf(string? number, string? issuer)
    {
        if (Type != "policy")
        {
            return "information";
        }

        var council = issuer is not null && issuer.EndsWith("国务院", StringComparison.Ordinal);
        if (issuer is not null && issuer.Contains("人民代表大会", StringComparison.Ordinal) || IsLaw || (council && IsRegulation))
        {
            return "law";
        }

        return issuer is not null && Courts.Any(court => issuer.StartsWith(court, StringComparison.Ordinal)) ? "official"
            : number is not null && number.Contains('令', StringComparison.Ordinal) ? council ? "law" : "regulation"
            : number is not null && number.Contains('〔', StringComparison.Ordinal) ? "normative"
            : "";
    }

    // 规章制定程序条例, art. 7: rules of departments and governments may not be called 条例. Only the congress makes a 法.
    private bool IsLaw => BareTitle.EndsWith("条例", StringComparison.Ordinal)
        || (BareTitle.StartsWith("中华人民共和国", StringComparison.Ordinal) && BareTitle.EndsWith('法')
            && !BareTitle.EndsWith("办法", StringComparison.Ordinal));

    // 行政法规制定程序条例, art. 5: 条例, 规定 or 办法.
    private bool IsRegulation => BareTitle.EndsWith("规定", StringComparison.Ordinal)
        || BareTitle.EndsWith("办法", StringComparison.Ordinal) || BareTitle.EndsWith("细则", StringComparison.Ordinal);

    // 「……条例（修正）」: what stands in brackets behind is no part of the name.
    private string BareTitle => Title.TrimEnd() is var title && title.EndsWith('）') && title.LastIndexOf('（') is > 0 and var at
        ? title[..at].TrimEnd() : title;

    // By the rules of official writing a title ends in the genre's name.
    private string? GenreOf(string kind) => kind switch
    {
        "law" => "法规",
        "regulation" => "规章",
        _ => TitleGenres.FirstOrDefault(genre => BareTitle.EndsWith(genre, StringComparison.Ordinal))
            // A judicial interpretation is none of the fifteen.
            ?? (kind == "official" ? "其他" : null),
    };

    // What the words of a title say is a suggestion; only for policies, whose titles are made by rules.
    private string? NamedSubject(IReadOnlyDictionary<string, string> versions) =>
        Type == "policy" && versions.GetValueOrDefault("subject") is { } version
            && SubjectWords.CodeOf(Title) is { } code && Classifications.Subjects.ItemOf(code, version) is not null
            ? code : null;

    private static string? Code(
        Classification list, string element, string? text, IReadOnlyDictionary<string, string> versions) =>
        text is null ? null : list.Read(text, versions.GetValueOrDefault(element))?.Code ?? text;

    private static string FormatOf(string mediaType) =>
        Classifications.Of("formats").ItemOf(mediaType) is { } known ? known.Code
        : mediaType.Split('/')[0] is "image" or "audio" or "video" ? mediaType.Split('/')[0]
        : "other";
}
