namespace Portal.Interaction.Letters.Figures;

/// <summary>Names the texts of the figures; they are beside it.</summary>
public sealed class FigureText;
