using System.Reflection;
using System.Text.RegularExpressions;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Shared.Actors;
using Portal.Shared.Web;

namespace Portal.Architecture.Tests;

/// <summary>The rules, each a function that answers what breaks it, so that a test can show that it can be broken.</summary>
internal static partial class Rules
{
    private static readonly string[] Free = ["Portal.Shared", "MediatR.Contracts"];

    /// <summary>A module reaches others only through their contracts; a contract reaches nothing.</summary>
    public static IEnumerable<string> References(string project, IEnumerable<string> references) =>
        project is "Portal.Host" or "MediatR.Contracts"
            ? []
            : references
                .Where(reference => project.EndsWith(".Contracts", StringComparison.Ordinal)
                    ? reference != "MediatR.Contracts"
                    : !Free.Contains(reference) && !reference.EndsWith(".Contracts", StringComparison.Ordinal))
                .Select(reference => $"{project} references {reference}");

    /// <summary>A contracts assembly knows the base library and MediatR's interfaces.</summary>
    public static IEnumerable<string> ContractReferences(Assembly contracts) =>
        contracts.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name != "MediatR.Contracts" && !name.StartsWith("System.", StringComparison.Ordinal))
            .Select(name => $"{contracts.GetName().Name} references {name}");

    /// <summary>What only the module itself uses is internal and sealed.</summary>
    public static IEnumerable<string> Closed(IEnumerable<Type> types) =>
        types
            .Where(type => type is { IsClass: true, IsAbstract: false } && IsPlumbing(type))
            .Where(type => type.IsVisible || !type.IsSealed)
            .Select(type => $"{type.FullName} is not internal and sealed");

    /// <summary>Every request says who may make it.</summary>
    public static IEnumerable<string> Guarded(IEnumerable<Type> types) =>
        types
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBaseRequest)))
            .Where(type => !type.IsAssignableTo(typeof(IRequirePermission))
                && !type.IsAssignableTo(typeof(IPublicRequest)))
            .Select(type => $"{type.FullName} names neither a permission nor the public");

    /// <summary>Every request has exactly one handler, every notification at most one a module.</summary>
    public static IEnumerable<string> Handlers(IEnumerable<Type> types)
    {
        var all = types.ToList();
        var handled = all
            .SelectMany(type => type.GetInterfaces().Where(face => face.IsGenericType).Select(face => (type, face)))
            .ToList();
        var requests = handled
            .Where(pair => pair.face.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .ToLookup(pair => pair.face.GenericTypeArguments[0], pair => pair.type);
        foreach (var request in all.Where(type => type is { IsClass: true, IsAbstract: false }
            && type.IsAssignableTo(typeof(IBaseRequest))))
        {
            if (requests[request].Count() != 1)
            {
                yield return $"{request.FullName} has {requests[request].Count()} handlers";
            }
        }

        foreach (var group in handled
            .Where(pair => pair.face.GetGenericTypeDefinition() == typeof(INotificationHandler<>))
            .GroupBy(pair => (pair.type.Assembly, pair.face))
            .Where(group => group.Count() > 1))
        {
            yield return $"{group.Key.Assembly.GetName().Name} handles {group.Key.face.GenericTypeArguments[0].Name} twice";
        }
    }

    /// <summary>An endpoint lives in the slice folder of its name; what belongs to the pipeline lives in Web.</summary>
    public static IEnumerable<string> SliceNames(IEnumerable<Type> types) =>
        types
            .Where(type => type.IsAssignableTo(typeof(ICarterModule)) && type is { IsAbstract: false })
            .Where(type => type.Namespace != "Portal.Host.Web")
            .Where(type => !type.Name.EndsWith("Endpoint", StringComparison.Ordinal)
                || type.Namespace?.Split('.')[^1] != type.Name[..^"Endpoint".Length])
            .Select(type => $"{type.FullName} is not in a folder of its name");

    /// <summary>A context maps tables of its schema only.</summary>
    public static IEnumerable<string> Schemas(IModel model, string schema) =>
        model.GetEntityTypes()
            .Where(entity => entity.GetTableName() is not null && entity.GetSchema() != schema)
            .Select(entity => $"{entity.Name} is mapped to {entity.GetSchema()}");

    /// <summary>SQL text of a module names no other module's schema.</summary>
    public static IEnumerable<string> ForeignSql(string file, string text, string own, IEnumerable<string> schemas) =>
        SqlTable().Matches(text)
            .Select(match => match.Groups["schema"].Value)
            .Where(schema => schema != own && schemas.Contains(schema))
            .Select(schema => $"{file} names tables of {schema}");

    /// <summary>Every endpoint states authorisation, antiforgery and caching.</summary>
    public static IEnumerable<string> EndpointFacts(RouteEndpoint endpoint)
    {
        var metadata = endpoint.Metadata;
        var name = $"{string.Join('/', metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"])} /{endpoint.RoutePattern.RawText?.TrimStart('/')}";
        var open = metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (!open && metadata.GetMetadata<IAuthorizeData>() is null)
        {
            yield return $"{name} says nothing of authorisation";
        }

        var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        var reads = methods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
        // A signature is made for one request by who holds the key: no page of anybody can have it sent.
        var signed = metadata.GetMetadata<SignedRequestAttribute>() is not null;
        if (signed && (open || metadata.GetOrderedMetadata<IAuthorizeData>().All(data => data.Policy != PortalEndpoints.SignedPolicy)))
        {
            yield return $"{name} takes signed requests and does not check the signature";
        }

        // What reads only has nothing to forge, and nobody's rights to borrow.
        var query = metadata.GetMetadata<ReadingPostAttribute>() is not null;
        if (query && !open)
        {
            yield return $"{name} reads by POST what is not for everybody";
        }

        if (!reads && !signed && !query && metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
        {
            yield return $"{name} can be forged";
        }

        if (reads && methods.Count > 0 && !methods.Contains(HttpMethods.Head))
        {
            yield return $"{name} does not answer HEAD";
        }

        if (metadata.GetMetadata<PublicPageAttribute>() is null
            && metadata.GetMetadata<PublicFileAttribute>() is null
            && metadata.GetMetadata<UncachedAttribute>() is null)
        {
            yield return $"{name} says nothing of caching";
        }

        if (!open && metadata.GetMetadata<PublicPageAttribute>() is not null)
        {
            yield return $"{name} caches what is not for everybody";
        }
    }

    /// <summary>The notifications that docs/events.md lists.</summary>
    public static IReadOnlySet<string> ListedEvents(string markdown) =>
        EventRow().Matches(markdown).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// A form-bound request has settable properties: a positional record answers 400 as soon as a box is not ticked.
    /// </summary>
    public static IEnumerable<string> FormBound(IEnumerable<Type> forms) =>
        forms
            .Where(type => type.GetConstructor(Type.EmptyTypes) is null)
            .Select(type => $"{type.FullName} is bound to a form and has no parameterless constructor");

    private static bool IsPlumbing(Type type) =>
        type.IsAssignableTo(typeof(ICarterModule))
        || type.IsAssignableTo(typeof(DbContext))
        || type.IsAssignableTo(typeof(IValidator))
        || type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() is { } open
            && (open == typeof(IRequestHandler<,>) || open == typeof(INotificationHandler<>)
                || open == typeof(IEntityTypeConfiguration<>)))
        || (type.Name.EndsWith("Endpoint", StringComparison.Ordinal) && !type.IsAssignableTo(typeof(ComponentBase)));

    [GeneratedRegex(@"\b(?:from|join|into|update|table|references)\s+(?<schema>[a-z]+)\.[a-z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex SqlTable();

    [GeneratedRegex(@"^\|\s*`(?<name>Portal\.[A-Za-z.]+)`", RegexOptions.Multiline)]
    private static partial Regex EventRow();
}
