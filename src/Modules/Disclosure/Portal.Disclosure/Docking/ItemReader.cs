using System.Text.Json;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Messaging;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;

namespace Portal.Disclosure.Docking;

/// <summary>An item of a batch or a page: what could be read of it, and what is wrong, field by field.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Item">What was read; empty when nothing was.</param>
/// <param name="IndexNumber">Its number as numbers are compared; null when it has none.</param>
/// <param name="Errors">What is wrong; none: it can be applied.</param>
internal sealed record ReadItem(int Index, DockingItem Item, string? IndexNumber, IReadOnlyList<FieldError> Errors);

/// <summary>Reads items one by one: what is wrong with one of them is no reason to refuse the others.</summary>
internal sealed class ItemReader(MetadataValidator validator, TimeProvider clock, IStringLocalizer<DockingText> text)
{
    private const int LongestNumber = 64;
    private const int LongestBody = 500_000;
    private const int LongestReason = 500;

    // What every language that reads JSON can count to. A version beyond would be the last for ever.
    private const long LargestVersion = (1L << 53) - 1;

    // Clocks differ a little; an hour is no clock any more.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    public ReadItem Read(JsonElement element, int index)
    {
        DockingItem? item = null;
        FieldError? fault = null;
        var hash = "";
        try
        {
            if (element.GetRawText().Contains("\\u0000", StringComparison.Ordinal))
            {
                fault = new FieldError("", text["Item.Control"]);
            }
            else
            {
                item = element.ValueKind == JsonValueKind.Object ? element.Deserialize<DockingItem>(MessageJson.Options) : null;
                fault = item is null ? new FieldError("", text["Item.Object"]) : null;
                hash = item is null ? hash : RecordHash.Of(element);
            }
        }
        catch (JsonException exception)
        {
            fault = new FieldError((exception.Path ?? "").TrimStart('$', '.'), text["Item.Malformed"]);
        }
        catch (InvalidOperationException)
        {
            // A text with half a character in it.
            fault = new FieldError("", text["Item.Control"]);
        }

        return fault is null ? Check(item!, index, hash) : new ReadItem(index, new DockingItem(), null, [fault]);
    }

    /// <summary>Looks an item over that was not sent: its hash is what it is.</summary>
    public ReadItem Check(DockingItem item, int index)
    {
        var hash = RecordHash.Of(JsonSerializer.SerializeToElement(item, MessageJson.Options));
        return Check(item with { ContentHash = hash }, index, hash);
    }

    private ReadItem Check(DockingItem item, int index, string hash)
    {
        List<FieldError> errors = [];
        var number = string.IsNullOrWhiteSpace(item.IndexNumber) ? null : IndexScheme.Normalise(item.IndexNumber);
        if (number is null || number.Length > LongestNumber || number.Any(character => char.IsControl(character)))
        {
            errors.Add(new FieldError("indexNumber", text["Item.IndexNumber", LongestNumber]));
            number = null;
        }

        if (item.Version is not (>= 1 and <= LargestVersion))
        {
            errors.Add(new FieldError("version", text["Item.Version", LargestVersion]));
        }

        if (string.IsNullOrEmpty(item.ContentHash))
        {
            errors.Add(new FieldError("contentHash", text["Item.ContentHash", hash]));
        }
        else if (!string.Equals(item.ContentHash, hash, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new FieldError("contentHash", text["Item.ContentHash.Wrong", item.ContentHash.CutTo(64), hash]));
        }

        if (item.UpdatedAt is { } updated && (updated.Year < 1949 || updated > clock.GetUtcNow() + Ahead))
        {
            errors.Add(new FieldError("updatedAt", text["Item.UpdatedAt"]));
        }

        if (item.Reason?.Length > LongestReason)
        {
            errors.Add(new FieldError("reason", text["Item.Reason", LongestReason]));
        }

        if (item.Kind == DockingItem.Upsert)
        {
            item = Complete(item, number);
            CheckContent(item, errors);
        }
        else if (item.Kind != DockingItem.Tombstone)
        {
            errors.Add(new FieldError("kind", text["Item.Kind"]));
        }

        return new ReadItem(index, item with { ContentHash = hash }, number, errors);
    }

    private void CheckContent(DockingItem item, List<FieldError> errors)
    {
        var now = clock.GetUtcNow();
        if (item.PublishedAt is not { } published || published.Year < 1949 || published > now + Ahead)
        {
            errors.Add(new FieldError("publishedAt", text["Item.PublishedAt"]));
        }

        if (item.Body is { } body && (body.Length > LongestBody || body.Contains('\0', StringComparison.Ordinal)))
        {
            errors.Add(new FieldError("body", text["Item.Body", LongestBody]));
        }

        errors.AddRange(
            validator.Problems(item.Metadata!, item.CodeVersions ?? [], now, allotted: true)
                .Where(problem => problem.Field is not ("indexNumber" or "publishedAt"))
                .Select(problem => problem with { Field = "metadata." + problem.Field }));
    }

    // What an envelope says already need not be in the metadata again, and what is said twice is not said twice differently.
    private static DockingItem Complete(DockingItem item, string? number)
    {
        var metadata = item.Metadata?.Copy() ?? new EntryMetadata();
        metadata.Set("indexNumber", number);
        if (item.PublishedAt is { } published)
        {
            metadata.Set("publishedAt", published.ToUniversalTime().ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (!metadata.Has("address"))
        {
            metadata.Set("address", item.Address);
        }

        return item with { Metadata = metadata };
    }
}
