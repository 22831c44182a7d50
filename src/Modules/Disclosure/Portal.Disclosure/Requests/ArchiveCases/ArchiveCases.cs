using Portal.Shared.Settings;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests.ArchiveCases;

/// <summary>
/// Files the cases that have ended and that nobody has filed, so that none keeps its personal data for ever. What
/// is answered but not handed over stays with its officer.
/// </summary>
internal sealed class ArchiveCases(RequestSweep sweep, RequestWriter writer, ISettings settings, TimeProvider clock)
{
    private static readonly IReadOnlyList<RequestState> Ended =
        RequestFlow.Steps.Single(step => step.Trigger == RequestTrigger.Archive).From;

    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        return sweep.RunAsync(
            site =>
            {
                var before = today.AddDays(-settings.For<RequestSettings>(site.Id).ArchiveDays);
                return row => Ended.Contains(row.State) && row.ClosedOn < before;
            },
            async found =>
            {
                var taken = await writer.TakeAsync(
                    found, new RequestInput { Trigger = RequestTrigger.Archive }, Party.Platform, null, cancellationToken);
                if (!taken.Succeeded)
                {
                    throw new InvalidOperationException($"The case {found.Request.Number} cannot be filed.");
                }
            },
            cancellationToken);
    }
}
