using Microsoft.EntityFrameworkCore;

namespace Portal.Interaction.Consultations;

/// <summary>Which consultations a list of the desk shows.</summary>
public enum ConsultationSet
{
    /// <summary>在办: everything that is not at its end.</summary>
    Active,

    /// <summary>我拟的</summary>
    Mine,

    /// <summary>拟稿和审核</summary>
    Draft,

    /// <summary>征集中</summary>
    Open,

    /// <summary>待公布结果</summary>
    Ended,

    /// <summary>逾期</summary>
    Late,

    /// <summary>已办结</summary>
    Done,
}

/// <summary>The sets as conditions; ended and late are worked out against today, never stored.</summary>
internal sealed class ConsultationSets(InteractionDbContext db, IReadOnlyList<Guid> reach, DateOnly today, Guid actorId)
{
    private readonly Guid[] _reach = [.. reach];

    public IQueryable<Consultation> Within
    {
        get
        {
            var own = _reach;
            return db.Consultations.AsNoTracking().Where(row => own.Contains(row.SiteId));
        }
    }

    public IQueryable<Consultation> Of(ConsultationSet set)
    {
        var (day, actor, owing) = (today, actorId, ConsultationFlow.Owing);
        return set switch
        {
            ConsultationSet.Active => Within.Where(row => row.State != ConsultationState.Reported && row.State != ConsultationState.Cancelled),
            ConsultationSet.Mine => Within.Where(row => row.CreatedById == actor),
            ConsultationSet.Draft => Within.Where(row => row.State == ConsultationState.Draft || row.State == ConsultationState.UnderReview),
            ConsultationSet.Open => Within.Where(row => row.State == ConsultationState.Open && row.ClosesOn >= day),
            ConsultationSet.Ended => Within.Where(row => owing.Contains(row.State) && row.ClosesOn < day),
            ConsultationSet.Late => Within.Where(row => owing.Contains(row.State) && row.ReportDueOn < day),
            _ => Within.Where(row => row.State == ConsultationState.Reported || row.State == ConsultationState.Cancelled),
        };
    }

    /// <summary>How many there are in each set that asks for work, in one statement.</summary>
    public async Task<IReadOnlyDictionary<ConsultationSet, int>> CountAsync(CancellationToken cancellationToken)
    {
        var (day, owing) = (today, ConsultationFlow.Owing);
        var counts = await Of(ConsultationSet.Active)
            .Select(row => new
            {
                Draft = row.State == ConsultationState.Draft || row.State == ConsultationState.UnderReview,
                Open = row.State == ConsultationState.Open && row.ClosesOn >= day,
                Ended = owing.Contains(row.State) && row.ClosesOn < day,
                Late = owing.Contains(row.State) && row.ReportDueOn < day,
            })
            .GroupBy(_ => 1)
            .Select(group => new
            {
                All = group.Count(),
                Draft = group.Count(row => row.Draft),
                Open = group.Count(row => row.Open),
                Ended = group.Count(row => row.Ended),
                Late = group.Count(row => row.Late),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return new Dictionary<ConsultationSet, int>
        {
            [ConsultationSet.Active] = counts?.All ?? 0,
            [ConsultationSet.Draft] = counts?.Draft ?? 0,
            [ConsultationSet.Open] = counts?.Open ?? 0,
            [ConsultationSet.Ended] = counts?.Ended ?? 0,
            [ConsultationSet.Late] = counts?.Late ?? 0,
        };
    }
}
