using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Interfaces.ReadInterfaceDocument;

/// <summary>The OpenAPI documents, cached like any public page.</summary>
internal sealed class ReadInterfaceDocumentEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/openapi/{documentName}.json", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(string documentName, HttpContext http)
    {
        if (!InterfaceOperations.Documents.Contains(documentName))
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        var provider = http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(documentName);
        var document = await provider.GetOpenApiDocumentAsync(http.RequestAborted);
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, http.RequestAborted);
        return Results.Bytes(stream.ToArray(), "application/json; charset=utf-8");
    }
}
