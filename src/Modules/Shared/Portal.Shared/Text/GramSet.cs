using System.Text;

namespace Portal.Shared.Text;

/// <summary>
/// The different grams of a text. Pairs of characters are kept as numbers: a law has thousands of them, and most occur
/// more than once.
/// </summary>
public sealed class GramSet
{
    // PostgreSQL refuses longer lexemes; a "word" of that length is no word.
    private const int LexemeLength = 200;

    private const int RuneBits = 21;

    private readonly HashSet<ulong> _pairs = [];
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    /// <summary>Adds two neighbouring characters; the default rune stands for none.</summary>
    public void Add(Rune first, Rune second) =>
        _pairs.Add(((ulong)first.Value << RuneBits) | (uint)second.Value);

    /// <summary>Adds a word of letters or digits.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        if (word.Length <= LexemeLength)
        {
            _words.GetAlternateLookup<ReadOnlySpan<char>>().Add(word);
        }
    }

    /// <summary>Adds everything that is in <paramref name="other"/>.</summary>
    public void Add(GramSet other)
    {
        _pairs.UnionWith(other._pairs);
        _words.UnionWith(other._words);
    }

    /// <summary>
    /// The lexemes: words, then pairs by code point, which for Chinese text is the order in which PostgreSQL keeps a
    /// vector, so that it need not sort.
    /// </summary>
    public string[] ToLexemes()
    {
        var lexemes = new string[_words.Count + _pairs.Count];
        _words.CopyTo(lexemes);
        lexemes.AsSpan(0, _words.Count).Sort(StringComparer.Ordinal);
        ulong[] pairs = [.. _pairs];
        pairs.AsSpan().Sort();
        for (var i = 0; i < pairs.Length; i++)
        {
            lexemes[_words.Count + i] = TextOf(pairs[i]);
        }

        return lexemes;
    }

    private static string TextOf(ulong pair)
    {
        Span<char> characters = stackalloc char[4];
        var length = new Rune((uint)(pair >> RuneBits)).EncodeToUtf16(characters);
        if ((pair & ((1 << RuneBits) - 1)) is var second and > 0)
        {
            length += new Rune((uint)second).EncodeToUtf16(characters[length..]);
        }

        return new string(characters[..length]);
    }
}
