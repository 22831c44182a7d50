using System.Diagnostics.CodeAnalysis;
using MediatR;
using Portal.Publishing.Contracts;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports;

/// <summary>The page that a report is about.</summary>
/// <param name="Site">The site that owns it.</param>
/// <param name="Address">Address on that site with query, with leading slash, without reading mode.</param>
/// <param name="Title">What it is called; empty when nothing of that address is known.</param>
/// <param name="DocumentId">The document, when it is one.</param>
/// <param name="EditionId">The edition that the public sees there now.</param>
public sealed record PageOfReport(SiteInfo Site, string Address, string Title, Guid? DocumentId, Guid? EditionId)
{
    /// <summary>How long an address may be.</summary>
    public const int Longest = 500;
}

/// <summary>Finds the page of a report, and with it who owns it.</summary>
internal sealed class PagesOfReports(ISites sites, ICurrentSite current, ISender sender)
{
    /// <summary>The key of a message for what no site of the platform answers.</summary>
    public const string Foreign = "Fault.PageForeign";

    /// <summary>The page of an address as it was typed or carried by a link; else the key of a message.</summary>
    public async Task<(PageOfReport? Page, string? Fault)> FindAsync(string typed, Guid? documentId, CancellationToken cancellationToken)
    {
        if (!TryRead(PublicText.Line(typed), out var site, out var address, out var fault))
        {
            return (null, fault);
        }

        var path = address.Split('?')[0].TrimStart('/');
        if (await sender.Send(new FindPages([new PageAddress(site.Id, path)]), cancellationToken) is [var found, ..])
        {
            return (new PageOfReport(
                sites.ById(found.OwnerSiteId) ?? site, address, found.Title.CutTo(200), found.DocumentId, found.EditionId), null);
        }

        // The page has gone from there: the document that the link carried still says whose it is.
        return documentId is { } id && await sender.Send(new GetPublishedDocuments([id]), cancellationToken) is [var document, ..]
            && document.SiteId == site.Id
                ? (new PageOfReport(site, address, document.Title.CutTo(200), document.Id, document.EditionId), null)
                : (new PageOfReport(site, address, "", null, null), null);
    }

    // An address of this site with a slash, or a whole one of any site of the platform.
    private bool TryRead(string typed, [NotNullWhen(true)] out SiteInfo? site, out string address, out string? fault)
    {
        (site, address, fault) = (null, "", "Fault.Page");
        var local = typed.StartsWith('/') && !typed.StartsWith("//", StringComparison.Ordinal);
        var whole = local ? "http://page.invalid" + typed : typed.Contains("://", StringComparison.Ordinal) ? typed : "http://" + typed;
        if (typed.Length == 0 || !Uri.TryCreate(whole, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.UserInfo.Length > 0)
        {
            return false;
        }

        var owner = local ? current.Site : sites.ByHost(uri.IdnHost);
        if (owner is not { IsOpen: true })
        {
            fault = Foreign;
            return false;
        }

        address = WithoutMode(uri.AbsolutePath) + uri.Query;
        if (address.Length > PageOfReport.Longest)
        {
            return false;
        }

        (site, fault) = (owner, null);
        return true;
    }

    private static string WithoutMode(string path)
    {
        var segments = path.Trim('/').Split('/');
        return "/" + string.Join('/', ReaderMode.Parse(segments[0]) is null ? segments : segments[1..]);
    }
}
