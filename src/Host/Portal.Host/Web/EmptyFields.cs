using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Portal.Host.Web;

/// <summary>
/// A field that was left empty arrives as an empty text, which is no date, choice or identity: the binder would answer 400
/// and the person would lose the form. Such a field counts as not sent; what is missing is for the validator to say.
/// </summary>
internal sealed class EmptyFields(RequestDelegate next)
{
    private static readonly ConcurrentDictionary<MethodInfo, FrozenSet<string>> Optional = [];

    public async Task InvokeAsync(HttpContext context)
    {
        // The check of the token has read the form already.
        if (context.Request.HasFormContentType
            && context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is { } handler
            && Optional.GetOrAdd(handler, OptionalOf) is { Count: > 0 } optional)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (form.Any(field => IsLeft(field, optional)))
            {
                context.Request.Form = new FormCollection(
                    form.Where(field => !IsLeft(field, optional)).ToDictionary(field => field.Key, field => field.Value),
                    form.Files);
            }
        }

        await next(context);
    }

    private static bool IsLeft(KeyValuePair<string, StringValues> field, FrozenSet<string> optional) =>
        StringValues.IsNullOrEmpty(field.Value) && optional.Contains(field.Key);

    private static FrozenSet<string> OptionalOf(MethodInfo handler) => handler.GetParameters()
        .Where(parameter => parameter.GetCustomAttribute<FromFormAttribute>() is not null)
        .SelectMany(parameter => parameter.ParameterType.GetProperties())
        .Where(property => Nullable.GetUnderlyingType(property.PropertyType) is not null)
        .Select(property => property.Name)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
