using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Shared.Pipeline;

/// <summary>
/// Refuses a request whose permission the actor holds nowhere, before anything is loaded; the handler still checks the
/// object's own site and channel. Every refusal, from here or from the handler, is recorded.
/// </summary>
internal sealed class AuthorisationBehaviour<TRequest, TResponse>(ICurrentActor current, IRefusals refusals)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequirePermission
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var response = current.Actor is { } actor && actor.Has(TRequest.Permission)
            ? await next()
            : TResponse.Refuse(Failure.Forbidden);
        if (response.Failure is { Refused: true } failure)
        {
            await refusals.RecordAsync(typeof(TRequest).Name, failure.About, cancellationToken);
        }

        return response;
    }
}
