namespace Portal.Interaction.ErrorReports;

/// <summary>Names the texts of the desk where staff work on error reports; they are beside it.</summary>
public sealed class ErrorDeskText;
