namespace Portal.Interaction.HotTopics;

internal static class TopicTones
{
    /// <summary>The colour that repeats what the state says in words.</summary>
    public static string? Of(TopicState state) => state switch
    {
        TopicState.Registered or TopicState.Assessed => "amber",
        TopicState.Assigned or TopicState.Handling => "blue",
        TopicState.Responded or TopicState.Evaluated or TopicState.Closed => "green",
        _ => null,
    };
}
