namespace Portal.Audit.Trail.VerifyTrail;

/// <summary>Checks the checkpoints against their signatures, against each other and against their files.</summary>
internal static class CheckpointCheck
{
    /// <summary>Adds what is wrong and answers every checkpoint with a good signature, wherever it was found.</summary>
    public static SortedDictionary<long, Checkpoint> Run(
        IReadOnlyList<Checkpoint> rows,
        SortedDictionary<long, string> files,
        TrailKey key,
        List<TrailFinding> findings)
    {
        var signed = new SortedDictionary<long, Checkpoint>();
        Checkpoint? previous = null;
        foreach (var row in rows)
        {
            if (!Checkpoint.TryOpen(row.Note, key, out var checkpoint, out var after))
            {
                Add(row.Size, "has no good signature");
            }
            else if (checkpoint.Size != row.Size || checkpoint.At != row.At
                || !checkpoint.RootHash.AsSpan().SequenceEqual(row.RootHash))
            {
                Add(row.Size, "differs from its signed note");
            }
            else
            {
                signed[row.Size] = checkpoint;
                if (after != Checkpoint.Fingerprint(previous))
                {
                    Add(row.Size, $"does not follow checkpoint {previous?.Size ?? 0}: one between them is missing");
                }
            }

            // The newest file may still be on its way.
            if (!files.TryGetValue(row.Size, out var note) ? row != rows[^1] : note != row.Note)
            {
                Add(row.Size, note is null ? "has lost its file" : "differs from its file");
            }

            previous = row;
        }

        var known = rows.Select(row => row.Size).ToHashSet();
        foreach (var (size, note) in files.Where(file => !known.Contains(file.Key)))
        {
            Add(size, "is stored as a file but missing from the database");
            if (Checkpoint.TryOpen(note, key, out var checkpoint, out _))
            {
                signed[checkpoint.Size] = checkpoint;
            }
        }

        return signed;

        void Add(long size, string what) => findings.Add(new TrailFinding(null, null, $"checkpoint {size} {what}"));
    }
}
