namespace Portal.Interaction.Interviews;

internal static class InterviewTones
{
    /// <summary>The colour that repeats what the state says in words.</summary>
    public static string? Of(InterviewState state) => state switch
    {
        InterviewState.Live => "red",
        InterviewState.CollectingQuestions or InterviewState.Announced => "blue",
        InterviewState.Postponed or InterviewState.Ended or InterviewState.AnnouncementUnderReview
            or InterviewState.TranscriptUnderReview => "amber",
        InterviewState.Published => "green",
        _ => null,
    };

    public static string? Of(QuestionState state) => state switch
    {
        QuestionState.Pending => "amber",
        QuestionState.Selected => "blue",
        QuestionState.Answered => "green",
        _ => null,
    };
}
