using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Interaction.Consultations.BrowseConsultations;

/// <summary>Which consultations a public list shows.</summary>
public enum PublicSet
{
    /// <summary>正在征集</summary>
    Open,

    /// <summary>已结束，待公布结果</summary>
    Ended,

    /// <summary>已公布结果 and 已取消</summary>
    Done,
}

/// <summary>The consultations of the site.</summary>
public sealed record BrowseConsultations(PublicSet Set, string? Cursor) : IRequest<Outcome<ConsultationList>>, IPublicRequest;

/// <summary>A list.</summary>
public sealed record ConsultationList(PublicSet Set, Page<ConsultationLineView> Rows);

/// <summary>A line of the list.</summary>
public sealed record ConsultationLineView
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Title { get; init; }

    public required ConsultationKind Kind { get; init; }

    public required ConsultationPhase Phase { get; init; }

    public required DateOnly OpensOn { get; init; }

    public required DateOnly ClosesOn { get; init; }

    public required bool Extended { get; init; }

    public DateOnly? ReportDueOn { get; init; }

    public DateOnly? ReportedOn { get; init; }

    public required int DaysLeft { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }
}

internal sealed class BrowseConsultationsHandler(InteractionDbContext db, ICurrentSite current, TimeProvider clock)
    : IRequestHandler<BrowseConsultations, Outcome<ConsultationList>>
{
    private const int Size = 20;

    public async Task<Outcome<ConsultationList>> Handle(BrowseConsultations request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var today = clock.Today();
        var owing = ConsultationFlow.Owing;
        var found = ConsultationReader.Public(db.Consultations.AsNoTracking(), site.Id);
        found = request.Set switch
        {
            PublicSet.Open => found.Where(row => row.State == ConsultationState.Open && row.ClosesOn >= today),
            PublicSet.Ended => found.Where(row => owing.Contains(row.State) && row.ClosesOn < today),
            _ => found.Where(row => row.State == ConsultationState.Reported || row.State == ConsultationState.Cancelled),
        };
        var page = await found.PageAsync(row => row.ReleasedAt!.Value, Cursor.Parse(request.Cursor), Size, cancellationToken);
        return new ConsultationList(request.Set, new Page<ConsultationLineView>([.. page.Items.Select(row => LineOf(row, today))], page.Older, page.Newer));
    }

    private static ConsultationLineView LineOf(Consultation row, DateOnly today) => new()
    {
        Id = row.Id,
        Key = row.Key,
        Title = row.Title,
        Kind = row.Kind,
        Phase = row.PhaseOn(today),
        OpensOn = row.OpensOn!.Value,
        ClosesOn = row.ClosesOn!.Value,
        Extended = row.FirstClosesOn is not null,
        ReportDueOn = row.ReportDueOn,
        ReportedOn = row.ReportedOn,
        DaysLeft = row.ClosesOn!.Value.DayNumber - today.DayNumber,
        ReleasedAt = row.ReleasedAt!.Value,
    };
}
