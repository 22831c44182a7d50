using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Deadlines;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Openness.ReadOpenness;

/// <summary>Shows when something has to be public, day by day, and why it was late.</summary>
public sealed record ReadOpenness(Guid ItemId) : IRequest<Outcome<OpennessView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>An item with the explanation of its due date.</summary>
public sealed record OpennessView
{
    /// <summary>The item.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is.</summary>
    public required OpennessKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required OpennessSet Set { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The document; null for a channel or an entry.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Its site.</summary>
    public required string SiteName { get; init; }

    /// <summary>The organisation that is responsible.</summary>
    public required string OrganisationName { get; init; }

    /// <summary>From when the time runs.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From when it is late.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was public.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The rule of the law, if it is one.</summary>
    public DeadlineRule? Rule { get; init; }

    /// <summary>What is counted, and how many of them.</summary>
    public required ClockUnit Unit { get; init; }

    /// <summary>How many of them.</summary>
    public required int Amount { get; init; }

    /// <summary>Version of the calendar that it was read with.</summary>
    public required string Calendar { get; init; }

    /// <summary>A notice that may move it is not out.</summary>
    public required bool IsProvisional { get; init; }

    /// <summary>Each day and why it counts; empty for hours, and where the calendar of a closed item is no longer in force.</summary>
    public required IReadOnlyList<ClockDay> Days { get; init; }

    /// <summary>Reasons given, oldest first.</summary>
    public required IReadOnlyList<ReasonLine> Reasons { get; init; }

    /// <summary>The reader may give one.</summary>
    public required bool MayExplain { get; init; }
}

/// <summary>A reason for being late.</summary>
public sealed record ReasonLine(string Reason, string Person, string Unit, DateTimeOffset At);

internal sealed class ReadOpennessHandler(
    DisclosureDbContext db, OpennessScope scope, OpennessClock clock, TimeProvider time)
    : IRequestHandler<ReadOpenness, Outcome<OpennessView>>
{
    public async Task<Outcome<OpennessView>> Handle(ReadOpenness request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ItemId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (item, site, _) = found.Value;
        var now = time.GetUtcNow();
        var limit = clock.LimitOf(item.Kind, item.SiteId, item.StartedAt, item.CycleDays);
        var reading = clock.Read(item.Kind, item.SiteId, item.StartedAt, item.CycleDays);
        return new OpennessView
        {
            Id = item.Id,
            Kind = item.Kind,
            Set = new OpennessSets(now, clock.NearUntil([item.SiteId], now)).Of(item),
            Title = item.Title,
            DocumentId = item.DocumentType is null ? null : item.SubjectId,
            SiteName = site.Name,
            OrganisationName = site.OrganisationName,
            StartedAt = item.StartedAt,
            DueAt = item.DueAt,
            DoneAt = item.DoneAt,
            Rule = OpennessClock.RuleOf(item.Kind, item.StartedAt),
            Unit = limit.Unit,
            Amount = limit.Amount,
            Calendar = reading.DueAt == item.DueAt ? clock.CalendarOf(item.SiteId).Version : item.Calendar,
            IsProvisional = item.IsProvisional,
            Days = reading.DueAt == item.DueAt && limit.Unit == ClockUnit.Workdays ? clock.Explain(reading, item.SiteId) : [],
            Reasons =
            [
                .. (await db.OpennessReasons.AsNoTracking().Where(reason => reason.ItemId == item.Id)
                    .OrderBy(reason => reason.At).ToListAsync(cancellationToken))
                    .Select(reason => new ReasonLine(reason.Reason, reason.PersonName, reason.Unit, reason.At)),
            ],
            MayExplain = found.Value.MayExplain && item.IsLate(now),
        };
    }
}
