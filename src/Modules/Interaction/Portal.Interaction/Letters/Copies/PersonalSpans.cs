using System.Text;
using System.Text.RegularExpressions;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// Proposes what of a text must not become public: numbers with the checks of their kind, plates, addresses down to the
/// door, names. It rather proposes too much: a person decides, and what they leave needs a reason.
/// </summary>
internal static partial class PersonalSpans
{
    /// <summary>The places of a text, in order, none over another.</summary>
    public static IReadOnlyList<PersonalSpan> Find(string text, WrittenLetter writer)
    {
        var folded = PersonalNumbers.Folded(text);
        List<PersonalSpan> found = [];
        Writers(folded, writer, found);
        Numbers(folded, writer, found);
        All(Plate(), folded, MaskKind.Plate, found);
        All(Email(), folded, MaskKind.Other, found);
        All(Messenger(), folded, MaskKind.Other, found);
        All(Passport(), folded, MaskKind.IdNumber, found);
        PersonalAddresses.Collect(folded, found);
        PersonalNames.Collect(folded, found);
        return Joined(found);
    }

    /// <summary>The text with stars for each of its places, whatever their length: what a person who confirms it begins with.</summary>
    public static string Starred(string text, string name = "", string phone = "") =>
        Starred(text, Find(text, new WrittenLetter { Name = name, Phone = phone, Title = "", Text = "" }), (_, _) => Masking.Hidden);

    /// <summary>The text with stars for what is found in it.</summary>
    public static string Starred(string text, Func<string, IEnumerable<PersonalSpan>> find) =>
        Starred(text, Joined(find(PersonalNumbers.Folded(text))), (_, _) => Masking.Hidden);

    /// <summary>
    /// The text as those read it who work with it: numbers keep their last four and names their surnames, so that one person
    /// can be told from the next; what reaches somebody by mail or messenger, and where behind a house door they live, is hidden.
    /// What a letter is often about stays: the street, the house, the plate of a car.
    /// </summary>
    public static string ForWork(string text)
    {
        var masked = Masking.InText(text);
        var folded = PersonalNumbers.Folded(masked);
        List<PersonalSpan> found = [.. PersonalAddresses.Doors(folded)];
        All(Email(), folded, MaskKind.Other, found);
        All(Messenger(), folded, MaskKind.Other, found);
        All(Passport(), folded, MaskKind.IdNumber, found);
        PersonalNames.Collect(folded, found);
        // A surname alone is what a mask would leave.
        found.RemoveAll(span => span is { Kind: MaskKind.Name, Length: 1 });
        return Starred(masked, Joined(found), (words, kind) => kind == MaskKind.Name ? Masking.Name(words) : Masking.Hidden);
    }

    private static string Starred(string text, IReadOnlyList<PersonalSpan> places, Func<string, MaskKind, string> sign)
    {
        var made = new StringBuilder(text.Length);
        var from = 0;
        foreach (var span in places)
        {
            made.Append(text, from, span.Start - from).Append(sign(text.Substring(span.Start, span.Length), span.Kind));
            from = span.End;
        }

        return made.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Every place of some words in a text.</summary>
    public static IEnumerable<PersonalSpan> Of(string text, string words, MaskKind kind)
    {
        var (folded, sought) = (PersonalNumbers.Folded(text), PersonalNumbers.Folded(words));
        for (var at = folded.IndexOf(sought, StringComparison.OrdinalIgnoreCase); at >= 0 && sought.Length > 0;
            at = folded.IndexOf(sought, at + sought.Length, StringComparison.OrdinalIgnoreCase))
        {
            yield return new PersonalSpan(at, sought.Length, kind);
        }
    }

    /// <summary>Places in order; those that meet become one, of the kind that weighs more.</summary>
    public static IReadOnlyList<PersonalSpan> Joined(IEnumerable<PersonalSpan> found)
    {
        List<PersonalSpan> kept = [];
        foreach (var span in found.Where(span => span.Length > 0).OrderBy(span => span.Start).ThenByDescending(span => span.Length))
        {
            if (kept.Count > 0 && span.Start < kept[^1].End)
            {
                var last = kept[^1];
                kept[^1] = new PersonalSpan(
                    last.Start, Math.Max(last.End, span.End) - last.Start, last.Kind < span.Kind ? last.Kind : span.Kind);
            }
            else
            {
                kept.Add(span);
            }
        }

        return kept;
    }

    private static void Writers(string text, WrittenLetter writer, List<PersonalSpan> found)
    {
        // One sign is no name that could be told from a word.
        if (writer.Name.Length > 1)
        {
            found.AddRange(Of(text, writer.Name, MaskKind.Writer));
            // 张三 signs, 张先生 is written of.
            found.AddRange(PersonalNames.Addressed(text, writer.Name));
        }

        if (writer.Phone.Length > 4)
        {
            found.AddRange(Of(text, writer.Phone, MaskKind.Writer));
        }
    }

    private static void Numbers(string text, WrittenLetter writer, List<PersonalSpan> found)
    {
        var own = Digits(writer.Phone);
        found.AddRange(PersonalNumbers.Find(text).Select(number => new PersonalSpan(number.Start, number.Length, number.Kind switch
        {
            PersonalNumberKind.IdNumber => MaskKind.IdNumber,
            PersonalNumberKind.BankCard => MaskKind.BankCard,
            // The writer's own, however it is spaced.
            PersonalNumberKind.Phone when own.Length > 4 && Digits(text.Substring(number.Start, number.Length)).EndsWith(own, StringComparison.Ordinal) => MaskKind.Writer,
            PersonalNumberKind.Phone => MaskKind.Phone,
            _ => MaskKind.Other,
        })));
    }

    private static string Digits(string text) => string.Concat(PersonalNumbers.Folded(text).Where(char.IsAsciiDigit));

    private static void All(Regex pattern, string text, MaskKind kind, List<PersonalSpan> found)
    {
        foreach (Match match in pattern.Matches(text))
        {
            found.Add(new PersonalSpan(match.Index, match.Length, kind));
        }
    }

    // GA 36: five signs after the office's letter, six on a new-energy plate.
    [GeneratedRegex(
        @"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Za-hj-np-z][ ·.\-]?[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]",
        RegexOptions.NonBacktracking)]
    private static partial Regex Plate();

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?:微信|[Qq][Qq]|抖音|钉钉)号?(?:码|是|为)?[: ]{0,2}[A-Za-z0-9_\-]{5,30}", RegexOptions.NonBacktracking)]
    private static partial Regex Messenger();

    [GeneratedRegex(@"(?:[EeGgDdSsPpHhMm][0-9]{8}|[Ee][A-Za-z][0-9]{7})", RegexOptions.NonBacktracking)]
    private static partial Regex Passport();
}
