namespace Portal.Interaction.Letters;

/// <summary>Names the texts of the desk where staff work on letters; they are beside it.</summary>
public sealed class DeskText;
