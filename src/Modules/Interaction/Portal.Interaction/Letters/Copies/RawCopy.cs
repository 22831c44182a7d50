using System.Collections.Frozen;

namespace Portal.Interaction.Letters.Copies;

/// <summary>What a part of a published letter is.</summary>
public enum CopyPartKind
{
    Title,

    /// <summary>来信内容</summary>
    Letter,

    /// <summary>答复内容</summary>
    Reply,

    /// <summary>追问</summary>
    Question,
}

/// <summary>A part as it was written.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Day">When it was written.</param>
/// <param name="Text">The words, with everything personal in them.</param>
/// <param name="Outcome">What became of it, for a reply.</param>
internal sealed record RawPart(CopyPartKind Kind, DateOnly Day, string Text, ReplyOutcome? Outcome = null);

/// <summary>A letter with its replies as they were written, and what the rules propose to mask in them.</summary>
internal sealed class RawCopy
{
    public RawCopy(Guid letterId, Guid replyPaperId, WrittenLetter writer, IReadOnlyList<RawPart> parts, IReadOnlySet<string>? officePhones = null)
    {
        (LetterId, ReplyPaperId, Parts) = (letterId, replyPaperId, parts);
        var known = officePhones ?? FrozenSet<string>.Empty;
        List<IReadOnlyList<PersonalSpan>> found =
        [
            .. parts.Select(part => part.Kind == CopyPartKind.Reply
                ? [.. PersonalSpans.Find(part.Text, writer).Where(span => !OfficePhones.IsAt(part.Text, span, known))]
                : PersonalSpans.Find(part.Text, writer)),
        ];
        // A name that the letter introduces is one in the reply as well.
        HashSet<string> names = new(
            found.SelectMany((spans, index) => spans.Where(span => span is { Kind: MaskKind.Name, Length: > 1 })
                .Select(span => parts[index].Text.Substring(span.Start, span.Length))),
            StringComparer.Ordinal);
        Proposals =
        [
            .. parts.SelectMany((part, index) => PersonalSpans
                .Joined(found[index].Concat(names.SelectMany(name => PersonalSpans.Of(part.Text, name, MaskKind.Name))))
                .Select(span => new MaskProposal(index, span))),
        ];
    }

    public Guid LetterId { get; }

    /// <summary>The last reply in it: a later one asks for a new copy.</summary>
    public Guid ReplyPaperId { get; }

    public IReadOnlyList<RawPart> Parts { get; }

    public IReadOnlyList<MaskProposal> Proposals { get; }
}

/// <summary>A mask that the rules propose.</summary>
internal sealed record MaskProposal(int Part, PersonalSpan Span)
{
    /// <summary>Names it in the form.</summary>
    public string Key { get; } = FormattableString.Invariant($"{Part}-{Span.Start}-{Span.Length}");

    /// <summary>Must it stay?</summary>
    public bool Stays => Span.Kind is MaskKind.Writer or MaskKind.IdNumber or MaskKind.BankCard;
}

/// <summary>What a person says to the proposals.</summary>
internal sealed record MaskReview
{
    /// <summary>Proposals that are not masked, with the reason; whatever is not named is masked.</summary>
    public IReadOnlyDictionary<string, string> Left { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Words that are masked wherever they stand.</summary>
    public IReadOnlyList<AddedMask> Added { get; init; } = [];

    /// <summary>The person says that they have read everything.</summary>
    public bool Sure { get; init; }
}

/// <summary>Words that a person adds.</summary>
public sealed record AddedMask(string Words, MaskKind Kind, string Reason);
