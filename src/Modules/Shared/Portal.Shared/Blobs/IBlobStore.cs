namespace Portal.Shared.Blobs;

/// <summary>
/// Immutable files by the SHA-256 of their content. Nothing a person typed ever becomes part of a path.
/// </summary>
public interface IBlobStore
{
    /// <summary>
    /// Stores what <paramref name="content"/> yields and answers its hash (64 lower-case hex digits). Storing the same
    /// bytes twice is one file. A crash half-way leaves no readable blob.
    /// </summary>
    Task<string> PutAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading; null when there is none with this hash.</summary>
    Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken);
}
