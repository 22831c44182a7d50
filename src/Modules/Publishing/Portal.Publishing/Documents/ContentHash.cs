using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Publishing.Documents;

/// <summary>
/// The fingerprint of what the public will see. Reviews name it, so that a review can never count for other content
/// than the reviewer saw. Everything with an effect on the public page is in it, in a fixed order.
/// </summary>
internal static class ContentHash
{
    public static string Of(Edition edition)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "portal edition v1");
        Append(hash, edition.DocumentId.ToString("N"));
        Append(hash, edition.Language);
        Append(hash, edition.ChannelId.ToString("N"));
        Append(hash, edition.Slug);
        Append(hash, edition.Title);
        Append(hash, edition.Summary);
        Append(hash, edition.Body);
        Append(hash, edition.Source);
        Append(hash, edition.Author);
        Append(hash, edition.CoverMediaId?.ToString("N") ?? "");
        Append(hash, edition.Unpublishing?.ToString() ?? "");
        Append(hash, edition.UnpublishingReason ?? "");
        Append(hash, edition.RedirectTo ?? "");
        Append(hash, Instant(edition.PublishAt));
        Append(hash, Instant(edition.TakeDownAt));
        Append(hash, Instant(edition.OriginallyPublishedAt));
        AppendAll(hash, edition.Keywords);
        AppendAll(hash, edition.Interprets.Select(id => id.ToString("N")));
        AppendAll(hash, edition.Fields.SelectMany(field => new[] { field.Key, field.Value }));
        AppendAll(hash, edition.Attachments.SelectMany(file => new[] { file.MediaId.ToString("N"), file.Name }));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Instant(DateTimeOffset? instant) =>
        instant?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "";

    private static void AppendAll(IncrementalHash hash, IEnumerable<string> values)
    {
        var list = values.ToList();
        Append(hash, list.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var value in list)
        {
            Append(hash, value);
        }
    }

    // Length first, so that no two lists of values can be confused.
    private static void Append(IncrementalHash hash, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
