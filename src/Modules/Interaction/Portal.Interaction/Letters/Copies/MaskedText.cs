using System.Buffers;
using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// Words of a letter that may be public. Everything public of letters is made of these, and nothing makes one but a
/// person's confirmed masks over the words they were confirmed for; the column of the database gives back what was made.
/// </summary>
internal sealed class MaskedText
{
    private static readonly SearchValues<char> Figures = SearchValues.Create("0123456789０１２３４５６７８９");

    private readonly string _value;

    private MaskedText(string value) => _value = value;

    /// <summary>The words without what is masked.</summary>
    public static MaskedText Of(ConfirmedMasks masks, int part, Func<MaskKind, string> sign)
    {
        var text = masks.Raw.Parts[part].Text;
        var made = new StringBuilder(text.Length);
        var from = 0;
        foreach (var span in masks.SpansOf(part))
        {
            made.Append(text, from, span.Start - from).Append(sign(SignedAs(span, text)));
            from = span.End;
        }

        return new MaskedText(made.Append(text, from, text.Length - from).ToString());
    }

    // Of the writer a name or a number is masked, and a sentence reads on only with the sign of what stood there.
    private static MaskKind SignedAs(PersonalSpan span, string text) =>
        span.Kind == MaskKind.Writer && text.AsSpan(span.Start, span.Length).IndexOfAny(Figures) >= 0 ? MaskKind.Phone : span.Kind;

    public override string ToString() => _value;

    /// <summary>How the column keeps it; only the copies' configuration uses it.</summary>
    internal sealed class Column() : ValueConverter<MaskedText, string>(text => text._value, kept => new MaskedText(kept));
}
