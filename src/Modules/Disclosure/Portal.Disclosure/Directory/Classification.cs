using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Shared.Messaging;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory;

/// <summary>A code of a classification list.</summary>
public sealed record ClassificationItem
{
    /// <summary>The code that entries keep.</summary>
    public required string Code { get; init; }

    /// <summary>Its name in this version.</summary>
    public required string Name { get; init; }

    /// <summary>The code above; null at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>Other names that people write for it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Sets of codes that obligations name.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The code that takes its place in the next version, where it is another one.</summary>
    public string? Successor { get; init; }
}

/// <summary>One version of a list. A version that entries have used never changes; a new one follows it.</summary>
public sealed record ClassificationVersion
{
    /// <summary>Its name, kept with each code that an entry took from it.</summary>
    public required string Version { get; init; }

    /// <summary>The first day on which new entries take their codes from it.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The codes, in the order of the list, each class before what is below it.</summary>
    public required IReadOnlyList<ClassificationItem> Items { get; init; }
}

/// <summary>
/// A classification list 分类 as versioned data (S-16 统一分类体系). Codes that entries keep are never rewritten: they are
/// shown with the name of the version they were taken from, and found under the code that has succeeded them.
/// </summary>
internal sealed partial class Classification
{
    private readonly IReadOnlyList<Index> _versions;

    private Classification(string key, IEnumerable<ClassificationVersion> versions)
    {
        Key = key;
        _versions = [.. versions.OrderBy(version => version.EffectiveFrom).Select(version => new Index(version))];
    }

    public string Key { get; }

    public IReadOnlyList<ClassificationVersion> Versions => [.. _versions.Select(index => index.Version)];

    /// <summary>The version that new entries use on a day.</summary>
    public ClassificationVersion On(DateOnly day) => IndexOn(day).Version;

    /// <summary>The version of this name; null when there is none.</summary>
    public ClassificationVersion? Find(string version) =>
        _versions.FirstOrDefault(index => index.Version.Version == version)?.Version;

    /// <summary>A code of a version; the newest one where the version is unknown.</summary>
    public ClassificationItem? ItemOf(string code, string? version = null) =>
        IndexOf(version).ByCode.GetValueOrDefault(code);

    /// <summary>Name of a code as its version writes it, with the class above: 「综合政务/电子政务」.</summary>
    public string NameOf(string code, string? version = null)
    {
        var index = IndexOf(version);
        return index.ByCode.GetValueOrDefault(code) is not { } item ? code
            : item.Parent is { } parent && index.ByCode.GetValueOrDefault(parent) is { } above ? above.Name + "/" + item.Name
            : item.Name;
    }

    /// <summary>Is there anything below the code?</summary>
    public bool IsLeaf(string code, string? version = null) => !IndexOf(version).Parents.Contains(code);

    /// <summary>The code under which something classified by an older version is found today.</summary>
    public string Today(string code, string? version)
    {
        var place = version is null ? -1 : IndexAt(version);
        for (var i = place; i >= 0 && i < _versions.Count - 1; i++)
        {
            code = _versions[i].ByCode.GetValueOrDefault(code)?.Successor ?? code;
        }

        return code;
    }

    /// <summary>
    /// Reads what people write: a code, a name, a path of names (「科技、教育/教育」), an alias. Null when it is none of them.
    /// </summary>
    public ClassificationItem? Read(string text, string? version = null)
    {
        var index = IndexOf(version);
        var folded = FoldName(text);
        if (index.ByCode.GetValueOrDefault(text.Trim()) is { } coded)
        {
            return coded;
        }

        return index.ByName.GetValueOrDefault(folded)
            ?? index.ByName.GetValueOrDefault(FoldName(PathMark().Replace(text, "/")));
    }

    /// <summary>Reads a list from its file.</summary>
    public static Classification Of(Stream json)
    {
        var file = JsonSerializer.Deserialize<ClassificationFile>(json, MessageJson.Options)!;
        return new Classification(file.Key, file.Versions);
    }

    private Index IndexOn(DateOnly day) =>
        _versions.LastOrDefault(index => index.Version.EffectiveFrom <= day) ?? _versions[0];

    private Index IndexOf(string? version) =>
        version is null ? _versions[^1] : _versions[Math.Max(IndexAt(version), 0)];

    private int IndexAt(string version)
    {
        for (var i = 0; i < _versions.Count; i++)
        {
            if (_versions[i].Version.Version == version)
            {
                return i;
            }
        }

        return -1;
    }

    // Full-width brackets and blanks are how one clerk differs from another, not what they mean.
    private static string FoldName(string text) => Blank().Replace(Grams.Fold(text), "");

    [GeneratedRegex(@"\s*[/／\\>＞|—-]+\s*", RegexOptions.NonBacktracking)]
    private static partial Regex PathMark();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();

    private sealed record ClassificationFile(string Key, IReadOnlyList<ClassificationVersion> Versions);

    private sealed class Index
    {
        public Index(ClassificationVersion version)
        {
            Version = version;
            ByCode = version.Items.ToFrozenDictionary(item => item.Code);
            Parents = version.Items.Select(item => item.Parent).OfType<string>().ToFrozenSet();
            Dictionary<string, ClassificationItem> names = [];
            foreach (var item in version.Items)
            {
                var above = item.Parent is { } parent ? ByCode[parent].Name + "/" : "";
                foreach (var name in item.Aliases.Prepend(item.Name))
                {
                    names.TryAdd(FoldName(above + name), item);
                }
            }

            // The name of a sub-class alone names it where no other class has one of that name.
            foreach (var group in version.Items.Where(item => item.Parent is not null).GroupBy(item => FoldName(item.Name)))
            {
                if (group.Count() == 1)
                {
                    names.TryAdd(group.Key, group.Single());
                }
            }

            ByName = names.ToFrozenDictionary();
        }

        public ClassificationVersion Version { get; }

        public FrozenDictionary<string, ClassificationItem> ByCode { get; }

        public FrozenDictionary<string, ClassificationItem> ByName { get; }

        public FrozenSet<string> Parents { get; }
    }
}

/// <summary>The classification lists of the platform, from the files beside it.</summary>
internal static class Classifications
{
    private const string Folder = "Portal.Disclosure.Directory.Classifications.";

    private static readonly FrozenDictionary<string, Classification> ByKey = ReadAll();

    public static IReadOnlyList<Classification> All { get; } =
        [.. ByKey.Values.OrderBy(list => list.Key, StringComparer.Ordinal)];

    public static Classification Of(string key) => ByKey[key];

    public static Classification Subjects => ByKey["subjects"];

    public static Classification Genres => ByKey["genres"];

    public static Classification StatutoryItems => ByKey["statutory-items"];

    public static Classification FiveOpenness => ByKey["five-openness"];

    public static Classification Validity => ByKey["validity"];

    private static FrozenDictionary<string, Classification> ReadAll()
    {
        var assembly = typeof(Classifications).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return Classification.Of(stream);
            })
            .ToFrozenDictionary(list => list.Key);
    }
}
