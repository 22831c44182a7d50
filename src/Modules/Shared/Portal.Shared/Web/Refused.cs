using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Shared.Web;

/// <summary>
/// The answer of an endpoint that itself finds that its page is not for the reader: no request reached the pipeline, so
/// the refusal is recorded here, as the pipeline would.
/// </summary>
/// <typeparam name="TRequest">What the page is for; the trail names it.</typeparam>
/// <param name="failure"><see cref="Failure.Forbidden"/>, or <see cref="Failure.OutOfScope"/> for what the reader may not
/// know of; with what it was about where that is known.</param>
public sealed class Refused<TRequest>(Failure failure) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        await httpContext.RequestServices.GetRequiredService<IRefusals>()
            .RecordAsync(typeof(TRequest).Name, failure.About, httpContext.RequestAborted);
        // The host adds the page with the way back.
        httpContext.Response.StatusCode = failure.Kind == FailureKind.Forbidden
            ? StatusCodes.Status403Forbidden
            : StatusCodes.Status404NotFound;
    }
}
