using MediatR;
using Portal.Disclosure.Contracts;
using Portal.Publishing.Documents;

namespace Portal.Publishing.Reviews;

/// <summary>Asks Disclosure whether an edition's metadata allows its release (Opinion art. 2: 先审查后公开).</summary>
internal sealed class DisclosureGate(ISender sender)
{
    /// <summary>Null where nothing is asked: the edition takes content away, or is a version in another language.</summary>
    public async Task<DisclosureCheck?> CheckAsync(Edition edition, Document document, CancellationToken cancellationToken)
    {
        if (edition.Unpublishing is not null || edition.Language != "zh-CN")
        {
            return null;
        }

        var check = await sender.Send(
            new CheckDisclosure
            {
                DocumentId = document.Id,
                SiteId = edition.SiteId,
                Type = document.Type,
                Title = edition.Title,
                Summary = edition.Summary,
                Fields = edition.Fields,
                Keywords = edition.Keywords,
                Source = edition.Source,
                ContentHash = edition.ContentHash,
            },
            cancellationToken);
        return check.Applies ? check : null;
    }
}
