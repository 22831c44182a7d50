using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Text;

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
            return Refuse(request, verdict.Fault!.Value);
        }

        var bytes = request.Content;
        if (kind.Family == FileFamily.Image)
        {
            if (ImageCleaner.TryClean(bytes, kind, MaximumPixels, out var clean) is { } fault)
            {
                return Refuse(request, fault);
            }

            bytes = clean!.Bytes;
        }

        return new FileInspection(null, MediaNames.Clean(request.Name, kind), kind.MediaType, bytes);
    }

    // Several may have come at once: which one it is has to be said.
    private FileInspection Refuse(Contracts.InspectFile request, FileFault fault) =>
        new(text["Fault.Named", request.Name.CutTo(60), text["Fault." + fault, MaximumPixels / 1_000_000]], "", "", []);
}
