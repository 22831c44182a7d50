namespace Portal.Interaction.HotTopics;

/// <summary>Names the texts of the register of hot topics; they are beside it.</summary>
public sealed class TopicDeskText;
