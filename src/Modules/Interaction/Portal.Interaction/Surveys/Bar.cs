namespace Portal.Interaction.Surveys;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">Above it.</param>
/// <param name="Size">How long.</param>
/// <param name="Value">Behind it.</param>
public sealed record Bar(string Label, decimal Size, string Value);
