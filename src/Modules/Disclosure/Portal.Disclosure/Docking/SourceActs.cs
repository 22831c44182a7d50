namespace Portal.Disclosure.Docking;

/// <summary>What a person may do to a unit where it stands.</summary>
public enum SourceAct
{
    /// <summary>准予接入 after a dry run.</summary>
    Activate,

    /// <summary>Ask for another dry run.</summary>
    TryAgain,

    /// <summary>Release what a guard holds.</summary>
    Release,

    /// <summary>Suspend.</summary>
    Suspend,

    /// <summary>Resume.</summary>
    Resume,
}

/// <summary>Which acts there are in a state.</summary>
internal static class SourceActs
{
    public static IReadOnlyList<SourceAct> Of(SourceState state, SourceMode mode, bool tried) => state switch
    {
        SourceState.Trial when tried => [SourceAct.Activate, SourceAct.TryAgain, SourceAct.Suspend],
        SourceState.Trial => [SourceAct.Suspend],
        SourceState.Active => [SourceAct.Suspend],
        SourceState.Held => [SourceAct.Release, SourceAct.Suspend],
        // Who was never let in begins with a dry run again.
        SourceState.Suspended => [SourceAct.Resume],
        _ => throw new InvalidOperationException($"Unknown state {state} of a {mode}."),
    };
}
