using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>A clock of a topic.</summary>
/// <param name="Part">What is due.</param>
/// <param name="Hours">How many hours there are.</param>
/// <param name="DueAt">The instant from which it is late.</param>
/// <param name="DoneAt">When the public had it.</param>
public sealed record TopicClock(ResponsePart Part, int Hours, DateTimeOffset DueAt, DateTimeOffset? DoneAt)
{
    /// <summary>Is or was it late? Worked out, never stored.</summary>
    public bool IsLate(DateTimeOffset now) => (DoneAt ?? now) >= DueAt;
}

/// <summary>A topic with its steps and responses: everything that follows from them.</summary>
internal sealed class TopicCase(HotTopic topic, IReadOnlyList<TopicStep> steps, IReadOnlyList<TopicResponse> responses)
{
    private readonly List<TopicStep> _steps = [.. steps];

    private readonly List<TopicResponse> _responses = [.. responses];

    public HotTopic Topic => topic;

    public IReadOnlyList<TopicStep> Steps => _steps;

    public IReadOnlyList<TopicResponse> Responses => _responses;

    /// <summary>What held when it was noticed holds for it to its end.</summary>
    public TopicHours Hours => HoursOf(topic);

    /// <summary>Is a response owed, as far as is known?</summary>
    public bool IsOwed => topic.Need is not (TopicNeed.Watch or TopicNeed.None) && topic.State != TopicState.Merged;

    /// <summary>The clocks, the statement's first. They run by the wall: nights and holidays do not stop them .</summary>
    public IReadOnlyList<TopicClock> Clocks => ClocksOf(topic);

    public static TopicHours HoursOf(HotTopic topic) => TopicLimits.Of(BeijingTime.Date(topic.NoticedAt)).Of(topic.Severity);

    public static IReadOnlyList<TopicClock> ClocksOf(HotTopic topic)
    {
        var hours = HoursOf(topic);
        var statement = new TopicClock(
            ResponsePart.Statement, hours.Statement, topic.NoticedAt.AddHours(hours.Statement), topic.StatementAt);
        return hours.Briefing is { } briefing
            ? [statement, new TopicClock(ResponsePart.Briefing, briefing, topic.NoticedAt.AddHours(briefing), topic.BriefingAt)]
            : [statement];
    }

    /// <summary>Does the public have everything that is asked for?</summary>
    public bool IsAnswered => Clocks.All(clock => FirstPublic(clock.Part) is not null);

    /// <summary>When the public first had this part, of what it still has.</summary>
    public DateTimeOffset? FirstPublic(ResponsePart part) =>
        _responses.Where(response => response.Part == part && response.PublicAt is not null)
            .Min(response => response.PublicAt);

    public void Add(TopicStep step) => _steps.Add(step);

    public void Add(TopicResponse response) => _responses.Add(response);

    public void Remove(TopicResponse response) => _responses.Remove(response);
}
