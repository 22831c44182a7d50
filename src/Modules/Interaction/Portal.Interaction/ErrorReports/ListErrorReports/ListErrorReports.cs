using System.Linq.Expressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports.ListErrorReports;

/// <summary>What narrows a list of reports.</summary>
public record ErrorReportFilter
{
    public ErrorSet Set { get; init; }

    public ErrorKind? Kind { get; init; }

    /// <summary>Part of a number, of a page's title or of its address.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Reports over all sites of the person's grants.</summary>
public sealed record ListErrorReports : ErrorReportFilter, IRequest<Outcome<ErrorReportList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleErrorReports;

    public string? Cursor { get; init; }
}

/// <summary>A list, the sizes of all, and the units that its reports can be forwarded to.</summary>
public sealed record ErrorReportList(Page<ErrorReportRow> Rows, IReadOnlyDictionary<ErrorSet, int> Counts, IReadOnlyList<Choice> Units);

/// <summary>A line; nobody of the public is named in it.</summary>
public sealed record ErrorReportRow
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Number { get; init; }

    public required ErrorKind Kind { get; init; }

    public required ErrorSource Source { get; init; }

    /// <summary>The page's title, or its address.</summary>
    public required string Page { get; init; }

    public required ErrorState State { get; init; }

    public ErrorResult? Result { get; init; }

    public required Guid SiteId { get; init; }

    public required string SiteName { get; init; }

    public string? UnitName { get; init; }

    public string? HandlerName { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The last day of what is owed next; null when nothing is.</summary>
    public DateOnly? DueOn { get; init; }

    public int? DaysLeft { get; init; }

    public required bool Late { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    public required bool Suspect { get; init; }
}

internal sealed class ListErrorReportsHandler(ErrorSetsOf setsOf, ErrorRows rows, ISites sites, ICurrentActor current)
    : IRequestHandler<ListErrorReports, Outcome<ErrorReportList>>
{
    private const int Size = 40;

    public async Task<Outcome<ErrorReportList>> Handle(ListErrorReports request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || setsOf.For(actor) is not { } sets)
        {
            return Failure.Forbidden;
        }

        var counts = await sets.CountAsync(cancellationToken);
        var byDue = request.Set != ErrorSet.All;
        var page = await PageAsync(ErrorRows.Filtered(sets.Of(request.Set), request), byDue, Cursor.Parse(request.Cursor), sets.Today, cancellationToken);
        var units = request.Set == ErrorSet.ToForward
            ? ErrorReportRules.Units([.. page.Items.Select(row => row.SiteId).Distinct()], sites)
            : [];
        return new ErrorReportList(page, counts, units);
    }

    private async Task<Page<ErrorReportRow>> PageAsync(
        IQueryable<ErrorReport> found, bool byDue, Cursor? cursor, DateOnly today, CancellationToken cancellationToken)
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
        var items = await ordered.Take(Size + 1).ToListAsync(cancellationToken);
        var more = items.Count > Size;
        if (more)
        {
            items.RemoveAt(Size);
        }

        if (back)
        {
            items.Reverse();
        }

        string Edge(ErrorReport row, bool backwards) =>
            new Cursor(byDue ? BeijingTime.StartOf(row.DueOn) : row.SubmittedAt, row.Id, backwards).ToString();
        return new Page<ErrorReportRow>(
            items.ConvertAll(row => rows.Of(row, today)),
            items.Count > 0 && (back || more) ? Edge(items[^1], false) : null,
            items.Count > 0 && (back ? more : cursor is not null) ? Edge(items[0], true) : null);
    }

    private static Expression<Func<ErrorReport, bool>> AfterNewest(Cursor edge) => edge.Backwards
        ? row => row.SubmittedAt > edge.At || (row.SubmittedAt == edge.At && row.Id > edge.Id)
        : row => row.SubmittedAt < edge.At || (row.SubmittedAt == edge.At && row.Id < edge.Id);

    private static Expression<Func<ErrorReport, bool>> AfterDue(Cursor edge)
    {
        var day = BeijingTime.Date(edge.At);
        return edge.Backwards
            ? row => row.DueOn < day || (row.DueOn == day && row.Id < edge.Id)
            : row => row.DueOn > day || (row.DueOn == day && row.Id > edge.Id);
    }
}

/// <summary>Reads reports as lines of a list.</summary>
internal sealed class ErrorRows(LetterCalendars calendars, ISites sites)
{
    public static IQueryable<ErrorReport> Filtered(IQueryable<ErrorReport> found, ErrorReportFilter filter)
    {
        if (filter.Kind is { } kind)
        {
            found = found.Where(row => row.Kind == kind);
        }

        if (PublicText.Line(filter.Text) is { Length: > 0 } words)
        {
            var number = ErrorReportNumber.Normalise(words);
            if (ErrorReportNumber.IsValid(number))
            {
                return found.Where(row => row.Number == number);
            }

            var pattern = "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal) + "%";
            found = found.Where(row => EF.Functions.ILike(row.Number, pattern, "\\")
                || EF.Functions.ILike(row.PageTitle, pattern, "\\") || EF.Functions.ILike(row.Page, pattern, "\\"));
        }

        return found;
    }

    public ErrorReportRow Of(ErrorReport row, DateOnly today)
    {
        var due = DueOf(row);
        return new ErrorReportRow
        {
            Id = row.Id,
            Version = row.Version,
            Number = row.Number,
            Kind = row.Kind,
            Source = row.Source,
            Page = row.PageTitle.Length > 0 ? row.PageTitle : row.Page,
            State = row.State,
            Result = row.Result,
            SiteId = row.SiteId,
            SiteName = sites.ById(row.SiteId)?.Name ?? "",
            UnitName = row.UnitName,
            HandlerName = row.HandlerName,
            SubmittedAt = row.SubmittedAt,
            DueOn = due,
            DaysLeft = due >= today ? calendars.Of(row.SiteId).CountWorkdays(today, due.Value) : null,
            Late = due < today,
            AnsweredOn = row.AnsweredOn,
            Suspect = row.Suspicion is not null,
        };
    }

    /// <summary>The last day of what is owed next; null when nothing is.</summary>
    public static DateOnly? DueOf(ErrorReport row) =>
        !ErrorReportFlow.Open.Contains(row.State) ? null
        : ErrorReportFlow.ToForward.Contains(row.State) && row.ForwardedOn is null ? row.ForwardDueOn
        : row.DueOn;
}
