using System.Text.Json;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Directory;

/// <summary>
/// The subject that a title names by its words: where all words that it holds are of one class, and of that only. Staff
/// say otherwise where it is wrong; two classes in one title, or none, are for staff from the start.
/// </summary>
internal static class SubjectWords
{
    // What stands before the name of every national law says nothing of its subject.
    private const string Country = "中华人民共和国";

    private static readonly WordFile File = Load();

    // The longer word first: 「农产品质量安全」 is no 「产品质量」.
    private static readonly (string Word, string Code)[] Words =
        [.. File.Words.SelectMany(pair => pair.Value.Select(word => (word, pair.Key))).OrderByDescending(pair => pair.word.Length)];

    /// <summary>The code in today's list; null when the title does not say.</summary>
    public static string? CodeOf(string title)
    {
        var text = title.Replace(Country, "", StringComparison.Ordinal).ToCharArray();
        string? found = null;
        foreach (var (word, code) in Words)
        {
            for (var at = text.AsSpan().IndexOf(word); at >= 0; at = text.AsSpan().IndexOf(word))
            {
                if (found is not null && found != code)
                {
                    return null;
                }

                found = code;
                text.AsSpan(at, word.Length).Clear();
            }
        }

        return found is null ? null : Classifications.Subjects.Today(found, File.List);
    }

    private static WordFile Load()
    {
        using var stream = typeof(SubjectWords).Assembly.GetManifestResourceStream("Portal.Disclosure.Directory.subject-words.json")!;
        return JsonSerializer.Deserialize<WordFile>(stream, MessageJson.Options)!;
    }

    private sealed record WordFile(string Version, string List, Dictionary<string, IReadOnlyList<string>> Words);
}
