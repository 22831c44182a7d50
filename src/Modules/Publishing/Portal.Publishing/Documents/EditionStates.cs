namespace Portal.Publishing.Documents;

/// <summary>Groups of states, as queries use them.</summary>
internal static class EditionStates
{
    /// <summary>Being written or reviewed; at most one a document and language.</summary>
    public static EditionState[] Working { get; } =
    [
        EditionState.Draft, EditionState.Returned, EditionState.AwaitingFirstReview, EditionState.AwaitingSecondReview,
        EditionState.AwaitingRelease,
    ];

    /// <summary>On a reviewer's desk.</summary>
    public static EditionState[] Awaiting { get; } =
        [EditionState.AwaitingFirstReview, EditionState.AwaitingSecondReview, EditionState.AwaitingRelease];
}
