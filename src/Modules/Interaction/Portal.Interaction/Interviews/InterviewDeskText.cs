namespace Portal.Interaction.Interviews;

/// <summary>Names the texts of the console's pages of interviews; they are beside it.</summary>
public sealed class InterviewDeskText;
