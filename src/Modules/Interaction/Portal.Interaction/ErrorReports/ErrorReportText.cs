namespace Portal.Interaction.ErrorReports;

/// <summary>Names the texts of error reports that the public reads; they are beside it.</summary>
public sealed class ErrorReportText;
