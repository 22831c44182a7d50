using Carter;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>The built style sheets, scripts and pictures, with the compressed twins that the build put beside them.</summary>
internal sealed class AssetFiles : IDisposable
{
    private static readonly FileExtensionContentTypeProvider Types = new();
    private readonly PhysicalFileProvider? _files;

    public AssetFiles(IHostEnvironment environment, IConfiguration configuration)
    {
        var folder = FolderOf(environment, configuration);
        _files = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : null;
    }

    public static string FolderOf(IHostEnvironment environment, IConfiguration configuration) =>
        configuration["Portal:Assets"] is { Length: > 0 } folder
            ? Path.GetFullPath(folder)
            : Path.Combine(environment.ContentRootPath, "wwwroot", "assets");

    public IResult Answer(HttpContext context, string path)
    {
        if (_files?.GetFileInfo(path) is not { Exists: true, IsDirectory: false } file
            || !Types.TryGetContentType(path, out var type))
        {
            return Results.NotFound();
        }

        // A name with its hash never means anything else; a plain name may.
        context.Response.Headers.CacheControl = Path.GetFileName(path).Count(letter => letter == '.') > 1
            ? "public, max-age=31536000, immutable"
            : PageBytes.CacheControl;
        var coding = ContentCoding.Of(context.Request);
        var suffix = coding switch { "br" => ".br", "gzip" => ".gz", _ => null };
        if (suffix is not null && _files.GetFileInfo(path + suffix) is { Exists: true } twin)
        {
            context.Response.Headers.ContentEncoding = coding;
            context.Response.Headers.Vary = "Accept-Encoding";
            file = twin;
        }

        return Results.Stream(file.CreateReadStream(), type);
    }

    public void Dispose() => _files?.Dispose();
}

internal sealed class AssetsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/assets/{**path}", (HttpContext context, AssetFiles files, string path) =>
            files.Answer(context, path));
}
