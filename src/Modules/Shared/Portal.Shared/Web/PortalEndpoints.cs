using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Portal.Shared.Web;

/// <summary>
/// The few kinds of endpoints there are. Each states its authorisation, its antiforgery and its cache policy, so that
/// nothing is open, forgeable or cached by accident; an architecture test walks all of them.
/// </summary>
public static class PortalEndpoints
{
    /// <summary>Name of the authorisation policy: a signed-in person with at least one grant.</summary>
    public const string StaffPolicy = "staff";

    /// <summary>Name of the authorisation policy: another system's request, signed with its credential.</summary>
    public const string SignedPolicy = "signed";

    private static readonly string[] Reading = ["GET", "HEAD"];

    /// <summary>
    /// A public page or file: anybody, GET and HEAD, cached by tags for at most a minute, never with a cookie.
    /// </summary>
    /// <param name="endpoints">Where to add it.</param>
    /// <param name="pattern">Route pattern.</param>
    /// <param name="handler">Answers the request.</param>
    /// <param name="query">Query keys that make a different page; all others are ignored by the cache.</param>
    public static RouteHandlerBuilder MapPublicPage(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler, params string[] query) =>
        endpoints.MapMethods(pattern, Reading, handler)
            .AllowAnonymous()
            .WithMetadata(new PublicPageAttribute(query))
            .CacheOutput(PublicPageCachePolicy.Instance);

    /// <summary>
    /// A file for anybody: too large for the page cache, with an entity tag and a cache policy that the endpoint sets.
    /// </summary>
    public static RouteHandlerBuilder MapPublicFile(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapMethods(pattern, Reading, handler)
            .AllowAnonymous()
            .WithMetadata(new PublicFileAttribute());

    /// <summary>An answer for anybody that must never be cached: previews, health, forms of the public.</summary>
    public static RouteHandlerBuilder MapPublicUncached(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapMethods(pattern, Reading, handler)
            .AllowAnonymous()
            .WithMetadata(new UncachedAttribute());

    /// <summary>A form that anybody may post.</summary>
    public static RouteHandlerBuilder MapPublicForm(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapPost(pattern, handler)
            .AllowAnonymous()
            .WithMetadata(new UncachedAttribute(), new RequireAntiforgeryTokenAttribute())
            .RefuseEmptyForm();

    /// <summary>
    /// A POST of an open protocol that only reads, as GET would: it changes nothing, so there is nothing to forge, and its
    /// callers are programs that have seen no page of ours.
    /// </summary>
    public static RouteHandlerBuilder MapPublicQuery(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapPost(pattern, handler)
            .AllowAnonymous()
            .WithMetadata(new UncachedAttribute(), new ReadingPostAttribute());

    /// <summary>A page of the staff console: signed in, never cached.</summary>
    public static RouteHandlerBuilder MapConsolePage(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapMethods(pattern, Reading, handler)
            .RequireAuthorization(StaffPolicy)
            .WithMetadata(new UncachedAttribute());

    /// <summary>A form of the staff console: signed in, antiforgery token required.</summary>
    public static RouteHandlerBuilder MapConsoleForm(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapPost(pattern, handler)
            .RequireAuthorization(StaffPolicy)
            .WithMetadata(new UncachedAttribute(), new RequireAntiforgeryTokenAttribute())
            .RefuseEmptyForm();

    /// <summary>What another system reads: each request is signed, never cached.</summary>
    public static RouteHandlerBuilder MapSignedRead(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapMethods(pattern, Reading, handler)
            .RequireAuthorization(SignedPolicy)
            .WithMetadata(new UncachedAttribute(), new SignedRequestAttribute());

    /// <summary>
    /// What another system sends: each request is signed. A browser cannot be made to send one, so there is no token.
    /// </summary>
    public static RouteHandlerBuilder MapSignedPost(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler) =>
        endpoints.MapPost(pattern, handler)
            .RequireAuthorization(SignedPolicy)
            .WithMetadata(new UncachedAttribute(), new SignedRequestAttribute());

    // A form with none of the fields that a handler binds is bound to null, which no page of ours sends.
    private static RouteHandlerBuilder RefuseEmptyForm(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilterFactory((handler, next) =>
        {
            var nullability = new NullabilityInfoContext();
            int[] forms =
            [
                .. handler.MethodInfo.GetParameters()
                    .Where(parameter => parameter.IsDefined(typeof(FromFormAttribute), inherit: false)
                        && nullability.Create(parameter).ReadState == NullabilityState.NotNull)
                    .Select(parameter => parameter.Position),
            ];
            return forms.Length == 0
                ? next
                : context => forms.Any(position => context.Arguments[position] is null)
                    ? ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status400BadRequest))
                    : next(context);
        });
}

/// <summary>Marks a cacheable public page and names the query keys that matter to it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicPageAttribute(params string[] query) : Attribute
{
    /// <summary>Query keys that make a different page.</summary>
    public StringValues Query { get; } = new(query);
}

/// <summary>Marks a public file that states its own cache policy.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicFileAttribute : Attribute;

/// <summary>Marks an answer that carries <c>Cache-Control: no-store</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UncachedAttribute : Attribute;

/// <summary>Marks a request of another system: it carries no cookie and proves itself by its signature.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignedRequestAttribute : Attribute;

/// <summary>Marks a POST that reads only and gives everybody the same.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadingPostAttribute : Attribute;
