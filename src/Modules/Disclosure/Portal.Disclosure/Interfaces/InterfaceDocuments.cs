using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;

namespace Portal.Disclosure.Interfaces;

/// <summary>The OpenAPI documents of the published operations.</summary>
internal static class InterfaceDocuments
{
    private static readonly IReadOnlyList<string> SigningHeaders =
        [SignedRequests.KeyHeader, SignedRequests.TimeHeader, SignedRequests.HashHeader, SignedRequests.SignatureHeader];

    private static readonly IReadOnlyList<string> MustHave = ["kind", "indexNumber", "version", "contentHash"];

    public static void AddInterfaces(this IServiceCollection services)
    {
        foreach (var document in InterfaceOperations.Documents)
        {
            services.AddOpenApi(document, options =>
            {
                options.ShouldInclude = description =>
                    InterfaceOperations.Find(description.HttpMethod, description.RelativePath)?.Document == document;
                options.AddSchemaTransformer(DescribeSchema);
                options.AddOperationTransformer(DescribeAsync);
                options.AddDocumentTransformer(Introduce);
            });
        }
    }

    private static Task Introduce(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var text = TextOf(context.ApplicationServices);
        var name = context.DocumentName;
        document.Info = new OpenApiInfo { Title = text[name], Description = text[name + ".About"], Version = "1" };
        // Each site answers for itself at these paths.
        document.Servers = [new OpenApiServer { Url = "/", Description = text["Server"] }];
        foreach (var schema in document.Components?.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
        {
            schema.Description = null;
        }

        document.Tags = new HashSet<OpenApiTag> { new() { Name = name, Description = text[name] } };
        foreach (var operation in document.Paths.Values.SelectMany(item => item.Operations!.Values))
        {
            // Named after our classes, which are nothing to anybody outside.
            operation.Tags = new HashSet<OpenApiTagReference> { new(name, document) };
        }

        var paths = document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal).ToList();
        document.Paths = [];
        foreach (var (path, item) in paths)
        {
            document.Paths.Add(path, item);
        }

        if (name == InterfaceOperations.Docking)
        {
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = SigningHeaders.ToDictionary(
                header => header,
                IOpenApiSecurityScheme (header) => new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = header,
                    Description = text["Header." + header],
                });
            // All four, on each request.
            var requirement = new OpenApiSecurityRequirement();
            foreach (var header in SigningHeaders)
            {
                requirement.Add(new OpenApiSecuritySchemeReference(header, document), []);
            }

            document.Security = [requirement];
        }

        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var text = TextOf(context.ApplicationServices);
        var described = InterfaceOperations.Find(context.Description.HttpMethod, context.Description.RelativePath)!;
        operation.OperationId = described.Id;
        operation.Summary = text[described.Id];
        operation.Description = text[described.Id + ".About"];
        operation.Parameters = [.. described.Parameters.Select(parameter => Parameter(parameter, described, text))];
        operation.RequestBody = described.Body is null ? null : new OpenApiRequestBody
        {
            Required = true,
            Description = text[described.Id + ".Body"],
            Content = await ContentAsync("application/json", [described.Body]),
        };
        operation.Responses = [];
        foreach (var answer in described.Answers)
        {
            operation.Responses.Add(
                answer.Status.ToString(CultureInfo.InvariantCulture),
                new OpenApiResponse
                {
                    Description = text[$"{described.Id}.{answer.Status}"] is { ResourceNotFound: false } own
                        ? own : text[$"{described.Document}.{answer.Status}"],
                    Content = await ContentAsync(answer.MediaType, answer.Shapes),
                });
        }

        async Task<Dictionary<string, OpenApiMediaType>> ContentAsync(string mediaType, IReadOnlyList<Type> shapes)
        {
            List<IOpenApiSchema> schemas = [];
            foreach (var shape in shapes)
            {
                schemas.Add(await context.GetOrCreateSchemaAsync(shape, null, cancellationToken));
            }

            return new()
            {
                [mediaType] = new() { Schema = schemas.Count == 1 ? schemas[0] : new OpenApiSchema { OneOf = schemas } },
            };
        }
    }

    private static OpenApiParameter Parameter(
        InterfaceParameter parameter, InterfaceOperation operation, IStringLocalizer<InterfaceText> text)
    {
        var schema = new OpenApiSchema
        {
            Type = parameter.Type switch
            {
                "integer" => JsonSchemaType.Integer,
                "boolean" => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = parameter.Format,
            Enum = parameter.Codes.Count > 0 ? [.. parameter.Codes.Select(code => JsonValue.Create(code))] : null,
        };
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.InPath ? ParameterLocation.Path : parameter.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
            Required = parameter.Required,
            Description = text[$"{operation.Id}.{parameter.Name}"] is { ResourceNotFound: false } own
                ? own : text["Parameter." + parameter.Name],
            Example = parameter.Example is null ? null : JsonValue.Create(parameter.Example),
            Schema = parameter.Many ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
        };
    }

    private static Task DescribeSchema(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Numbers are written as numbers; that they might be read from texts is nobody's business.
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String)
            && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)))
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        if (context.JsonTypeInfo.Type == typeof(EntryMetadata))
        {
            // A text, or a list of texts where the profile lets an element repeat.
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalProperties = new OpenApiSchema
            {
                OneOf =
                [
                    new OpenApiSchema { Type = JsonSchemaType.String },
                    new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                ],
            };
        }

        // The generator forgets it of objects.
        if (context.JsonPropertyInfo is { IsGetNullable: true } && schema.Type is { } whole)
        {
            schema.Type = whole | JsonSchemaType.Null;
        }

        // What a record cannot do without, although what is read of one may lack anything.
        if (context.JsonTypeInfo.Type == typeof(DockingItem) && schema.Properties is not null)
        {
            schema.Required = MustHave.ToHashSet(StringComparer.Ordinal);
        }

        if (context.JsonPropertyInfo is { } part && part.DeclaringType == typeof(DockingItem) && MustHave.Contains(part.Name))
        {
            schema.Type &= ~JsonSchemaType.Null;
        }

        if (context.JsonPropertyInfo is null)
        {
            // What our classes say of themselves is for who reads the code.
            schema.Description = null;
        }
        else if (context.JsonPropertyInfo is { } property)
        {
            var text = TextOf(context.ApplicationServices);
            schema.Description = text[$"{property.DeclaringType.Name}.{property.Name}"] is { ResourceNotFound: false } own
                ? own : text["Field." + property.Name];
        }

        return Task.CompletedTask;
    }

    private static IStringLocalizer<InterfaceText> TextOf(IServiceProvider services) =>
        services.GetRequiredService<IStringLocalizer<InterfaceText>>();
}
