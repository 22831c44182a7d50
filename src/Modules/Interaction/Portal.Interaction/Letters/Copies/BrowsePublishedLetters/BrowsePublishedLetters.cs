using System.Runtime.CompilerServices;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.Copies.BrowsePublishedLetters;

/// <summary>The public letters of the current site (G-31), narrowed and searched.</summary>
public sealed record BrowsePublishedLetters : IRequest<Outcome<PublishedPage>>, IPublicRequest
{
    public const int LongestWords = 50;

    /// <summary>A mailbox, by its key.</summary>
    public string Mailbox { get; init; } = "";

    public LetterKind? Kind { get; init; }

    /// <summary>The unit that answered, by the key of its site.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Year of the reply.</summary>
    public int? Year { get; init; }

    public string Words { get; init; } = "";

    public string? Cursor { get; init; }

    /// <summary>Is anything narrowed or searched?</summary>
    public bool IsNarrowed => this != new BrowsePublishedLetters { Cursor = Cursor };
}

/// <summary>A page of public letters, and by what it can be narrowed.</summary>
public sealed record PublishedPage(
    Page<PublishedLine> Letters, IReadOnlyList<Choice> Mailboxes, IReadOnlyList<Choice> Units, IReadOnlyList<int> Years);

/// <summary>A public letter in a list.</summary>
public sealed record PublishedLine(
    Guid Id, string Number, string Title, LetterKind Kind, string UnitName, string MailboxName, DateOnly ReceivedOn, DateOnly RepliedOn,
    int Workdays, DateTimeOffset ChangedAt);

