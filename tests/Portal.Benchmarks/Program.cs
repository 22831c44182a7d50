using Portal.Benchmarks;

// Run by hand: dotnet run -c Release --project tests/Portal.Benchmarks -- --help
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    if (Options.Parse(args) is not { } options)
    {
        Console.WriteLine(Options.Usage);
        return 0;
    }

    using var run = new BenchmarkRun(options);
    await run.RunAsync(stop.Token);
    return 0;
}
catch (BenchmarkException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
