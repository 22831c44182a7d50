using System.Linq.Expressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.ListLetters;

/// <summary>What narrows a list of letters.</summary>
public record LetterFilter
{
    /// <summary>Null: what the person begins with.</summary>
    public LetterSet? Set { get; init; }

    public LetterKind? Kind { get; init; }

    public Guid? MailboxId { get; init; }

    /// <summary>Came at least so many days ago; 0: whenever.</summary>
    public int Age { get; init; }

    /// <summary>The ages that are offered.</summary>
    public static IReadOnlyList<int> Ages { get; } = [3, 7, 15, 30];

    /// <summary>Part of a number or of a masked title.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Letters over all sites of the person's grants.</summary>
public sealed record ListLetters : LetterFilter, IRequest<Outcome<LetterList>>, IRequirePermission
{
    // Three permissions lead here; the handler asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    public string? Cursor { get; init; }
}

/// <summary>A list and the sizes of all.</summary>
public sealed record LetterList(
    LetterSet Set, IReadOnlyList<LetterSet> Sets, Page<LetterRow> Rows, IReadOnlyDictionary<LetterSet, int> Counts,
    IReadOnlyList<Choice> Mailboxes, bool MayRegister, IReadOnlyList<Choice> Units);

/// <summary>A line; nobody of the public is named in it.</summary>
public sealed record LetterRow
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Number { get; init; }

    public required string Subject { get; init; }

    public required LetterKind Kind { get; init; }

    public required LetterChannel Channel { get; init; }

    public required LetterState State { get; init; }

    public DateOnly? RepliedOn { get; init; }

    public int? Rating { get; init; }

    public required string Mailbox { get; init; }

    public required string SiteName { get; init; }

    public string? LeadName { get; init; }

    public string? HandlerName { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateOnly? DueOn { get; init; }

    public int? DaysLeft { get; init; }

    public required bool Late { get; init; }

    public required bool Near { get; init; }

    public required bool Suspect { get; init; }
}

internal sealed class ListLettersHandler(
    InteractionDbContext db, LetterSetsOf setsOf, LetterRows rows, ISites sites, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<ListLetters, Outcome<LetterList>>
{
    private const int Size = 40;

    public async Task<Outcome<LetterList>> Handle(ListLetters request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        if (setsOf.For(actor) is not { } own)
        {
            return Failure.Forbidden;
        }

        var (sets, reach, today) = own;
        var set = request.Set is { } asked && sets.Shown.Contains(asked) ? asked : sets.First;
        var counts = await sets.CountAsync(cancellationToken);
        var found = LetterRows.Filtered(sets.Of(set), request, today);
        var byDue = set is LetterSet.Near or LetterSet.Late;
        var page = await PageAsync(found, byDue, Cursor.Parse(request.Cursor), today, cancellationToken);
        Guid[] homes = [.. reach.Office.Union(reach.Heads)];
        var mailboxes = await db.Mailboxes.AsNoTracking()
            .Where(row => homes.Contains(row.SiteId) || row.Id == request.MailboxId)
            .OrderBy(row => row.SiteId).ThenBy(row => row.Position).ThenBy(row => row.Key).Take(200)
            .Select(row => new { row.Id, row.SiteId, row.Name }).ToListAsync(cancellationToken);
        return new LetterList(
            set, sets.Shown, page, counts,
            [.. mailboxes.Select(row => new Choice(row.Id.ToString(), $"{sites.ById(row.SiteId)?.Name}：{row.Name}"))],
            currentSite.Site is { } site && actor.Can(Permission.ScreenLetters, site),
            set == LetterSet.ToDispatch ? LetterUnits.Of(await HomesAsync(page, cancellationToken), sites) : []);
    }

    // Only units that can be given a letter of this page.
    private async Task<IReadOnlyCollection<Guid>> HomesAsync(Page<LetterRow> page, CancellationToken cancellationToken)
    {
        Guid[] shown = [.. page.Items.Select(row => row.Id)];
        return shown.Length == 0
            ? []
            : await db.Letters.AsNoTracking().Where(row => shown.Contains(row.Id)).Select(row => row.SiteId).Distinct().ToListAsync(cancellationToken);
    }

    private async Task<Page<LetterRow>> PageAsync(
        IQueryable<Letter> found, bool byDue, Cursor? cursor, DateOnly today, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            found = found.Where(byDue ? AfterDue(edge) : AfterNewest(edge));
        }

        // By due date the most urgent comes first, and the next page is the later one.
        var ordered = (byDue, back) switch
        {
            (true, false) => found.OrderBy(row => row.DueOn).ThenBy(row => row.Id),
            (true, true) => found.OrderByDescending(row => row.DueOn).ThenByDescending(row => row.Id),
            (false, false) => found.OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id),
            (false, true) => found.OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id),
        };
        var items = await rows.ReadAsync(ordered.Take(Size + 1), today, cancellationToken);
        var more = items.Count > Size;
        if (more)
        {
            items.RemoveAt(Size);
        }

