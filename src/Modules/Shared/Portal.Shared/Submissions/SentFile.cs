using Microsoft.AspNetCore.Http;

namespace Portal.Shared.Submissions;

/// <summary>A file as it was sent.</summary>
public sealed record SentFile(string Name, byte[] Content)
{
    /// <summary>How many a form may carry.</summary>
    public const int Most = 3;

    /// <summary>How large one may be.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>How large a form may be that carries them.</summary>
    public const long LargestForm = 16L * 1024 * 1024;
}

/// <summary>A file that was inspected and may be kept.</summary>
public sealed record InspectedFile(string Name, string MediaType, byte[] Content);

/// <summary>Reads the files of a posted form.</summary>
public static class SentFiles
{
    /// <summary>The files of a field, read whole: the request's own limit is above all of them together.</summary>
    public static async Task<IReadOnlyList<SentFile>> FilesAsync(this IFormCollection form, string name, CancellationToken cancellationToken)
    {
        List<SentFile> files = [];
        foreach (var file in form.Files.GetFiles(name).Where(file => file.Length > 0).Take(SentFile.Most + 1))
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, cancellationToken);
            files.Add(new SentFile(file.FileName, content.ToArray()));
        }

        return files;
    }
}
