using Microsoft.Extensions.Logging;
using Portal.Shared.Workers;

namespace Portal.Publishing.Schedules.PublishDue;

/// <summary>
/// Wakes at the next due time or after half a second, whichever is sooner, so that a page is visible within one second
/// of its time however many hosts run and whichever of them dies.
/// </summary>
internal sealed class ScheduleWorker(PublishDue publishDue, TimeProvider clock, ILogger<ScheduleWorker> logger)
    : PollingWorker(Poll, clock, logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    // What failed stays due: never spin on it.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _clock = clock;

    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        var next = await publishDue.RunAsync(cancellationToken) is { } due ? due - _clock.GetUtcNow() : Poll;
        return next < Least ? Least : next < Poll ? next : Poll;
    }
}
