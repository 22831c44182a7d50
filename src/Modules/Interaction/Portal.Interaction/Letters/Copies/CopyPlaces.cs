using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.Copies;

/// <summary>The way from the site's search to the public letters, which are no documents (G-31).</summary>
internal sealed class CopyPlaces(InteractionDbContext db, IStringLocalizer<CopyText> text) : ISearchPlaces
{
    public async Task<IReadOnlyList<NavigationEntry>> ForAsync(SiteInfo site, string words, CancellationToken cancellationToken) =>
        await db.LetterCopies.AnyAsync(copy => copy.SiteId == site.Id && copy.State == CopyState.Published, cancellationToken)
            ? [new(QueryHelpers.AddQueryString("letters/published", "q", words), text["Published.Search", words])]
            : [];
}
