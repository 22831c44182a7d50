using System.Net;
using System.Text;
using System.Text.Json;
using Portal.Audit.Records.VerifyRecord;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Records;

[Trait("Kind", "Database")]
public sealed class VerifyRecordTests(AuditHost host) : IClassFixture<AuditHost>
{
    private static readonly string[] Way = ["submitted", "first-reviewed", "second-reviewed", "released"];

    [Fact]
    public async Task A_published_editions_reviews_are_shown_without_names()
    {
        var edition = await PublishAsync();

        foreach (var query in new[] { $"edition={edition:N}", $"q={edition}", $"q={edition:N}{edition:N}" })
        {
            var page = await host.Visitor().Get("/verify?" + query);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(
                ["提交审核", "初审通过", "审核通过", "审发通过"],
                page.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
            Assert.NotNull(page.Document.QuerySelector(".p-banner--green"));
            Assert.Contains("云岭省人民政府办公厅", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("段云舒", page.Text, StringComparison.Ordinal);
            Assert.Null(page.Header("Set-Cookie"));
        }
    }

    [Fact]
    public async Task The_proof_can_be_checked_by_anybody_with_the_published_key()
    {
        var edition = await PublishAsync();
        var visitor = host.Visitor();
        var link = (await visitor.Get($"/verify?edition={edition:N}")).Document
            .QuerySelector("tbody a")!.GetAttribute("href")!;

        var answer = await visitor.Get(link);
        var step = JsonSerializer.Deserialize<VerifiedStep>(answer.Text, JsonSerializerOptions.Web)!;
        var pem = (await visitor.Get("/.well-known/portal-trail.pub")).Text;

        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(pem);
        Assert.True(SignedNote.TryOpen(step.Proof!.Note, step.Proof.Note.Split('\n')[0], key, out var text));
        var lines = text.Split('\n');
        Assert.True(MerkleTree.VerifyInclusion(
            step.Index,
            long.Parse(lines[1], null),
            Convert.FromHexString(step.LeafHash),
            [.. step.Proof.Path.Select(Convert.FromHexString)],
            Convert.FromBase64String(lines[2])));
        Assert.DoesNotContain("段云舒", answer.Text, StringComparison.Ordinal);
        Assert.Equal(text, (await visitor.Get("/verify/checkpoint")).Text.Split("\n\n")[0] + "\n");
    }

    [Theory]
    [InlineData("submitted")]
    [InlineData("first-reviewed")]
    [InlineData("second-reviewed")]
    [InlineData("scheduled")]
    [InlineData("discarded")]
    public async Task What_is_not_published_yet_cannot_be_asked_for(string last)
    {
        var edition = Guid.CreateVersion7();
        var decision = host.Edition("submitted", edition);
        await host.SealAsync(decision);
        await host.SealAsync(host.Edition(last == "scheduled" ? "released" : "edited", edition), host.Edition(last, edition));
        await host.SignAsync();

        foreach (var named in new[] { edition.ToString(), decision.Id.ToString(), $"{edition:N}{edition:N}" })
        {
            var page = await host.Visitor().Get("/verify?q=" + named);
            Assert.NotNull(page.Document.QuerySelector(".p-empty"));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await host.Visitor().Get($"/verify/entries/{decision.Id}.json")).Status);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%27%3B--")]
    [InlineData("%F0%9F%8F%AE<script>")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Nonsense_finds_nothing(string named)
    {
        var page = await host.Visitor().Get("/verify?q=" + named);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Document.QuerySelector(".p-empty"));
        Assert.Empty(page.Document.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task The_page_alone_explains_itself()
    {
        await PublishAsync();

        var page = await host.Visitor("jyt").Get("/verify");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("发布记录核验", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("portal-trail/", page.Document.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.True(Encoding.UTF8.GetByteCount(page.Text) < 100_000);
    }

    private async Task<Guid> PublishAsync()
    {
        var edition = Guid.CreateVersion7();
        foreach (var stage in Way)
        {
            await host.SealAsync(host.Edition(stage, edition));
        }

        await host.SignAsync();
        return edition;
    }
}
