using Microsoft.AspNetCore.Http;

namespace Portal.Shared.Outcomes;

/// <summary>What a failure is in HTTP.</summary>
public static class FailureStatus
{
    /// <summary>The status code of its kind.</summary>
    public static int Status(this Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Kind switch
        {
            FailureKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            FailureKind.NotFound => StatusCodes.Status404NotFound,
            FailureKind.Forbidden => StatusCodes.Status403Forbidden,
            FailureKind.Conflict => StatusCodes.Status409Conflict,
            _ => throw new InvalidOperationException($"Unknown failure {failure.Kind}."),
        };
    }
}
