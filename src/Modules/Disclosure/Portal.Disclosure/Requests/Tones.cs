namespace Portal.Disclosure.Requests;

internal static class Tones
{
    /// <summary>The colour that repeats what the state says in words.</summary>
    public static string? Of(RequestState state) => state switch
    {
        RequestState.Unconfirmed or RequestState.Correcting or RequestState.AwaitingFee => "amber",
        RequestState.Received or RequestState.Handling or RequestState.Consulting or RequestState.Drafting
            or RequestState.Reviewing => "blue",
        RequestState.Answered or RequestState.Delivered => "green",
        _ => null,
    };
}
