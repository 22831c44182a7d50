using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Letters.Copies.PrepareLetterCopy;

/// <summary>
/// The masks of a public copy: opens the letter in full (on the record), shows what is masked so far, or confirms it.
/// </summary>
public sealed record PrepareLetterCopy : IRequest<Outcome<PreparedCopy>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ScreenLetters;

    public Guid LetterId { get; init; }

    /// <summary>Confirm, or only show again?</summary>
    public bool Confirm { get; init; }

    /// <summary>Says that the letter was opened before.</summary>
    public string Look { get; init; } = "";

    /// <summary>The last reply that the form showed.</summary>
    public Guid? Reply { get; init; }

    /// <summary>Proposals that are not masked, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Left { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Words that are masked besides.</summary>
    public IReadOnlyList<AddedMask> Added { get; init; } = [];

    public bool Sure { get; init; }
}

/// <summary>The form of the masks; only who keeps the mailbox sees it.</summary>
public sealed record PreparedCopy
{
    public required Guid LetterId { get; init; }

    public required string Number { get; init; }

    public required string Look { get; init; }

    public required Guid Reply { get; init; }

    /// <summary>The masks are confirmed and the copy waits for its release.</summary>
    public bool Proposed { get; init; }

    public required IReadOnlyList<PreparedPart> Parts { get; init; }

    public required IReadOnlyList<PreparedMask> Masks { get; init; }

    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>A part, cut where masks begin and end.</summary>
public sealed record PreparedPart(CopyPartKind Kind, IReadOnlyList<PreparedPiece> Pieces);

/// <summary>A piece of a part.</summary>
/// <param name="Text">The words.</param>
/// <param name="Kind">What it is taken for when it is masked; null: it will be public.</param>
public sealed record PreparedPiece(string Text, MaskKind? Kind);

/// <summary>A proposal.</summary>
public sealed record PreparedMask(string Key, CopyPartKind Part, MaskKind Kind, string Words, bool Stays);

internal sealed class PrepareLetterCopyHandler(
    InteractionDbContext db, LetterScope scope, LetterWriter writer, LetterForms forms, CopyDesk desk, IStringLocalizer<CopyText> text)
    : IRequestHandler<PrepareLetterCopy, Outcome<PreparedCopy>>
{
    public async Task<Outcome<PreparedCopy>> Handle(PrepareLetterCopy request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindWithWriterAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        var letter = found.Letter;
        if (!parties.HasFlag(LetterParty.Office))
        {
            return Failure.Forbidden with { About = new FailureObject("letter", letter.Id.ToString(), letter.Number) };
        }

        var copies = await db.LetterCopies.AsNoTracking()
            .Where(row => row.LetterId == letter.Id && (row.State == CopyState.Proposed || row.State == CopyState.Published))
            .Select(row => new { row.State, row.ReplyPaperId }).ToListAsync(cancellationToken);
        if (CopyDesk.Hindrance(
                found, copies.Exists(copy => copy.State == CopyState.Proposed),
                copies.Find(copy => copy.State == CopyState.Published)?.ReplyPaperId) is { } hindrance)
        {
            return desk.Conflict(hindrance);
        }

        if (await desk.RawAsync(found, cancellationToken) is not { } opened)
        {
            return desk.Conflict("Copy.Not.Reply");
        }

        var raw = opened.Raw;
        var review = new MaskReview { Left = request.Left, Added = request.Added, Sure = request.Sure };
        var known = forms.IsLook(request.Look, letter.Id, actor.Id);
        if (!known)
        {
            // Whoever sets the masks reads the letter in full: that is a look like any other.
            writer.Note(found, LetterTrigger.Reveal, actor, text["Copy.Look"]);
        }
        else if (request.Reply != raw.ReplyPaperId)
        {
            return desk.Conflict("Copy.Stale");
        }

        var (masks, faults) = ConfirmedMasks.Confirm(raw, request.Confirm ? review : review with { Sure = true }, actor);
        var proposed = known && request.Confirm && masks is not null;
        if (proposed && await desk.ProposeAsync(found, masks!, cancellationToken) is { Succeeded: false } refused)
        {
            return refused.Failure;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (CopyDesk.IsOne(exception))
        {
            db.ChangeTracker.Clear();
            return desk.Conflict("Copy.Stale");
        }

        return new PreparedCopy
        {
            LetterId = letter.Id,
            Number = letter.Number,
            Look = known ? request.Look : forms.NewLook(letter.Id, actor.Id),
            Reply = raw.ReplyPaperId,
            Proposed = proposed,
            Parts = [.. raw.Parts.Select((part, index) => new PreparedPart(part.Kind, Cut(raw, review, index)))],
            Masks =
            [
                .. raw.Proposals.Select(proposal => new PreparedMask(
                    proposal.Key, raw.Parts[proposal.Part].Kind, proposal.Span.Kind,
                    raw.Parts[proposal.Part].Text.Substring(proposal.Span.Start, proposal.Span.Length), proposal.Stays)),
            ],
            Errors = known ? [.. faults.Select(fault => new FieldError(fault.Field, text[fault.Key]))] : [],
        };
    }

    // What the form shows as masked is what would be, were it confirmed as it stands.
    private static List<PreparedPiece> Cut(RawCopy raw, MaskReview review, int index)
    {
        var words = raw.Parts[index].Text;
        var spans = PersonalSpans.Joined(
            raw.Proposals.Where(proposal => proposal.Part == index && (proposal.Stays || !review.Left.ContainsKey(proposal.Key)))
                .Select(proposal => proposal.Span)
                .Concat(review.Added.SelectMany(added => PersonalSpans.Of(words, added.Words, added.Kind))));
        List<PreparedPiece> pieces = [];
        var from = 0;
        foreach (var span in spans)
        {
            pieces.Add(new PreparedPiece(words[from..span.Start], null));
            pieces.Add(new PreparedPiece(words[span.Start..span.End], span.Kind));
            from = span.End;
        }

        pieces.Add(new PreparedPiece(words[from..], null));
        return pieces;
    }
}
