using MediatR;
using Portal.Shared.Decisions;

namespace Portal.Audit.Trail.SealDecision;

/// <summary>Opinion art. 12, 登记备案: every decision goes into the sealed trail.</summary>
internal sealed class OnDecisionTaken(Sequencer sequencer) : INotificationHandler<DecisionTaken>
{
    public Task Handle(DecisionTaken notification, CancellationToken cancellationToken) =>
        sequencer.AppendAsync(notification, cancellationToken);
}
