using FluentValidation;
using MediatR;
using Portal.Shared.Outcomes;

namespace Portal.Shared.Pipeline;

/// <summary>Answers invalid input with its field errors, without reaching the handler.</summary>
internal sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            errors.AddRange(result.Errors.Select(error => new FieldError(error.PropertyName, error.ErrorMessage)));
        }

        return errors.Count == 0 ? await next() : TResponse.Refuse(new Failure(FailureKind.Invalid, errors));
    }
}