internal sealed class BrowsePublishedLettersHandler(InteractionDbContext db, ICurrentSite current, ISites sites, TimeProvider clock)
    : IRequestHandler<BrowsePublishedLetters, Outcome<PublishedPage>>
{
    private const int Size = 20;
    private const int FirstYear = 2000;

    public async Task<Outcome<PublishedPage>> Handle(BrowsePublishedLetters request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var mailboxes = await db.Mailboxes.AsNoTracking().Where(row => row.SiteId == site.Id)
            .OrderBy(row => row.Position).ThenBy(row => row.Id).Select(row => new { row.Id, row.Key, row.Name }).ToListAsync(cancellationToken);
        var mailbox = mailboxes.Find(row => row.Key == request.Mailbox);
        var unit = request.Unit.Length > 0 ? sites.ByKey(request.Unit) : null;
        if ((request.Mailbox.Length > 0 && mailbox is null) || (request.Unit.Length > 0 && unit is null))
        {
            return Failure.NotFound;
        }

        var cursor = Cursor.Parse(request.Cursor);
        var narrowed = new Narrowed(site.Id, mailbox?.Id, unit?.Id, request.Kind, request.Year);
        var words = PublicText.Line(request.Words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(Grams.Query).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var found = words.Count > 0 ? await SearchedAsync(narrowed, words, cursor, cancellationToken) : Listed(narrowed, cursor);
        var rows = await found
            .Select(row => new { row.Id, row.Number, row.Title, row.Kind, row.UnitName, row.MailboxId, row.ReceivedOn, row.RepliedOn, row.Workdays, row.DecidedAt })
            .ToListAsync(cancellationToken);
        var lines = rows.ConvertAll(row => new PublishedLine(
            row.Id, row.Number, row.Title.ToString(), row.Kind, row.UnitName, mailboxes.Find(box => box.Id == row.MailboxId)?.Name ?? "",
            row.ReceivedOn, row.RepliedOn, row.Workdays, row.DecidedAt ?? DateTimeOffset.UnixEpoch));
        var (units, years) = await FacetsAsync(site, cancellationToken);
        return new PublishedPage(
            PageOf(lines, cursor),
            [.. mailboxes.Select(row => new Choice(row.Key, row.Name))],
            [.. units.Select(sites.ById).OfType<SiteInfo>().OrderBy(row => row.Path.Count).ThenBy(row => row.OrganisationName, StringComparer.Ordinal).Select(row => new Choice(row.Key, row.OrganisationName))],
            years);
    }

    private IQueryable<LetterCopy> Listed(Narrowed narrowed, Cursor? cursor)
    {
        var found = db.LetterCopies.AsNoTracking().Where(row => row.State == CopyState.Published && row.SiteId == narrowed.SiteId);
        found = narrowed.MailboxId is { } mailbox ? found.Where(row => row.MailboxId == mailbox) : found;
        found = narrowed.UnitId is { } unit ? found.Where(row => row.UnitSiteId == unit) : found;
        found = narrowed.Kind is { } kind ? found.Where(row => row.Kind == kind) : found;
        if (narrowed.Year is { } year)
        {
            var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            found = found.Where(row => row.RepliedOn >= first && row.RepliedOn <= last);
        }

        if (cursor is { } edge)
        {
            // The day alone bounds the index; the rest is told apart within it.
            var day = BeijingTime.Date(edge.At);
            found = edge.Backwards
                ? found.Where(row => row.RepliedOn >= day && (row.RepliedOn > day || row.Id > edge.Id))
                : found.Where(row => row.RepliedOn <= day && (row.RepliedOn < day || row.Id < edge.Id));
        }

        return (cursor is { Backwards: true }
            ? found.OrderBy(row => row.RepliedOn).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.RepliedOn).ThenByDescending(row => row.Id)).Take(Size + 1);
    }

    // As the directory is searched (ADR 33, 41): the two quarters beside the place first, within the index. There a frequent
    // word has enough hits, and a word that has not is rare enough to be read through.
    private async Task<IQueryable<LetterCopy>> SearchedAsync(
        Narrowed narrowed, List<string> words, Cursor? cursor, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        var day = cursor is { } edge ? BeijingTime.Date(edge.At) : BeijingTime.Date(clock.GetUtcNow());
        var all = string.Join(" & ", words.Concat(narrowed.Tags().Select(Grams.Quote)));
        var near = $"{all} & ({Grams.Quote(CopyTags.OfQuarter(day))} | {Grams.Quote(CopyTags.OfQuarter(day, back ? 1 : -1))})";
        var order = back ? "asc" : "desc";
        var beside = cursor is null ? "" : $" and (c.replied_on, c.id) {(back ? '>' : '<')} ({{2}}, {{3}})";
        var sql =
            $$"""
            with near as materialized (
              select c.id, c.replied_on from interaction.letter_copies c
              where c.search_vector @@ {0}::tsquery and c.state = 'Published'{{beside}}
              order by c.replied_on {{order}}, c.id {{order}} limit {4}),
            hits as (
              select * from near
              union (
                select c.id, c.replied_on from interaction.letter_copies c
                where (select count(*) from near) < {4} and c.search_vector @@ {1}::tsquery and c.state = 'Published'{{beside}}
                order by c.replied_on {{order}}, c.id {{order}} limit {4}))
            select id as "Value" from hits order by replied_on {{order}}, id {{order}} limit {4}
            """;
        var ids = await db.Database
            .SqlQuery<Guid>(FormattableStringFactory.Create(sql, near, all, day, cursor?.Id ?? Guid.Empty, Size + 1))
            .ToListAsync(cancellationToken);
        var found = db.LetterCopies.AsNoTracking().Where(row => ids.Contains(row.Id));
        return back
            ? found.OrderBy(row => row.RepliedOn).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.RepliedOn).ThenByDescending(row => row.Id);
    }

    private static Page<PublishedLine> PageOf(List<PublishedLine> lines, Cursor? cursor)
    {
        var back = cursor is { Backwards: true };
        var more = lines.Count > Size;
        var shown = lines.Take(Size).ToList();
        if (back)
        {
            shown.Reverse();
        }

        string Edge(PublishedLine line, bool backwards) => new Cursor(BeijingTime.StartOf(line.RepliedOn), line.Id, backwards).ToString();
        return new Page<PublishedLine>(
            shown,
            shown.Count > 0 && (back || more) ? Edge(shown[^1], false) : null,
            shown.Count > 0 && (back ? more : cursor is not null) ? Edge(shown[0], true) : null);
    }

    // A probe a value, however many letters there are.
    private async Task<(IReadOnlyList<Guid> Units, IReadOnlyList<int> Years)> FacetsAsync(SiteInfo site, CancellationToken cancellationToken)
    {
        var below = sites.All.Where(unit => unit.Path.Contains(site.Id)).Select(unit => unit.Id).ToArray();
        var units = await db.Database.SqlQuery<Guid>(
            $"""
            select s as "Value" from unnest({below}) s where exists (
              select from interaction.letter_copies c where c.site_id = {site.Id} and c.unit_site_id = s and c.state = 'Published')
            """).ToListAsync(cancellationToken);
        var last = BeijingTime.In(clock.GetUtcNow()).Year;
        var years = await db.Database.SqlQuery<int>(
            $"""
            select y as "Value" from generate_series({FirstYear}, {last}) y where exists (
              select from interaction.letter_copies c where c.site_id = {site.Id} and c.state = 'Published'
                and c.replied_on >= make_date(y, 1, 1) and c.replied_on <= make_date(y, 12, 31))
            order by y desc
            """).ToListAsync(cancellationToken);
        return (units, years);
    }

    private sealed record Narrowed(Guid SiteId, Guid? MailboxId, Guid? UnitId, LetterKind? Kind, int? Year)
    {
        public IEnumerable<string> Tags()
        {
            yield return CopyTags.OfSite(SiteId);
            if (MailboxId is { } mailbox)
            {
                yield return CopyTags.OfMailbox(mailbox);
            }

            if (UnitId is { } unit)
            {
                yield return CopyTags.OfUnit(unit);
            }

            if (Kind is { } kind)
            {
                yield return CopyTags.OfKind(kind);
            }

            if (Year is { } year)
            {
                yield return CopyTags.OfYear(year);
            }
        }
    }
}
