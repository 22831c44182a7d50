using Portal.Shared.Actors;

namespace Portal.Audit.Tests.Trail;

[Trait("Kind", "Database")]
public sealed class ReadEntryTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task An_entry_waits_for_the_next_checkpoint_and_then_shows_its_proof()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(host.Edition("first-reviewed", edition));
        var entry = await host.Use<AuditDbContext, Audit.Trail.Entry>(db => Task.FromResult(
            db.Entries.Single(row => row.ObjectId == edition.ToString())));
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var before = (await browser.Get($"/console/audit/entries/{entry.Index}")).Document;
        var checkpoint = await host.SignAsync();
        var after = (await browser.Get($"/console/audit/entries/{entry.Index}")).Document;

        Assert.NotNull(before.QuerySelector(".p-tag--amber"));
        Assert.NotNull(after.QuerySelector(".p-tag--green"));
        Assert.Contains("初审通过", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(entry.Payload, after.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(checkpoint!.RootHash), after.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_entry_beyond_the_last()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        Assert.Equal(404, (int)(await browser.Get("/console/audit/entries/999999")).Status);
        Assert.Equal(404, (int)(await browser.Get("/console/audit/entries/-1")).Status);
        Assert.Equal(404, (int)(await browser.Get("/console/audit/entries/99999999999999999999")).Status);
    }
}
