using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>Which topics a list shows.</summary>
public enum TopicSet
{
    /// <summary>未办结: whatever still asks for something, the late ones first.</summary>
    Open,

    /// <summary>待研判、待交办: what the desk has.</summary>
    ToAssess,

    /// <summary>待回应: what my units have.</summary>
    ToHandle,

    /// <summary>待确认: a document was named as the answer, and a second person has not confirmed it.</summary>
    ToConfirm,

    /// <summary>即将超时</summary>
    Soon,

    /// <summary>已超时</summary>
    Late,

    /// <summary>回应被撤下: open again.</summary>
    Withdrawn,

    /// <summary>待评估</summary>
    ToEvaluate,

    /// <summary>Everything.</summary>
    All,
}

/// <summary>The sets of topics, as conditions; late is worked out against now, never stored.</summary>
internal sealed class TopicSets(InteractionDbContext db, IReadOnlyList<Guid> reach, DateTimeOffset now)
{
    private readonly Guid[] _sites = [.. reach];

    public DateTimeOffset Now => now;

    /// <summary>Everything that the person may open.</summary>
    public IQueryable<HotTopic> Within
    {
        get
        {
            var sites = _sites;
            return db.HotTopics.AsNoTracking()
                .Where(row => sites.Contains(row.SiteId) || (row.UnitSiteId != null && sites.Contains(row.UnitSiteId.Value)));
        }
    }

    public IQueryable<HotTopic> Of(TopicSet set) => (set switch
    {
        TopicSet.Open => Judged.Where(row => row.IsOpen),
        TopicSet.ToAssess => Judged.Where(row => row.ToAssess),
        TopicSet.ToHandle => Judged.Where(row => row.Owed && row.WithMyUnit),
        TopicSet.ToConfirm => Judged.Where(row => db.TopicResponses.Any(response =>
            response.TopicId == row.Topic.Id && response.Written == null && response.ConfirmedAt == null)),
        TopicSet.Soon => Judged.Where(row => row.Owed && row.NextAt > now && row.WarnAt <= now),
        TopicSet.Late => Judged.Where(row => row.Owed && row.NextAt <= now),
        TopicSet.Withdrawn => Judged.Where(row => row.Topic.State == TopicState.Handling
            && db.TopicResponses.Any(response => response.TopicId == row.Topic.Id && response.WithdrawnAt != null)),
        TopicSet.ToEvaluate => Judged.Where(row => row.ToEvaluate),
        _ => Judged,
    }).Select(row => row.Topic);

    /// <summary>How many there are in each set, but not of all.</summary>
    public async Task<IReadOnlyDictionary<TopicSet, int>> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await Judged.Where(row => row.IsOpen)
            .GroupBy(_ => 1)
            .Select(group => new
            {
                Open = group.Count(),
                ToAssess = group.Count(row => row.ToAssess),
                ToHandle = group.Count(row => row.Owed && row.WithMyUnit),
                Soon = group.Count(row => row.Owed && row.NextAt > now && row.WarnAt <= now),
                Late = group.Count(row => row.Owed && row.NextAt <= now),
                ToEvaluate = group.Count(row => row.ToEvaluate),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return new Dictionary<TopicSet, int>
        {
            [TopicSet.Open] = counts?.Open ?? 0,
            [TopicSet.ToAssess] = counts?.ToAssess ?? 0,
            [TopicSet.ToHandle] = counts?.ToHandle ?? 0,
            [TopicSet.ToConfirm] = await Of(TopicSet.ToConfirm).CountAsync(cancellationToken),
            [TopicSet.Soon] = counts?.Soon ?? 0,
            [TopicSet.Late] = counts?.Late ?? 0,
            [TopicSet.Withdrawn] = await Of(TopicSet.Withdrawn).CountAsync(cancellationToken),
            [TopicSet.ToEvaluate] = counts?.ToEvaluate ?? 0,
        };
    }

    private IQueryable<JudgedTopic> Judged
    {
        get
        {
            var (sites, open) = (_sites, TopicFlow.Open);
            var limit = TopicLimits.Of(BeijingTime.Date(now));
            var (emergency, other) = (-limit.Emergency.Warn, -limit.Other.Warn);
            return Within.Select(row => new JudgedTopic
            {
                Topic = row,
                IsOpen = row.ClosedAt == null,
                ToAssess = (row.State == TopicState.Registered || row.State == TopicState.Assessed)
                    && (row.Need == null || row.Need != TopicNeed.Watch) && sites.Contains(row.SiteId),
                ToEvaluate = (row.State == TopicState.Responded || row.State == TopicState.Evaluated) && sites.Contains(row.SiteId),
                WithMyUnit = row.UnitSiteId != null && sites.Contains(row.UnitSiteId.Value),
                // A briefing is owed only where the severity asks for one.
                Owed = open.Contains(row.State)
                    && (row.Need == null || row.Need == TopicNeed.Respond || row.Need == TopicNeed.Rebut)
                    && (row.StatementAt == null || (row.BriefingAt == null && row.BriefingDueAt != null)),
                NextAt = row.StatementAt == null ? row.StatementDueAt : row.BriefingDueAt ?? row.StatementDueAt,
                WarnAt = (row.StatementAt == null ? row.StatementDueAt : row.BriefingDueAt ?? row.StatementDueAt)
                    .AddHours(row.Severity == TopicSeverity.Gravest || row.Severity == TopicSeverity.Major ? emergency : other),
            });
        }
    }

    private sealed record JudgedTopic
    {
        public required HotTopic Topic { get; init; }

        public bool IsOpen { get; init; }

        public bool ToAssess { get; init; }

        public bool ToEvaluate { get; init; }

        public bool WithMyUnit { get; init; }

        /// <summary>Is a response owed?</summary>
        public bool Owed { get; init; }

        /// <summary>From when the next of it is late.</summary>
        public DateTimeOffset NextAt { get; init; }

        /// <summary>From when that is warned of.</summary>
        public DateTimeOffset WarnAt { get; init; }
    }
}

/// <summary>Makes the sets for whoever asks.</summary>
internal sealed class TopicSetsOf(InteractionDbContext db, ISites sites, TimeProvider clock)
{
    /// <summary>The sets of a person; null when hot topics are none of their business.</summary>
    public TopicSets? For(Actor actor)
    {
        Guid[] reach = [.. sites.All.Where(site => actor.Can(Permission.ManageHotTopics, site)).Select(site => site.Id)];
        return reach.Length == 0 ? null : new TopicSets(db, reach, clock.GetUtcNow());
    }
}
