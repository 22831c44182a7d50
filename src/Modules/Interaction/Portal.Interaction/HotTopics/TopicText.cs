namespace Portal.Interaction.HotTopics;

/// <summary>Names what the public reads of hot topics, and the names of their kinds and states; the texts are beside it.</summary>
public sealed class TopicText;
