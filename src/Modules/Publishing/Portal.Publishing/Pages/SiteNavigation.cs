using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages;

/// <summary>The main navigation for pages of other modules.</summary>
internal sealed class SiteNavigation(PublishedData data, IPageCache cache) : ISiteNavigation
{
    public Task<IReadOnlyList<NavigationEntry>> OfAsync(SiteInfo site, CancellationToken cancellationToken) =>
        cache.RememberAsync($"navigation:{site.Id:N}", [CacheTags.Site(site.Id)], token => ReadAsync(site, token), cancellationToken);

    private Task<IReadOnlyList<NavigationEntry>> ReadAsync(SiteInfo site, CancellationToken cancellationToken) =>
        data.ReadAsync(
            async (row, token) =>
            {
                await row.ReadAsync(token);
                return row.Entries(0);
            },
            cancellationToken,
            new Statement("select nav.paths, nav.names from " + PublishedData.Navigation, site.Id));
}
