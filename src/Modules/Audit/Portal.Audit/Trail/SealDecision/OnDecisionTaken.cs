using Portal.Shared.Decisions;
using Portal.Shared.Messaging;

namespace Portal.Audit.Trail.SealDecision;

/// <summary>Opinion art. 12, 登记备案: every decision goes into the sealed trail.</summary>
internal sealed class OnDecisionTaken(Sequencer sequencer) : IHandlesTogether<DecisionTaken>
{
    public Task Handle(DecisionTaken notification, CancellationToken cancellationToken) =>
        HandleTogether([notification], cancellationToken);

    public Task HandleTogether(IReadOnlyList<DecisionTaken> notifications, CancellationToken cancellationToken) =>
        sequencer.AppendAsync(notifications, cancellationToken);
}
