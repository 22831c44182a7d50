namespace Portal.Publishing.Documents.DraftNextEdition;

/// <summary>
/// What the next edition may begin with: what is live, what waits, or what was taken down; never a draft that was thrown
/// away. Where the page was withdrawn, the last content that was live is offered too, and before the withdrawal.
/// </summary>
internal static class NextBases
{
    public static List<T> Among<T>(IReadOnlyList<T> newestFirst, Func<T, EditionState> stateOf, Predicate<T> takesAway)
        where T : class
    {
        List<T> bases = [.. newestFirst.Where(row => stateOf(row) is EditionState.Live or EditionState.Scheduled)];
        var former = newestFirst.Where(row => stateOf(row) is EditionState.TakenDown or EditionState.Superseded).ToList();
        if (bases.Exists(takesAway) || bases.Count == 0)
        {
            bases.InsertRange(0, former.Where(row => !takesAway(row)).Take(1));
        }

        return bases.Count > 0 ? bases : [.. former.Take(1)];
    }
}
