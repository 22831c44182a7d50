using System.Text.Json;
using Portal.Publishing.Documents;
using Portal.Shared.Messaging;

namespace Portal.Publishing.Tests.Documents;

public sealed class ContentHashTests
{
    // In the order of zh-CN or en the second key comes before the first.
    private static readonly SortedDictionary<string, string> Fields =
        new(StringComparer.Ordinal) { ["issueDate"] = "2026-03-01", ["issued"] = "是", ["issuer"] = "云岭省人民政府" };

    [Fact]
    public void An_edition_read_from_the_database_has_the_hash_it_was_written_with()
    {
        var read = JsonSerializer.Deserialize<SortedDictionary<string, string>>(
            JsonSerializer.Serialize(Fields, MessageJson.Options), MessageJson.Options)!;

        Assert.Equal(ContentHash.Of(EditionWith(Fields)), ContentHash.Of(EditionWith(read)));
        Assert.Equal(["issueDate", "issued", "issuer"], read.Keys);
    }

    private static Edition EditionWith(SortedDictionary<string, string> fields) =>
        new() { Slug = "notice", Title = "通知", Body = "{}", Fields = fields };
}
