using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>A signal before it is one.</summary>
internal sealed record NoticedSignal(
    Guid SiteId, SignalSource Source, string Title, SignalEvidence Evidence, string Fingerprint, DateTimeOffset? At = null);

/// <summary>Raises signals, each once, and keeps what becomes of them.</summary>
internal sealed class SignalWriter(InteractionDbContext db, TimeProvider clock)
{
    private const int ChunkSize = 200;

    /// <summary>The fingerprint of what makes a signal the same.</summary>
    public static string Fingerprint(SignalSource source, params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{string.Join('\n', parts!)}")));

    /// <summary>
    /// Raises those that are not there yet and answers how many; with <paramref name="actor"/>, a person brought them. What
    /// is in the context besides is saved with the first of them.
    /// </summary>
    public async Task<int> RaiseAsync(IReadOnlyList<NoticedSignal> noticed, Actor? actor, CancellationToken cancellationToken)
    {
        var raised = 0;
        foreach (var chunk in noticed.DistinctBy(signal => (signal.SiteId, signal.Fingerprint)).Chunk(ChunkSize))
        {
            raised += await RaiseChunkAsync(chunk, actor, again: true, cancellationToken);
        }

        return raised;
    }

    /// <summary>What somebody makes of a signal; saved by the caller.</summary>
    public void Judge(
        Signal signal, SignalState verdict, Guid? topicId, string? topicTitle, string reason, Actor actor)
    {
        var now = clock.GetUtcNow();
        var words = Masking.InText(reason);
        signal.State = verdict;
        signal.TopicId = topicId;
        signal.Version++;
        db.SignalJudgements.Add(new SignalJudgement
        {
            Id = Guid.CreateVersion7(now),
            SignalId = signal.Id,
            At = now,
            ActorId = actor.Id,
            ActorName = actor.Name,
            ActorUnit = actor.Unit,
            Verdict = verdict,
            TopicId = topicId,
            TopicTitle = topicTitle,
            Reason = words,
        });
        db.Record(Decision.By(
            actor, now, "interaction.signal.judged", signal.SiteId, "signal", signal.Id.ToString(), signal.Title, words, null,
            ("verdict", verdict.ToString()), ("topic", topicId?.ToString() ?? ""), ("source", signal.Source.ToString())));
    }

    private async Task<int> RaiseChunkAsync(
        IReadOnlyList<NoticedSignal> chunk, Actor? actor, bool again, CancellationToken cancellationToken)
    {
        var (sites, prints) = (chunk.Select(row => row.SiteId).Distinct().ToArray(), chunk.Select(row => row.Fingerprint).ToArray());
        var there = (await db.Signals.AsNoTracking()
                .Where(row => sites.Contains(row.SiteId) && prints.Contains(row.Fingerprint))
                .Select(row => new { row.SiteId, row.Fingerprint }).ToListAsync(cancellationToken))
            .Select(row => (row.SiteId, row.Fingerprint)).ToHashSet();
        var fresh = chunk.Where(row => !there.Contains((row.SiteId, row.Fingerprint))).ToList();
        var now = clock.GetUtcNow();
        foreach (var signal in fresh)
        {
            Add(signal, actor, now);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (again
            && exception.InnerException is PostgresException { ConstraintName: SignalConfiguration.Once })
        {
            // Another host was at the same work: what it raised is there now.
            foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Added).ToList())
            {
                entry.State = EntityState.Detached;
            }

            return await RaiseChunkAsync(chunk, actor, again: false, cancellationToken);
        }

        return fresh.Count;
    }

    private void Add(NoticedSignal noticed, Actor? actor, DateTimeOffset now)
    {
        var signal = new Signal
        {
            Id = Guid.CreateVersion7(now),
            SiteId = noticed.SiteId,
            Source = noticed.Source,
            Title = noticed.Title,
            NoticedAt = noticed.At ?? now,
            SeenAt = noticed.At ?? now,
            Evidence = noticed.Evidence,
            Fingerprint = noticed.Fingerprint,
            Version = 1,
        };
        db.Signals.Add(signal);
        db.Record(Decision.By(
            actor, now, "interaction.signal.raised", signal.SiteId, "signal", signal.Id.ToString(), signal.Title, null, null,
            ("source", signal.Source.ToString())));
    }
}
