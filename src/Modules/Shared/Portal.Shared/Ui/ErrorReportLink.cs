namespace Portal.Shared.Ui;

/// <summary>
/// The way from a page to the form on which its errors are reported 我为政府网站找错 (G-35, W-09). It says which page, and of
/// which edition, and nothing of who reads it: the page is cached for everybody.
/// </summary>
public static class ErrorReportLink
{
    /// <summary>Path and query on the site of the page, with leading slash, without reading mode.</summary>
    public static string Of(PageHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        var page = "/error-reports/new?page=" + Uri.EscapeDataString("/" + head.Path + head.Query);
        return head.Document is { } document ? $"{page}&document={document.Id:N}&edition={document.EditionId:N}" : page;
    }
}
