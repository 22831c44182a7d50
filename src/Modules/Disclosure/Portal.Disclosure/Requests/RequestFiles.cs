using Microsoft.EntityFrameworkCore;
using Portal.Shared.Blobs;
using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests;

/// <summary>A file as its paper knows it.</summary>
/// <param name="Name">Cleaned name.</param>
/// <param name="MediaType">What its bytes are.</param>
/// <param name="Size">Bytes.</param>
internal sealed record FilePaper(string Name, string MediaType, int Size);

/// <summary>Writes and opens the sealed papers of a case.</summary>
internal sealed class RequestFiles(DisclosureDbContext db, RequestKeyring keyring, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>Adds a sealed paper; it is saved with the step it belongs to.</summary>
    public RequestPaper Add<T>(Guid requestId, byte[] key, PaperKind kind, T content, string? contentHash = null)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var paper = new RequestPaper
        {
            Id = id,
            RequestId = requestId,
            Kind = kind,
            At = now,
            Sealed = CaseKeyring.SealAsJson(key, id, content),
            ContentHash = contentHash,
        };
        db.Papers.Add(paper);
        return paper;
    }

    /// <summary>Adds a file: its bytes are sealed before they reach the store, so that no hash of theirs can be guessed.</summary>
    public async Task<RequestPaper> AddFileAsync(
        Guid requestId, byte[] key, PaperKind kind, InspectedFile file, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        using var content = new MemoryStream(CaseKeyring.Seal(key, id, file.Content), writable: false);
        var paper = new RequestPaper
        {
            Id = id,
            RequestId = requestId,
            Kind = kind,
            At = now,
            Sealed = CaseKeyring.SealAsJson(key, id, new FilePaper(file.Name, file.MediaType, file.Content.Length)),
            BlobHash = await blobs.PutAsync(content, cancellationToken),
        };
        db.Papers.Add(paper);
        return paper;
    }

    public static T Read<T>(byte[] key, RequestPaper paper) =>
        CaseKeyring.OpenJson<T>(key, paper.Id, paper.Sealed);

    /// <summary>The bytes of a file; null when they are not there.</summary>
    public async Task<byte[]?> ReadFileAsync(byte[] key, RequestPaper paper, CancellationToken cancellationToken)
    {
        if (paper.BlobHash is null || await blobs.OpenAsync(paper.BlobHash, cancellationToken) is not { } stream)
        {
            return null;
        }

        await using (stream)
        {
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, cancellationToken);
            return CaseKeyring.Open(key, paper.Id, content.GetBuffer().AsSpan(0, (int)content.Length));
        }
    }

    /// <summary>The last word of the applicant on who asks and what.</summary>
    public async Task<Applicant?> ApplicantAsync(InformationRequest request, CancellationToken cancellationToken)
    {
        if (keyring.KeyOf(request) is not { } key)
        {
            return null;
        }

        var paper = await db.Papers.AsNoTracking()
            .SingleAsync(row => row.RequestId == request.Id && row.Kind == PaperKind.Application, cancellationToken);
        return Read<Applicant>(key, paper);
    }
}
