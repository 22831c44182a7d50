using Microsoft.Extensions.Logging.Abstractions;
using Portal.Shared.Workers;

namespace Portal.Host.Tests.Messaging;

public sealed class PollingWorkerTests
{
    [Fact]
    public async Task No_failure_of_a_run_or_of_a_wait_ends_a_worker()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var worker = new Stumbling();

        await worker.StartAsync(patience.Token);
        await worker.Stood.WaitAsync(patience.Token);
        await worker.StopAsync(patience.Token);

        Assert.Equal(["run", "failed run", "run", "wait", "failed wait", "run", "wait"], worker.Steps);
    }

    // Its first run breaks, and the wait after its second.
    private sealed class Stumbling() : PollingWorker(TimeSpan.Zero, TimeProvider.System, NullLogger.Instance)
    {
        private readonly TaskCompletionSource _stood = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _runs;

        public List<string> Steps { get; } = [];

        public Task Stood => _stood.Task;

        protected override Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
        {
            Steps.Add("run");
            return ++_runs == 1 ? throw new InvalidOperationException("run") : Task.FromResult(TimeSpan.FromDays(1));
        }

        protected override Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
        {
            Steps.Add("wait");
            if (_runs == 2)
            {
                throw new InvalidOperationException("wait");
            }

            _stood.SetResult();
            return base.WaitAsync(wait, cancellationToken);
        }

        protected override ValueTask FailedAsync(Exception exception)
        {
            Steps.Add("failed " + exception.Message);
            return base.FailedAsync(exception);
        }
    }
}
