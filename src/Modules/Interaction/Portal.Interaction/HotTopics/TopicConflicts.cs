using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.HotTopics;

internal static class TopicConflicts
{
    /// <summary>Did two people take a step, add the same source or the same document at the same moment?</summary>
    public static Failure? Of(DbUpdateException exception) =>
        exception.Breaks(TopicStepConfiguration.OneSequence)
        || exception.Breaks(TopicSourceConfiguration.OneReference)
        || exception.Breaks(TopicResponseConfiguration.OneDraft)
        || exception.Breaks(TopicResponseConfiguration.OneLink)
            ? Failure.Conflict
            : null;
}
