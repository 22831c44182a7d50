using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;

namespace Portal.Shared.Web;

/// <summary>
/// On a request whose form is only shown again with what was typed: its page could not be proven ours, or the reader asked
/// for it in larger text or stronger contrast. The field that lets the form take effect was taken out before any handler saw it.
/// </summary>
/// <param name="Unproven">The browser sent no antiforgery token that holds; else the reader asked.</param>
public sealed record ShownAgain(bool Unproven)
{
    /// <summary>The name of the buttons that show a form in another reading mode.</summary>
    public const string Button = "Show";

    /// <summary>What the endpoint says about the form: as the handler found, unless it is only shown again.</summary>
    /// <param name="context">The request.</param>
    /// <param name="errors">What the handler found wrong.</param>
    /// <param name="status">The status that would be answered.</param>
    public static (IReadOnlyList<FieldError> Errors, int Status) Said(HttpContext context, IReadOnlyList<FieldError> errors, int status)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<ShownAgain>() switch
        {
            null => (errors, status),
            { Unproven: false } => ([], StatusCodes.Status200OK),
            _ => (
                [new FieldError("", context.RequestServices.GetRequiredService<IStringLocalizer<ShownAgain>>()["Unproven"])],
                StatusCodes.Status422UnprocessableEntity),
        };
    }
}

/// <summary>Marks a form that may be shown again; without <see cref="Field"/> it takes no effect.</summary>
/// <param name="field">The field without which nothing is taken.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShownAgainAttribute(string field) : Attribute
{
    /// <summary>The field without which nothing is taken.</summary>
    public string Field { get; } = field;
}

/// <summary>The public forms that keep what was typed.</summary>
public static class ShownAgainForms
{
    /// <summary>
    /// Lets this form come back with what was typed instead of a bare refusal. Its handler must take nothing when
    /// <paramref name="field"/> is empty.
    /// </summary>
    public static RouteHandlerBuilder ShownAgainWithout(this RouteHandlerBuilder endpoint, string field) =>
        endpoint.WithMetadata(new ShownAgainAttribute(field));
}
