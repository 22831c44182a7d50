using System.Globalization;
using Portal.Shared.Commands;
using Spectre.Console;

namespace Portal.Host.Commands;

/// <summary>A bar on a terminal; elsewhere a line every two seconds, which a log can keep.</summary>
internal sealed class ProgressDisplay(TimeProvider clock) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async Task RunAsync(string title, long? total, Func<IProgress<long>, Task> work)
    {
        if (Console.IsErrorRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            await work(new Lines(title, total, clock));
            return;
        }

        await AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: total ?? double.MaxValue);
                task.IsIndeterminate = total is null;
                await work(new Bar(task));
                task.StopTask();
            });
    }

    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }

    private sealed class Lines(string title, long? total, TimeProvider clock) : IProgress<long>
    {
        private long _last = clock.GetTimestamp();

        public void Report(long value)
        {
            if (clock.GetElapsedTime(_last) < Interval)
            {
                return;
            }

            _last = clock.GetTimestamp();
            Console.Error.WriteLine(total is { } all
                ? string.Create(CultureInfo.InvariantCulture, $"{title}: {value} of {all}")
                : string.Create(CultureInfo.InvariantCulture, $"{title}: {value}"));
        }
    }
}
