namespace Portal.Interaction.HotTopics.Signals;

/// <summary>How states of a signal look.</summary>
internal static class SignalTones
{
    public static string? Of(SignalState state) => state switch
    {
        SignalState.Open => "amber",
        SignalState.Opened or SignalState.Joined => "green",
        _ => null,
    };
}
