namespace Portal.Interaction.Letters.Copies;

/// <summary>Names the texts of public letters; they are beside it.</summary>
public sealed class CopyText;
