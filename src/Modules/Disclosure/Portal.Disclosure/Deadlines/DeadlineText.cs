namespace Portal.Disclosure.Deadlines;

/// <summary>Texts of the pages on time limits (DeadlineText.resx).</summary>
public sealed class DeadlineText;
