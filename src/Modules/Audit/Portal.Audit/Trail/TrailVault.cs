using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Portal.Audit.Trail;

/// <summary>
/// What the trail keeps outside the database, in the data folder: its key, and every checkpoint as a file. A database
/// that was rolled back or rewritten no longer agrees with it.
/// </summary>
internal sealed class TrailVault(IConfiguration configuration)
{
    private const string Extension = ".txt";

    private readonly string _dataPath = configuration["Portal:DataPath"] ?? ".portal";
    private TrailKey? _key;

    /// <summary>The key; null when it was never made.</summary>
    public TrailKey? Key => _key ??= TrailKey.Read(TrailKey.PathIn(_dataPath));

    private string Folder => Path.Combine(_dataPath, "checkpoints");

    /// <summary>The key of a trail of that many entries: made with the first entry, never again.</summary>
    /// <exception cref="InvalidOperationException">The trail has entries and its key is gone.</exception>
    public TrailKey KeyFor(long size) => Key
        ?? (size == 0 ? _key = TrailKey.Create(TrailKey.PathIn(_dataPath)) : throw new InvalidOperationException(
            $"The trail has {size} entries but its key {TrailKey.PathIn(_dataPath)} is missing: restore it from its backup."));

    /// <summary>The size of the largest checkpoint that was stored; 0 without any.</summary>
    public long NewestSize() => Files().Select(file => file.Size).DefaultIfEmpty().Max();

    public async Task StoreAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var path = FileOf(checkpoint);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".new";
        await File.WriteAllTextAsync(draft, checkpoint.Note, cancellationToken);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Every stored note by the size in its name.</summary>
    public async Task<SortedDictionary<long, string>> ReadNotesAsync(CancellationToken cancellationToken)
    {
        var notes = new SortedDictionary<long, string>();
        foreach (var (size, path) in Files())
        {
            notes[size] = await File.ReadAllTextAsync(path, cancellationToken);
        }

        return notes;
    }

    private IEnumerable<(long Size, string Path)> Files() => !Directory.Exists(Folder)
        ? []
        : Directory.EnumerateFiles(Folder, "*" + Extension, SearchOption.AllDirectories)
            .Select(path => (
                Known: long.TryParse(
                    Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var size),
                Size: size,
                Path: path))
            .Where(file => file.Known)
            .Select(file => (file.Size, file.Path));

    // A folder a month: at one a minute none grows beyond 44,640 files.
    private string FileOf(Checkpoint checkpoint) => Path.Combine(
        Folder,
        checkpoint.At.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        checkpoint.Size.ToString("D15", CultureInfo.InvariantCulture) + Extension);
}
