using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports.BrowseErrorReports;

/// <summary>The figures of a site and of those below it, of the reports that came in a year.</summary>
public sealed record CountErrorReports(Guid SiteId, int Year) : IRequest<IReadOnlyList<ErrorFigures>>, IPublicRequest;

/// <summary>The figures of a site. Reports that were joined to another count as received, and then as that other.</summary>
public sealed record ErrorFigures
{
    public required string SiteName { get; init; }

    public required int Received { get; init; }

    public required int Joined { get; init; }

    /// <summary>Given to who is responsible within the time; and how many had to be by now.</summary>
    public required int ForwardedInTime { get; init; }

    public required int ForwardDue { get; init; }

    public required int Answered { get; init; }

    /// <summary>Answered within the time; and how many had to be by now.</summary>
    public required int AnsweredInTime { get; init; }

    public required int AnswerDue { get; init; }

    public required int Corrected { get; init; }

    /// <summary>Working days to the answer, on average; null before the first.</summary>
    public double? Average { get; init; }

    /// <summary>Whole percent; null of nothing.</summary>
    public static int? Share(int part, int whole) =>
        whole == 0 ? null : (int)Math.Round(100.0 * part / whole, MidpointRounding.AwayFromZero);
}

internal sealed class CountErrorReportsHandler(InteractionDbContext db, ISites sites, TimeProvider clock)
    : IRequestHandler<CountErrorReports, IReadOnlyList<ErrorFigures>>
{
    public async Task<IReadOnlyList<ErrorFigures>> Handle(CountErrorReports request, CancellationToken cancellationToken)
    {
        var shown = sites.All.Where(site => site.Path.Contains(request.SiteId) && site.IsOpen)
            .OrderBy(site => site.Path.Count).ThenBy(site => site.Name, StringComparer.Ordinal).ToList();
        Guid[] ids = [.. shown.Select(site => site.Id)];
        var (from, to) = (BeijingTime.StartOf(new DateOnly(request.Year, 1, 1)), BeijingTime.StartOf(new DateOnly(request.Year + 1, 1, 1)));
        var today = BeijingTime.Date(clock.GetUtcNow());
        var counts = await db.ErrorReports.AsNoTracking()
            .Where(row => ids.Contains(row.SiteId) && row.SubmittedAt >= from && row.SubmittedAt < to)
            .GroupBy(row => row.SiteId)
            .Select(group => new
            {
                SiteId = group.Key,
                Received = group.Count(),
                Joined = group.Count(row => row.JoinedTo != null),
                ForwardedInTime = group.Count(row => row.JoinedTo == null && row.ForwardedOn <= row.ForwardDueOn),
                ForwardDue = group.Count(row => row.JoinedTo == null && (row.ForwardedOn != null || row.ForwardDueOn < today)),
                Answered = group.Count(row => row.AnsweredOn != null),
                AnsweredInTime = group.Count(row => row.AnsweredOn <= row.DueOn),
                AnswerDue = group.Count(row => row.JoinedTo == null && (row.AnsweredOn != null || row.DueOn < today)),
                Corrected = group.Count(row => row.Result == ErrorResult.Corrected),
                Average = group.Average(row => (double?)row.Workdays),
            })
            .ToDictionaryAsync(row => row.SiteId, cancellationToken);
        return
        [
            .. shown.Where(site => site.Id == request.SiteId || counts.ContainsKey(site.Id)).Select(site =>
            {
                var count = counts.GetValueOrDefault(site.Id);
                return new ErrorFigures
                {
                    SiteName = site.Name,
                    Received = count?.Received ?? 0,
                    Joined = count?.Joined ?? 0,
                    ForwardedInTime = count?.ForwardedInTime ?? 0,
                    ForwardDue = count?.ForwardDue ?? 0,
                    Answered = count?.Answered ?? 0,
                    AnsweredInTime = count?.AnsweredInTime ?? 0,
                    AnswerDue = count?.AnswerDue ?? 0,
                    Corrected = count?.Corrected ?? 0,
                    Average = count?.Average,
                };
            }),
        ];
    }
}
