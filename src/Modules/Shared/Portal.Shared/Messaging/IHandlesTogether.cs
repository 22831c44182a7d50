using MediatR;

namespace Portal.Shared.Messaging;

/// <summary>
/// A handler to which many facts cost little more than one: the dispatcher hands over all that it has claimed of the
/// kind, in their order and in one transaction with their inbox rows. When that fails they come one at a time, each in
/// a transaction of its own, so that a bad one holds up no other.
/// </summary>
public interface IHandlesTogether<in T> : INotificationHandler<T>
    where T : INotification
{
    /// <summary>Handles all of <paramref name="notifications"/>, or throws and none is handled.</summary>
    Task HandleTogether(IReadOnlyList<T> notifications, CancellationToken cancellationToken);
}
