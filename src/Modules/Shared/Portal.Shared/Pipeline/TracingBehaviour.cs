using MediatR;

namespace Portal.Shared.Pipeline;

/// <summary>A span for every request that goes through MediatR.</summary>
internal sealed class TracingBehaviour<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(
        TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        using var activity = PortalTelemetry.Source.StartActivity(typeof(TRequest).Name);
        return await next();
    }
}