        if (back)
        {
            items.Reverse();
        }

        string Edge(LetterRow row, bool backwards) =>
            new Cursor(byDue ? BeijingTime.StartOf(row.DueOn!.Value) : row.SubmittedAt, row.Id, backwards).ToString();
        return new Page<LetterRow>(
            items,
            items.Count > 0 && (back || more) ? Edge(items[^1], false) : null,
            items.Count > 0 && (back ? more : cursor is not null) ? Edge(items[0], true) : null);
    }

    private static Expression<Func<Letter, bool>> AfterNewest(Cursor edge) => edge.Backwards
        ? row => row.SubmittedAt > edge.At || (row.SubmittedAt == edge.At && row.Id > edge.Id)
        : row => row.SubmittedAt < edge.At || (row.SubmittedAt == edge.At && row.Id < edge.Id);

    private static Expression<Func<Letter, bool>> AfterDue(Cursor edge)
    {
        var day = BeijingTime.Date(edge.At);
        return edge.Backwards
            ? row => row.DueOn < day || (row.DueOn == day && row.Id < edge.Id)
            : row => row.DueOn > day || (row.DueOn == day && row.Id > edge.Id);
    }
}

/// <summary>Reads letters as lines of a list.</summary>
internal sealed class LetterRows(
    InteractionDbContext db, LetterCalendars calendars, Portal.Shared.Settings.ISettings settings, ISites sites)
{
    private const int LongestAge = 3650;

    public static IQueryable<Letter> Filtered(IQueryable<Letter> found, LetterFilter filter, DateOnly today)
    {
        if (filter.Kind is { } kind)
        {
            found = found.Where(row => row.Kind == kind);
        }

        if (filter.MailboxId is { } mailbox)
        {
            found = found.Where(row => row.MailboxId == mailbox);
        }

        if (filter.Age is > 0 and <= LongestAge)
        {
            // Days as people count them: what came on the day itself is none.
            var before = BeijingTime.StartOf(today.AddDays(1 - filter.Age)).ToUniversalTime();
            found = found.Where(row => row.SubmittedAt < before);
        }

        if (PublicText.Line(filter.Text) is { Length: > 0 } words)
        {
            var number = LetterNumber.Normalise(words);
            if (LetterNumber.IsValid(number))
            {
                return found.Where(row => row.Number == number);
            }

            var pattern = "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal) + "%";
            found = found.Where(row => EF.Functions.ILike(row.Number, pattern, "\\") || EF.Functions.ILike(row.Subject, pattern, "\\"));
        }

        return found;
    }

    public async Task<List<LetterRow>> ReadAsync(IQueryable<Letter> ordered, DateOnly today, CancellationToken cancellationToken)
    {
        var found = await ordered
            .Select(row => new { Letter = row, Mailbox = db.Mailboxes.Where(box => box.Id == row.MailboxId).Select(box => box.Name).First() })
            .ToListAsync(cancellationToken);
        return found.ConvertAll(row => RowOf(row.Letter, row.Mailbox, today));
    }

    private LetterRow RowOf(Letter row, string mailbox, DateOnly today)
    {
        int? left = row.DueOn is { } due && due >= today ? calendars.Of(row.SiteId).CountWorkdays(today, due) : null;
        return new LetterRow
        {
            Id = row.Id,
            Version = row.Version,
            Number = row.Number,
            Subject = row.Subject,
            Kind = row.Kind,
            Channel = row.Channel,
            State = row.State,
            RepliedOn = row.RepliedOn,
            Rating = row.Rating,
            Mailbox = mailbox,
            SiteName = sites.ById(row.SiteId)?.Name ?? "",
            LeadName = row.LeadName,
            HandlerName = row.HandlerName,
            SubmittedAt = row.SubmittedAt,
            DueOn = row.DueOn,
            DaysLeft = left,
            Late = row.DueOn < today,
            Near = left <= settings.For<LetterSettings>(row.SiteId).NearDays,
            Suspect = row.Suspicion is not null,
        };
    }
}
