using Microsoft.EntityFrameworkCore;

namespace Portal.Disclosure.Openness;

/// <summary>Which items a list shows.</summary>
public enum OpennessSet
{
    /// <summary>逾期: due and not public.</summary>
    Late,

    /// <summary>临期: due soon.</summary>
    Near,

    /// <summary>未到期</summary>
    Running,

    /// <summary>逾期公开: public, but late.</summary>
    DoneLate,

    /// <summary>按期公开</summary>
    DoneInTime,

    /// <summary>Everything.</summary>
    All,
}

/// <summary>The sets as conditions at an instant; late and near are worked out, never stored.</summary>
internal sealed record OpennessSets(DateTimeOffset Now, DateTimeOffset NearUntil)
{
    public IQueryable<OpennessItem> Of(OpennessSet set, IQueryable<OpennessItem> within)
    {
        var (now, near) = (Now, NearUntil);
        return set switch
        {
            OpennessSet.Late => within.Where(item => item.DoneAt == null && item.DueAt <= now),
            OpennessSet.Near => within.Where(item => item.DoneAt == null && item.DueAt > now && item.DueAt <= near),
            OpennessSet.Running => within.Where(item => item.DoneAt == null && item.DueAt > near),
            OpennessSet.DoneLate => within.Where(item => item.DoneAt != null && item.DoneAt >= item.DueAt),
            OpennessSet.DoneInTime => within.Where(item => item.DoneAt != null && item.DoneAt < item.DueAt),
            _ => within,
        };
    }

    /// <summary>The set of an item.</summary>
    public OpennessSet Of(OpennessItem item) =>
        item.DoneAt is { } done ? done >= item.DueAt ? OpennessSet.DoneLate : OpennessSet.DoneInTime
        : item.DueAt <= Now ? OpennessSet.Late
        : item.DueAt <= NearUntil ? OpennessSet.Near
        : OpennessSet.Running;

    public async Task<IReadOnlyDictionary<OpennessSet, int>> CountAsync(
        IQueryable<OpennessItem> within, CancellationToken cancellationToken)
    {
        var (now, near) = (Now, NearUntil);
        var counts = await within.GroupBy(_ => 1).Select(group => new
        {
            Late = group.Count(item => item.DoneAt == null && item.DueAt <= now),
            Near = group.Count(item => item.DoneAt == null && item.DueAt > now && item.DueAt <= near),
            Running = group.Count(item => item.DoneAt == null && item.DueAt > near),
            DoneLate = group.Count(item => item.DoneAt != null && item.DoneAt >= item.DueAt),
            All = group.Count(),
        }).SingleOrDefaultAsync(cancellationToken);
        return new Dictionary<OpennessSet, int>
        {
            [OpennessSet.Late] = counts?.Late ?? 0,
            [OpennessSet.Near] = counts?.Near ?? 0,
            [OpennessSet.Running] = counts?.Running ?? 0,
            [OpennessSet.DoneLate] = counts?.DoneLate ?? 0,
            [OpennessSet.DoneInTime] = counts is null ? 0 : counts.All - counts.Late - counts.Near - counts.Running - counts.DoneLate,
            [OpennessSet.All] = counts?.All ?? 0,
        };
    }
}
