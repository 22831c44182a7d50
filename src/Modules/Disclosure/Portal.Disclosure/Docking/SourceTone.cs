namespace Portal.Disclosure.Docking;

/// <summary>The colour that repeats a state.</summary>
internal static class SourceTone
{
    public static string? Of(SourceState state) => state switch
    {
        SourceState.Active => "green",
        SourceState.Trial => "blue",
        SourceState.Held => "red",
        _ => null,
    };

    public static string? Of(RunState state) => state switch
    {
        RunState.Done => "green",
        RunState.Stopped => "red",
        _ => "amber",
    };
}
