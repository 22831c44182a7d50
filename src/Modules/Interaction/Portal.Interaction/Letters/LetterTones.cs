namespace Portal.Interaction.Letters;

internal static class LetterTones
{
    /// <summary>The colour that repeats what the state says in words.</summary>
    public static string? Of(LetterState state) => state switch
    {
        LetterState.Submitted or LetterState.Returned or LetterState.Supplementing => "amber",
        LetterState.Accepted or LetterState.Dispatched or LetterState.Handling or LetterState.Drafted or LetterState.Reviewing => "blue",
        LetterState.Replied or LetterState.Rated or LetterState.Closed => "green",
        _ => null,
    };
}
