namespace Portal.Interaction.Consultations;

/// <summary>Names the texts of the desk where staff work on consultations; they are beside it.</summary>
public sealed class ConsultationDeskText;
