using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portal.Disclosure.Directory;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Docking;

/// <summary>
/// The hash of a record as it travels: SHA-256 over its canonical text, which is RFC 8785 of the record without
/// <see cref="Outside"/>. Both sides compute it from what is sent, so that one version can say one thing only.
/// </summary>
internal static class RecordHash
{
    /// <summary>What says where and when a record is, and not what it says; an address moves with its host.</summary>
    public static readonly IReadOnlyList<string> Outside = ["seq", "version", "contentHash", "updatedAt", "address"];

    /// <summary>The hash of a record as it was sent.</summary>
    /// <exception cref="InvalidOperationException">A text has half a character in it.</exception>
    public static string Of(JsonElement record)
    {
        var text = new StringBuilder();
        WriteObject(text, record, Outside);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The hash of an entry as the change feed tells of it.</summary>
    public static string Of(DirectoryEntry entry) =>
        Of(JsonSerializer.SerializeToElement(ContentOf(entry), MessageJson.Options));

    /// <summary>What the change feed tells of an entry. A withdrawn one travels without what it said.</summary>
    public static DockingItem ContentOf(DirectoryEntry entry)
    {
        var listed = entry.State == EntryState.Listed;
        var published = entry.PublishedAt.ToUniversalTime();
        return new DockingItem
        {
            Kind = listed ? DockingItem.Upsert : DockingItem.Tombstone,
            IndexNumber = entry.IndexNumber,
            // As it is kept: the database counts microseconds.
            PublishedAt = listed ? published.AddTicks(-(published.Ticks % TimeSpan.TicksPerMicrosecond)) : null,
            Metadata = listed ? entry.Metadata : null,
            CodeVersions = listed ? entry.CodeVersions : null,
            // 依申请公开: the text stays here.
            Body = listed && AccessRights.Of(entry.Metadata) == AccessRight.Public ? entry.Body : null,
            Reason = entry.State == EntryState.Withheld ? null : entry.Reason,
        };
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value, []);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    text.Append(index > 0 ? "," : "");
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString()!);
                break;
            default:
                // No element of a record is a number; one that is there all the same is not valid anyway.
                text.Append(value.GetRawText());
                break;
        }
    }

    // Of a name that stands twice the last counts, as for whoever reads the record.
    private static void WriteObject(StringBuilder text, JsonElement value, IReadOnlyList<string> without)
    {
        SortedDictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        text.Append('{');
        var separator = "";
        foreach (var (name, member) in members)
        {
            if (!without.Contains(name))
            {
                text.Append(separator);
                WriteText(text, name);
                text.Append(':');
                Write(text, member);
                separator = ",";
            }
        }

        text.Append('}');
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
