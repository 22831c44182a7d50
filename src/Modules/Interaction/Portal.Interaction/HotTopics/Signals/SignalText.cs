namespace Portal.Interaction.HotTopics.Signals;

/// <summary>Texts of the signals for staff.</summary>
public sealed class SignalText;
