using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Settings;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>Which letters a list shows.</summary>
public enum LetterSet
{
    /// <summary>我的待办: mine, and those of my units that nobody has taken on.</summary>
    Mine,

    /// <summary>本单位在办: what my units answer or help with.</summary>
    Unit,

    /// <summary>待受理</summary>
    New,

    /// <summary>待交办: taken, or returned by a unit.</summary>
    ToDispatch,

    /// <summary>待审批: a reply or an extension waits for the head.</summary>
    Head,

    /// <summary>Near due.</summary>
    Near,

    /// <summary>Late.</summary>
    Late,

    /// <summary>可公开: answered, with the writer's permission, and nothing of it public yet.</summary>
    ToPublish,

    /// <summary>Everything, the closed ones too.</summary>
    All,
}

/// <summary>The sets of letters, as conditions; late and near are worked out against today, never stored.</summary>
internal sealed class LetterSets(
    InteractionDbContext db, LetterCalendars calendars, ISettings settings, LetterReach reach, Guid actorId, DateOnly today)
{
    private readonly Guid[] _office = [.. reach.Office];
    private readonly Guid[] _heads = [.. reach.Heads];
    private readonly Guid[] _units = [.. reach.Units];

    /// <summary>The sets that mean something to the person, in order.</summary>
    public IReadOnlyList<LetterSet> Shown { get; } =
        [.. Enum.GetValues<LetterSet>().Where(set => set switch
        {
            LetterSet.New or LetterSet.ToDispatch => reach.Office.Count > 0,
            LetterSet.Mine or LetterSet.Unit => reach.Units.Count > 0,
            LetterSet.Head => reach.Heads.Count > 0,
            LetterSet.ToPublish => reach.Office.Count > 0 || reach.Heads.Count > 0,
            _ => true,
        })];

    /// <summary>What a person begins with.</summary>
    public LetterSet First => reach.Units.Count > 0 ? LetterSet.Mine : LetterSet.New;

    /// <summary>Everything that the person may open.</summary>
    public IQueryable<Letter> Within => reach.Within(db, db.Letters.AsNoTracking());

    public IQueryable<Letter> Of(LetterSet set)
    {
        var (office, heads, units, actor, day, near) = (_office, _heads, _units, actorId, today, NearUntil());
        var (open, answered) = (LetterFlow.Open, LetterFlow.Answered);
        var within = Within;
        return set switch
        {
            LetterSet.Mine => within.Where(row => row.ClosedOn == null && open.Contains(row.State)
                && (row.HandlerId == actor || (row.HandlerId == null && row.LeadSiteId != null && units.Contains(row.LeadSiteId.Value)))),
            LetterSet.Unit => within.Where(row => row.ClosedOn == null && open.Contains(row.State)
                && db.LetterAssignments.Any(part => part.LetterId == row.Id && part.EndedAt == null && units.Contains(part.UnitSiteId))),
            LetterSet.New => within.Where(row => row.State == LetterState.Submitted && office.Contains(row.SiteId)),
            LetterSet.ToDispatch => within.Where(row =>
                (row.State == LetterState.Accepted || row.State == LetterState.Returned) && office.Contains(row.SiteId)),
            LetterSet.Head => within.Where(row => row.AwaitsHead
                && (heads.Contains(row.SiteId) || (row.LeadSiteId != null && heads.Contains(row.LeadSiteId.Value)))),
            LetterSet.Near => within.Where(row => row.DueOn >= day && row.DueOn <= near),
            LetterSet.Late => within.Where(row => row.DueOn < day),
            LetterSet.ToPublish => within.Where(row => row.MayPublish && row.SealedKey != null && answered.Contains(row.State)
                && (office.Contains(row.SiteId) || heads.Contains(row.SiteId))
                && !db.LetterCopies.Any(copy => copy.LetterId == row.Id && (copy.State == CopyState.Published || copy.State == CopyState.Withdrawn))),
            _ => within,
        };
    }

    /// <summary>How many there are in each set, in one statement; not of <see cref="LetterSet.All"/>.</summary>
    public async Task<IReadOnlyDictionary<LetterSet, int>> CountAsync(CancellationToken cancellationToken)
    {
        var (office, heads, units, actor, day, near) = (_office, _heads, _units, actorId, today, NearUntil());
        var open = LetterFlow.Open;
        var counts = await Within.Where(row => row.ClosedOn == null && open.Contains(row.State))
            .Select(row => new
            {
                Mine = row.HandlerId == actor || (row.HandlerId == null && row.LeadSiteId != null && units.Contains(row.LeadSiteId.Value)),
                Unit = db.LetterAssignments.Any(part => part.LetterId == row.Id && part.EndedAt == null && units.Contains(part.UnitSiteId)),
                New = row.State == LetterState.Submitted && office.Contains(row.SiteId),
                ToDispatch = (row.State == LetterState.Accepted || row.State == LetterState.Returned) && office.Contains(row.SiteId),
                Head = row.AwaitsHead && (heads.Contains(row.SiteId) || (row.LeadSiteId != null && heads.Contains(row.LeadSiteId.Value))),
                Near = row.DueOn >= day && row.DueOn <= near,
                Late = row.DueOn < day,
            })
            .GroupBy(_ => 1)
            .Select(group => new
            {
                Mine = group.Count(row => row.Mine),
                Unit = group.Count(row => row.Unit),
                New = group.Count(row => row.New),
                ToDispatch = group.Count(row => row.ToDispatch),
                Head = group.Count(row => row.Head),
                Near = group.Count(row => row.Near),
                Late = group.Count(row => row.Late),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return new Dictionary<LetterSet, int>
        {
            [LetterSet.Mine] = counts?.Mine ?? 0,
            [LetterSet.Unit] = counts?.Unit ?? 0,
            [LetterSet.New] = counts?.New ?? 0,
            [LetterSet.ToDispatch] = counts?.ToDispatch ?? 0,
            [LetterSet.Head] = counts?.Head ?? 0,
            [LetterSet.Near] = counts?.Near ?? 0,
            [LetterSet.Late] = counts?.Late ?? 0,
        };
    }

    // One day for all sites: the widest setting, so that none is overlooked.
    private DateOnly NearUntil() => reach.Office.Concat(reach.Heads).Concat(reach.Units).Distinct()
        .Select(site => calendars.Of(site).AddWorkdays(today, settings.For<LetterSettings>(site).NearDays))
        .DefaultIfEmpty(today).Max();
}

/// <summary>Makes the sets for whoever asks.</summary>
internal sealed class LetterSetsOf(
    InteractionDbContext db, LetterCalendars calendars, ISettings settings, Portal.Shared.Sites.ISites sites, TimeProvider clock)
{
    /// <summary>The sets of a person; null when letters are none of their business.</summary>
    public (LetterSets Sets, LetterReach Reach, DateOnly Today)? For(Portal.Shared.Actors.Actor actor)
    {
        if (!LetterReach.HasAny(actor))
        {
            return null;
        }

        var (reach, today) = (LetterReach.Of(actor, sites), BeijingTime.Date(clock.GetUtcNow()));
        return reach.IsEmpty ? null : (new LetterSets(db, calendars, settings, reach, actor.Id, today), reach, today);
    }
}
