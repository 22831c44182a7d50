using Microsoft.EntityFrameworkCore;
using Portal.Shared.Blobs;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>Writes and opens the sealed papers of a letter.</summary>
internal sealed class LetterPapers(InteractionDbContext db, LetterKeyring keyring, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>Adds a sealed paper; it is saved with the step it belongs to.</summary>
    public LetterPaper Add<T>(Guid letterId, byte[] key, LetterPaperKind kind, T content)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var paper = new LetterPaper
        {
            Id = id,
            LetterId = letterId,
            Kind = kind,
            At = now,
            Sealed = CaseKeyring.SealAsJson(key, id, content),
        };
        db.LetterPapers.Add(paper);
        return paper;
    }

    /// <summary>Adds a file: its bytes are sealed before they reach the store, so that no hash of theirs can be guessed.</summary>
    public async Task<LetterPaper> AddFileAsync(Guid letterId, byte[] key, InspectedFile file, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        using var content = new MemoryStream(CaseKeyring.Seal(key, id, file.Content), writable: false);
        var paper = new LetterPaper
        {
            Id = id,
            LetterId = letterId,
            Kind = LetterPaperKind.Attachment,
            At = now,
            Sealed = CaseKeyring.SealAsJson(key, id, new LetterFile(file.Name, file.MediaType, file.Content.Length)),
            BlobHash = await blobs.PutAsync(content, cancellationToken),
        };
        db.LetterPapers.Add(paper);
        return paper;
    }

    public static T Read<T>(byte[] key, LetterPaper paper) => CaseKeyring.OpenJson<T>(key, paper.Id, paper.Sealed);

    /// <summary>The bytes of a file; null when they are not there.</summary>
    public async Task<byte[]?> ReadFileAsync(byte[] key, LetterPaper paper, CancellationToken cancellationToken)
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

    /// <summary>Names of the files that came with a letter or were added to it; none once it is erased.</summary>
    public async Task<IReadOnlyList<string>> FileNamesAsync(Letter letter, CancellationToken cancellationToken)
    {
        if (keyring.KeyOf(letter) is not { } key)
        {
            return [];
        }

        var files = await db.LetterPapers.AsNoTracking().Where(row => row.LetterId == letter.Id && row.Kind == LetterPaperKind.Attachment)
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return files.ConvertAll(paper => Read<LetterFile>(key, paper).Name);
    }

    /// <summary>The letter as it was written; null once it is erased.</summary>
    public async Task<WrittenLetter?> TextAsync(Letter letter, CancellationToken cancellationToken)
    {
        if (keyring.KeyOf(letter) is not { } key)
        {
            return null;
        }

        var paper = await db.LetterPapers.AsNoTracking()
            .SingleAsync(row => row.LetterId == letter.Id && row.Kind == LetterPaperKind.Letter, cancellationToken);
        return Read<WrittenLetter>(key, paper);
    }
}
