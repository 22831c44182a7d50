namespace Portal.Interaction.ErrorReports;

internal static class ErrorTones
{
    /// <summary>The colour that repeats what the state says in words.</summary>
    public static string? Of(ErrorState state) => state switch
    {
        ErrorState.Submitted or ErrorState.Returned => "amber",
        ErrorState.Forwarded or ErrorState.Handling or ErrorState.Correcting => "blue",
        ErrorState.Answered or ErrorState.Closed => "green",
        _ => null,
    };
}
