using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Letters.Copies.ReadLetterCopy;

/// <summary>Where the publication of a letter stands: its copies, and what the person may do. Nothing of the letter itself.</summary>
public sealed record ReadLetterCopy(Guid LetterId) : IRequest<Outcome<CopyView>>, IRequirePermission
{
    // Three permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>The publication of a letter, for staff.</summary>
public sealed record CopyView
{
    public required Guid LetterId { get; init; }

    public required string Number { get; init; }

    /// <summary>Why no new copy can be prepared now; null: it can.</summary>
    public string? Hindrance { get; init; }

    public required bool MayPrepare { get; init; }

    /// <summary>A copy waits and this person may release it.</summary>
    public required bool MayDecide { get; init; }

    public required bool MayWithdraw { get; init; }

    /// <summary>The copy that waits, else the one that is public.</summary>
    public CopyLine? Shown { get; init; }

    public IReadOnlyList<CopyPart> Parts { get; init; } = [];

    public IReadOnlyList<KeptMask> Masks { get; init; } = [];

    /// <summary>All of them, the newest first.</summary>
    public required IReadOnlyList<CopyLine> Copies { get; init; }
}

/// <summary>A copy in a list.</summary>
public sealed record CopyLine(
    Guid Id, int Version, CopyState State, string ContentHash, string ProposedByName, DateTimeOffset ProposedAt, string? DecidedByName,
    DateTimeOffset? DecidedAt, string? Reason);

/// <summary>A part of a copy, masked.</summary>
public sealed record CopyPart(CopyPartKind Kind, DateOnly Day, string Text, ReplyOutcome? Outcome);

internal sealed class ReadLetterCopyHandler(InteractionDbContext db, LetterScope scope, IStringLocalizer<CopyText> text)
    : IRequestHandler<ReadLetterCopy, Outcome<CopyView>>
{
    public async Task<Outcome<CopyView>> Handle(ReadLetterCopy request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindWithWriterAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        var copies = await db.LetterCopies.AsNoTracking().Where(row => row.LetterId == found.Letter.Id)
            .OrderByDescending(row => row.Version).ToListAsync(cancellationToken);
        var shown = copies.Find(copy => copy.State == CopyState.Proposed) ?? copies.Find(copy => copy.State == CopyState.Published);
        var parts = shown is null ? [] : await db.LetterCopyParts.AsNoTracking().Where(part => part.CopyId == shown.Id)
            .OrderBy(part => part.Position).ToListAsync(cancellationToken);
        var decides = (parties & (LetterParty.Office | LetterParty.Head)) != LetterParty.None;
        return new CopyView
        {
            LetterId = found.Letter.Id,
            Number = found.Letter.Number,
            Hindrance = CopyDesk.Hindrance(
                found, shown?.State == CopyState.Proposed, copies.Find(copy => copy.State == CopyState.Published)?.ReplyPaperId) is { } key
                ? text[key].Value : null,
            MayPrepare = parties.HasFlag(LetterParty.Office),
            MayDecide = decides && shown is { State: CopyState.Proposed } && shown.ProposedBy != actor.Id,
            MayWithdraw = decides && copies.Exists(copy => copy.State == CopyState.Published),
            Shown = shown is null ? null : Line(shown),
            Parts = [.. parts.Select(part => new CopyPart(part.Kind, part.Day, part.Text.ToString(), part.Outcome))],
            Masks = shown?.Masks ?? [],
            Copies = copies.ConvertAll(Line),
        };
    }

    private static CopyLine Line(LetterCopy copy) => new(
        copy.Id, copy.Version, copy.State, copy.ContentHash, copy.ProposedByName, copy.ProposedAt, copy.DecidedByName, copy.DecidedAt, copy.Reason);
}
