using Npgsql;
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
    public async Task A_channel_goes_by_its_name_and_path_and_its_id_stays_readable()
    {
        // Known to Publishing alone: no decision on the channel itself was ever sealed.
        var channel = Guid.CreateVersion7();
        await using var connection = new NpgsqlConnection(host.OwnerConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var insert = new NpgsqlCommand(
            """
            insert into publishing.channels (id, site_id, slug, path, name, type, lineage, description, keywords, position,
              hidden, created_at, version)
            values ($1, $2, $3, $3, '应急管理', 'Article', array[$1], '', '{}', 0, false, now(), 1)
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = channel }, new() { Value = host.Site("province").Id }, new() { Value = $"cs{channel:N}" },
            },
        };
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var edition = Guid.CreateVersion7();
        var decision = host.Edition("submitted", edition);
        await host.SealAsync(decision with
        {
            Facts = new SortedDictionary<string, string>(decision.Facts.ToDictionary()) { ["channel"] = channel.ToString() },
        });
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var row = (await browser.Get($"/console/audit/register?title={edition:N}")).Document.QuerySelector("tbody tr")!;
        var page = await browser.Get(row.QuerySelector("a[href^='/console/audit/entries/']")!.GetAttribute("href")!);

        Assert.Equal("应急管理", row.QuerySelector($"a[href='/console/audit/register?channel={channel}']")!.TextContent);
        var fact = Assert.Single(page.Document.QuerySelectorAll("dt"), name => name.TextContent == "栏目").NextElementSibling!;
        Assert.StartsWith($"应急管理（/cs{channel:N}）", fact.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(channel.ToString(), fact.QuerySelector("code")!.TextContent);
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
