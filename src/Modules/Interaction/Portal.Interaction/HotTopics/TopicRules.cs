using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics;

/// <summary>What must hold for a step besides state and person.</summary>
internal static class TopicRules
{
    public const int MaximumTitle = 100;
    public const int MaximumConcern = 2000;
    public const int MaximumNote = 1000;
    public const int MaximumSourceNote = 500;

    private const int ShortestEffect = 10;

    /// <summary>What stands in the way of a step now, whatever is filled in: the key of a message, or null.</summary>
    public static string? Hindrance(HotTopic topic, TopicTrigger trigger) => trigger switch
    {
        TopicTrigger.Assign when topic.Need is TopicNeed.Watch or TopicNeed.None => "Rule.NotOwed",
        TopicTrigger.Close when topic.State == TopicState.Assessed && topic.Need is not (TopicNeed.Watch or TopicNeed.None) => "Rule.Owed",
        // What the public has been told of stays under its own number.
        TopicTrigger.Merge when topic.PublicAt is not null => "Rule.MergePublic",
        _ => null,
    };

    /// <summary>What is wrong with what was filled in: a field and the key of a message.</summary>
    public static IEnumerable<FieldError> Faults(HotTopic topic, TopicInput input, Func<string, string> text)
    {
        if (!PublicText.Fits(input.Note, MaximumNote))
        {
            yield return new FieldError(nameof(input.Note), text("Fault.NoteLong"));
        }

        switch (input.Trigger)
        {
            case TopicTrigger.Assess:
                if (input.Severity is null)
                {
                    yield return new FieldError(nameof(input.Severity), text("Fault.Severity"));
                }

                if (input.Need is null)
                {
                    yield return new FieldError(nameof(input.Need), text("Fault.Need"));
                }
                else if (input.Need is TopicNeed.Watch or TopicNeed.None && TopicFlow.WithUnit.Contains(topic.State))
                {
                    yield return new FieldError(nameof(input.Need), text("Fault.NeedWithUnit"));
                }

                if (input is { Need: TopicNeed.None, Note.Length: 0 })
                {
                    yield return new FieldError(nameof(input.Note), text("Fault.Reason"));
                }

                break;
            case TopicTrigger.Assign when TopicFlow.WithUnit.Contains(topic.State) && input.Note.Length == 0:
            case TopicTrigger.Retract when input.Note.Length == 0:
            case TopicTrigger.Return when input.Note.Length == 0:
            case TopicTrigger.Unlink when input.Note.Length == 0:
            case TopicTrigger.Resume when input.Note.Length == 0:
                yield return new FieldError(nameof(input.Note), text("Fault.Reason"));
                break;
            case TopicTrigger.Evaluate when input.Note.Length < ShortestEffect:
                yield return new FieldError(nameof(input.Note), text("Fault.Effect"));
                break;
            case TopicTrigger.Merge when input.Into.Length == 0:
                yield return new FieldError(nameof(input.Into), text("Fault.Into"));
                break;
        }
    }

    /// <summary>May the unit be given topics of the site? Its own, and those below it that stand for an organisation.</summary>
    public static bool MayHave(Guid siteId, SiteInfo unit) =>
        unit.Kind != SiteKind.Subsite && unit.Status != SiteStatus.Closed && unit.Path.Contains(siteId);
}
