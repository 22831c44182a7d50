namespace Portal.Disclosure.AnnualReports;

/// <summary>The texts of the annual reports.</summary>
public sealed class ReportText;
