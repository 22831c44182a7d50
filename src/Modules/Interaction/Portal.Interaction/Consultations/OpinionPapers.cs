using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Blobs;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Consultations;

/// <summary>Writes and opens the sealed papers of opinions. The module has one ring of keys.</summary>
internal sealed class OpinionPapers(InteractionDbContext db, LetterKeyring keyring, IBlobStore blobs, TimeProvider clock)
{
    public void Add(Guid opinionId, byte[] key, WrittenOpinion written)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        db.OpinionPapers.Add(new OpinionPaper { Id = id, OpinionId = opinionId, Sealed = CaseKeyring.SealAsJson(key, id, written) });
    }

    /// <summary>Adds a file: its bytes are sealed before they reach the store, so that no hash of theirs can be guessed.</summary>
    public async Task AddFileAsync(Guid opinionId, byte[] key, InspectedFile file, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        using var content = new MemoryStream(CaseKeyring.Seal(key, id, file.Content), writable: false);
        db.OpinionPapers.Add(new OpinionPaper
        {
            Id = id,
            OpinionId = opinionId,
            IsFile = true,
            Sealed = CaseKeyring.SealAsJson(key, id, new OpinionFile(file.Name, file.MediaType, file.Content.Length)),
            BlobHash = await blobs.PutAsync(content, cancellationToken),
        });
    }

    /// <summary>What was written, of many at once; who was erased is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, WrittenOpinion>> WordsAsync(
        IReadOnlyCollection<Opinion> opinions, CancellationToken cancellationToken)
    {
        var keys = opinions.Where(row => row.SealedKey is not null).ToDictionary(row => row.Id, row => keyring.Unwrap(row.SealedKey)!);
        if (keys.Count == 0)
        {
            return new Dictionary<Guid, WrittenOpinion>();
        }

        Guid[] ids = [.. keys.Keys];
        var papers = await db.OpinionPapers.AsNoTracking().Where(paper => ids.Contains(paper.OpinionId) && !paper.IsFile)
            .ToListAsync(cancellationToken);
        return papers.ToDictionary(
            paper => paper.OpinionId, paper => CaseKeyring.OpenJson<WrittenOpinion>(keys[paper.OpinionId], paper.Id, paper.Sealed));
    }

    /// <summary>What was written; null once it is erased.</summary>
    public async Task<WrittenOpinion?> WordsAsync(Opinion opinion, CancellationToken cancellationToken) =>
        (await WordsAsync([opinion], cancellationToken)).GetValueOrDefault(opinion.Id);

    /// <summary>The names of an opinion's files.</summary>
    public async Task<IReadOnlyList<(Guid Id, OpinionFile File)>> FilesAsync(Opinion opinion, CancellationToken cancellationToken)
    {
        if (keyring.Unwrap(opinion.SealedKey) is not { } key)
        {
            return [];
        }

        var papers = await db.OpinionPapers.AsNoTracking().Where(paper => paper.OpinionId == opinion.Id && paper.IsFile)
            .OrderBy(paper => paper.Id).ToListAsync(cancellationToken);
        return papers.ConvertAll(paper => (paper.Id, CaseKeyring.OpenJson<OpinionFile>(key, paper.Id, paper.Sealed)));
    }

    /// <summary>A file with its bytes; null when it is not there.</summary>
    public async Task<(OpinionFile File, byte[] Content)?> ReadFileAsync(Opinion opinion, Guid fileId, CancellationToken cancellationToken)
    {
        var paper = await db.OpinionPapers.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == fileId && row.OpinionId == opinion.Id && row.IsFile, cancellationToken);
        if (paper?.BlobHash is not { } hash || keyring.Unwrap(opinion.SealedKey) is not { } key
            || await blobs.OpenAsync(hash, cancellationToken) is not { } stream)
        {
            return null;
        }

        await using (stream)
        {
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, cancellationToken);
            return (CaseKeyring.OpenJson<OpinionFile>(key, paper.Id, paper.Sealed),
                CaseKeyring.Open(key, paper.Id, content.GetBuffer().AsSpan(0, (int)content.Length)));
        }
    }
}
