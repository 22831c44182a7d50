namespace Portal.Interaction.Interviews;

/// <summary>Names the texts of the public pages of interviews; they are beside it.</summary>
public sealed class InterviewText;
