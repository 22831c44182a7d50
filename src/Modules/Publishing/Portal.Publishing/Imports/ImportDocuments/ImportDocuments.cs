using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Publishing.Channels;
using Portal.Shared.Decisions;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Channel = Portal.Publishing.Channels.Channel;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>What to import, and on whose approval.</summary>
internal sealed record ImportRequest(
    string File, SiteInfo Site, Channel Channel, Guid? ApprovedBy, string ApprovedByName, bool DryRun);

/// <summary>What an import did.</summary>
internal sealed record ImportReport(
    Guid BatchId, int Imported, int Unchanged, IReadOnlyList<ImportRejection> Rejections);

/// <summary>
/// Imports documents that were published elsewhere before. Lines are read and made into rows on one core while the
/// database takes the rows before them on the other. A line that is wrong is reported and passed over; a document that
/// is there already is left as it is; what was committed stays when the import is interrupted and is not done again.
/// </summary>
internal sealed class ImportDocuments(PublishingDbContext db, TimeProvider clock)
{
    private const int ChunkSize = 200;
    private const int ChunksAhead = 2;

    // The search index takes in new entries in large lots, which costs half of what small ones do. Until a lot is taken
    // in, every search reads it through: hence not the whole import in one.
    private static readonly FormattableString CollectIndexEntries =
        $"select set_config('work_mem', '64MB', true), set_config('gin_pending_list_limit', '32MB', true)";

    public async Task<ImportReport> RunAsync(
        ImportRequest request, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var batch = new ImportBatch
        {
            Id = Guid.CreateVersion7(now),
            SiteId = request.Site.Id,
            ChannelId = request.Channel.Id,
            FileName = Path.GetFileName(request.File),
            FileHash = "",
            ApprovedBy = request.ApprovedBy,
            ApprovedByName = request.ApprovedByName,
            StartedAt = now,
        };
        if (!request.DryRun)
        {
            db.ImportBatches.Add(batch);
            await db.SaveChangesAsync(cancellationToken);
        }

        var known = (await db.Documents
            .Where(document => document.SiteId == request.Site.Id && document.SourceId != null)
            .Select(document => document.SourceId!)
            .ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        await using var file = File.OpenRead(request.File);
        using var lines = new ImportLines(file);
        var work = new Work(batch, request.Channel, known, clock);
        var queue = System.Threading.Channels.Channel.CreateBounded<ImportChunk>(ChunksAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => work.ReadAsync(lines, queue.Writer, progress, stop.Token), stop.Token);
        try
        {
            await WriteAsync(queue.Reader, batch, request, cancellationToken);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }

        await reading;
        await CompleteAsync(batch, work, request, lines.Hash, cancellationToken);
        return new ImportReport(batch.Id, batch.Imported, work.Unchanged, work.Rejections);
    }

    private async Task WriteAsync(
        ChannelReader<ImportChunk> chunks, ImportBatch batch, ImportRequest request,
        CancellationToken cancellationToken)
    {
        await foreach (var chunk in chunks.ReadAllAsync(cancellationToken))
        {
            if (!request.DryRun)
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.Database.ExecuteSqlAsync(CollectIndexEntries, cancellationToken);
                await StandStillAsync(request.Channel, cancellationToken);
                await chunk.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            batch.Imported += chunk.Count;
        }

        if (batch.Imported > 0 && !request.DryRun)
        {
            await db.Database.ExecuteSqlAsync($"select publishing.settle_search()", cancellationToken);
        }
    }

    // The rows are made below the path that the channel had at the start.
    private async Task StandStillAsync(Channel channel, CancellationToken cancellationToken)
    {
        await db.SharePathsAsync(channel.SiteId, cancellationToken);
        var path = await db.Channels.Where(row => row.Id == channel.Id).Select(row => row.Path)
            .SingleAsync(cancellationToken);
        if (path != channel.Path)
        {
            throw new InvalidDataException($"The channel {channel.Path} was moved to {path}.");
        }
    }

    private async Task CompleteAsync(
        ImportBatch batch, Work work, ImportRequest request, string fileHash, CancellationToken cancellationToken)
    {
        if (request.DryRun)
        {
            return;
        }

        var now = clock.GetUtcNow();
        batch.CompletedAt = now;
        batch.Unchanged = work.Unchanged;
        batch.Rejected = work.Rejections.Count;
        batch.FileHash = fileHash;
        db.ImportBatches.Update(batch);
        db.ImportRejections.AddRange(work.Rejections);
        db.Record(new DecisionTaken
        {
            Id = Guid.CreateVersion7(now),
            OccurredAt = now,
            Action = "publishing.import.completed",
            ActorId = batch.ApprovedBy,
            ActorName = batch.ApprovedByName,
            SiteId = batch.SiteId,
            ObjectType = "import",
            ObjectId = batch.Id.ToString(),
            ObjectTitle = batch.FileName,
            ContentHash = fileHash,
            Facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["channel"] = request.Channel.Path,
                ["imported"] = batch.Imported.ToString(CultureInfo.InvariantCulture),
                ["unchanged"] = batch.Unchanged.ToString(CultureInfo.InvariantCulture),
                ["rejected"] = batch.Rejected.ToString(CultureInfo.InvariantCulture),
            },
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The reading half.</summary>
    private sealed class Work(ImportBatch batch, Channel channel, HashSet<string> known, TimeProvider clock)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public int Unchanged { get; private set; }

        public List<ImportRejection> Rejections { get; } = [];

        public async Task ReadAsync(
            ImportLines lines, ChannelWriter<ImportChunk> chunks, IProgress<long> progress,
            CancellationToken cancellationToken)
        {
            try
            {
                var chunk = new ImportChunk();
                await foreach (var line in lines.ReadAsync(cancellationToken))
                {
                    if (Take(line) is { } document)
                    {
                        chunk.Add(document);
                    }

                    if (chunk.Count == ChunkSize)
                    {
                        await chunks.WriteAsync(chunk, cancellationToken);
                        chunk = new ImportChunk();
                    }

                    progress.Report(line.Number);
                }

                if (chunk.Count > 0)
                {
                    await chunks.WriteAsync(chunk, cancellationToken);
                }

                chunks.Complete();
            }
            catch (Exception exception)
            {
                chunks.Complete(exception);
            }
        }

        private ImportedDocument? Take(ImportLine line)
        {
            try
            {
                var now = clock.GetUtcNow();
                var record = ImportRecord.Read(
                    line.Text ?? throw new FormatException(line.Problem), BeijingTime.Date(now));
                if (!_seen.Add(record.SourceId))
                {
                    throw new FormatException($"the id {record.SourceId} stands in the file before");
                }

                if (known.Contains(record.SourceId))
                {
                    Unchanged++;
                    return null;
                }

                return ImportedDocument.Of(record, batch, channel, now);
            }
            catch (FormatException exception)
            {
                Rejections.Add(new ImportRejection
                {
                    BatchId = batch.Id,
                    Line = line.Number,
                    Reason = exception.Message,
                });
                return null;
            }
        }
    }
}
