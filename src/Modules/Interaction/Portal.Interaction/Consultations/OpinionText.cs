namespace Portal.Interaction.Consultations;

/// <summary>Names the texts that the public reads of consultations; they are beside it.</summary>
public sealed class OpinionText;
