using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;

namespace Portal.Publishing.Media.InspectFile;

/// <summary>Inspects a file for another module with the library's own eyes.</summary>
internal sealed class InspectFileHandler(IStringLocalizer<MediaText> text)
    : IRequestHandler<Contracts.InspectFile, FileInspection>
{
    private const long MaximumPixels = 50_000_000;

    public async Task<FileInspection> Handle(Contracts.InspectFile request, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(request.Content, writable: false);
        var verdict = await FileInspector.InspectAsync(content, request.Name, cancellationToken);
        if (verdict.Kind is not { } kind)
        {
            return Refuse(verdict.Fault!.Value);
        }

        var bytes = request.Content;
        if (kind.Family == FileFamily.Image)
        {
            if (ImageCleaner.TryClean(bytes, kind, MaximumPixels, out var clean) is { } fault)
            {
                return Refuse(fault);
            }

            bytes = clean!.Bytes;
        }

        return new FileInspection(null, MediaNames.Clean(request.Name, kind), kind.MediaType, bytes);
    }

    private FileInspection Refuse(FileFault fault) => new(text["Fault." + fault, MaximumPixels / 1_000_000], "", "", []);
}
