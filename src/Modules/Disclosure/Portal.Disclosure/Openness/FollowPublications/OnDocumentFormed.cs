using MediatR;
using Portal.Publishing.Contracts;

namespace Portal.Disclosure.Openness.FollowPublications;

/// <summary>A document on its way says when it was formed, or no longer does: its clock starts before it is public.</summary>
internal sealed class OnDocumentFormed(OpennessItems items) : INotificationHandler<DocumentFormed>
{
    public Task Handle(DocumentFormed notification, CancellationToken cancellationToken) =>
        items.RenewAsync([notification.DocumentId], cancellationToken);
}
