namespace Portal.Interaction.Letters;

/// <summary>Names the texts of letters; they are beside it.</summary>
public sealed class LetterText;
