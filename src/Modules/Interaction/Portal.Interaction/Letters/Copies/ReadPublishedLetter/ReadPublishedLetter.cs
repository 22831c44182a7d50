using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters.Copies.ReadPublishedLetter;

/// <summary>A public letter by its number; once it was taken down, what is said of that.</summary>
public sealed record ReadPublishedLetter(string Number) : IRequest<Outcome<PublishedLetter>>, IPublicRequest;

/// <summary>A letter as everybody sees it: made of nothing but its copy, and the mark the writer gave.</summary>
public sealed record PublishedLetter
{
    public required string Number { get; init; }

    /// <summary>Empty once it was taken down.</summary>
    public string Title { get; init; } = "";

    public required LetterKind Kind { get; init; }

    public required string MailboxName { get; init; }

    public required string UnitName { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public DateOnly? AcceptedOn { get; init; }

    public required DateOnly RepliedOn { get; init; }

    public required int Workdays { get; init; }

    public required ReplyOutcome Outcome { get; init; }

    /// <summary>1 to 5.</summary>
    public int? Rating { get; init; }

    public required int Version { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public required string ContentHash { get; init; }

    public IReadOnlyList<PublishedPart> Parts { get; init; } = [];

    /// <summary>Why it was taken down; null: it is public.</summary>
    public string? Withdrawn { get; init; }
}

/// <summary>A part of a public letter.</summary>
public sealed record PublishedPart(CopyPartKind Kind, DateOnly Day, string Text, ReplyOutcome? Outcome);

internal sealed class ReadPublishedLetterHandler(InteractionDbContext db, ICurrentSite current)
    : IRequestHandler<ReadPublishedLetter, Outcome<PublishedLetter>>
{
    public async Task<Outcome<PublishedLetter>> Handle(ReadPublishedLetter request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site || !LetterNumber.IsValid(request.Number))
        {
            return Failure.NotFound;
        }

        var found = await db.LetterCopies.AsNoTracking()
            .Where(row => row.SiteId == site.Id && row.Number == request.Number
                && (row.State == CopyState.Published || row.State == CopyState.Withdrawn))
            .OrderByDescending(row => row.State == CopyState.Published).ThenByDescending(row => row.Version)
            .Select(row => new
            {
                Copy = row,
                Mailbox = db.Mailboxes.Where(box => box.Id == row.MailboxId).Select(box => box.Name).First(),
                Rating = db.Letters.Where(letter => letter.Id == row.LetterId).Select(letter => letter.Rating).First(),
            })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Failure.NotFound;
        }

        var copy = found.Copy;
        var open = copy.State == CopyState.Published;
        var parts = !open ? [] : await db.LetterCopyParts.AsNoTracking()
            .Where(part => part.CopyId == copy.Id && part.Kind != CopyPartKind.Title)
            .OrderBy(part => part.Position).ToListAsync(cancellationToken);
        return new PublishedLetter
        {
            Number = copy.Number,
            Title = open ? copy.Title.ToString() : "",
            Kind = copy.Kind,
            MailboxName = found.Mailbox,
            UnitName = copy.UnitName,
            ReceivedOn = copy.ReceivedOn,
            AcceptedOn = copy.AcceptedOn,
            RepliedOn = copy.RepliedOn,
            Workdays = copy.Workdays,
            Outcome = copy.Outcome,
            Rating = open ? found.Rating : null,
            Version = copy.Version,
            PublishedAt = copy.DecidedAt,
            ContentHash = copy.ContentHash,
            Parts = [.. parts.Select(part => new PublishedPart(part.Kind, part.Day, part.Text.ToString(), part.Outcome))],
            Withdrawn = open ? null : copy.Reason ?? "",
        };
    }
}
