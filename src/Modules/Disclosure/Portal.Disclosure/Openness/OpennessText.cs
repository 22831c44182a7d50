namespace Portal.Disclosure.Openness;

/// <summary>Texts of the pages on time limits of openness (OpennessText.resx).</summary>
public sealed class OpennessText;
