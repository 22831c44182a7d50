using Portal.Shared.Actors;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// The masks of a letter as a person confirmed them: never the machine alone. Made only from a review in which every
/// proposal is kept or left with a reason, and in which the person says that they have read the whole.
/// </summary>
internal sealed class ConfirmedMasks
{
    private const int LongestReason = 100;

    private readonly ILookup<int, PersonalSpan> _spans;

    private ConfirmedMasks(RawCopy raw, Actor by, IReadOnlyList<KeptMask> kept, ILookup<int, PersonalSpan> spans)
    {
        (Raw, By, Kept) = (raw, by, kept);
        _spans = spans;
    }

    public RawCopy Raw { get; }

    public Actor By { get; }

    /// <summary>For the file: what was masked, left and added, and why.</summary>
    public IReadOnlyList<KeptMask> Kept { get; }

    public IReadOnlyList<PersonalSpan> SpansOf(int part) => [.. _spans[part]];

    /// <summary>The masks, or what is wrong with the review: a field and the key of a message.</summary>
    public static (ConfirmedMasks? Masks, IReadOnlyList<(string Field, string Key)> Faults) Confirm(RawCopy raw, MaskReview review, Actor by)
    {
        List<(string, string)> faults = [];
        List<KeptMask> kept = [];
        List<(int Part, PersonalSpan Span)> spans = [];
        foreach (var proposal in raw.Proposals)
        {
            if (!review.Left.TryGetValue(proposal.Key, out var reason))
            {
                spans.Add((proposal.Part, proposal.Span));
                kept.Add(new KeptMask(proposal.Part, proposal.Span.Kind, MaskFate.Masked, ""));
            }
            else if (proposal.Stays)
            {
                faults.Add(("Left-" + proposal.Key, "Copy.Fault.Stays"));
            }
            else if (PublicText.Line(reason) is not { Length: > 0 } why || !PublicText.Fits(why, LongestReason))
            {
                faults.Add(("Reason-" + proposal.Key, "Copy.Fault.LeftReason"));
            }
            else
            {
                kept.Add(new KeptMask(proposal.Part, proposal.Span.Kind, MaskFate.Left, Masking.InText(why)));
            }
        }

        foreach (var (added, index) in review.Added.Select((added, index) => (added, index)))
        {
            var found = raw.Parts.SelectMany((part, place) => PersonalSpans.Of(part.Text, added.Words, added.Kind).Select(span => (place, span))).ToList();
            if (found.Count == 0)
            {
                faults.Add(($"Words-{index}", "Copy.Fault.NotThere"));
            }
            else if (PublicText.Line(added.Reason) is not { Length: > 0 } why || !PublicText.Fits(why, LongestReason))
            {
                faults.Add(($"Why-{index}", "Copy.Fault.AddedReason"));
            }
            else
            {
                spans.AddRange(found);
                kept.AddRange(found.Select(place => new KeptMask(place.place, added.Kind, MaskFate.Added, Masking.InText(why))));
            }
        }

        if (!review.Sure)
        {
            faults.Add(("Sure", "Copy.Fault.Sure"));
        }

        if (faults.Count > 0)
        {
            return (null, faults);
        }

        var joined = spans.GroupBy(span => span.Part)
            .SelectMany(group => PersonalSpans.Joined(group.Select(span => span.Span)).Select(span => (group.Key, Span: span)))
            .ToLookup(span => span.Key, span => span.Span);
        return (new ConfirmedMasks(raw, by, kept, joined), []);
    }
}

/// <summary>What became of a mask.</summary>
public enum MaskFate
{
    /// <summary>Proposed and confirmed.</summary>
    Masked,

    /// <summary>Proposed and left, with a reason.</summary>
    Left,

    /// <summary>Added by a person.</summary>
    Added,
}

/// <summary>A mask as the file keeps it: nothing of what it hides.</summary>
public sealed record KeptMask(int Part, MaskKind Kind, MaskFate Fate, string Reason);
