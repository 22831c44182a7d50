using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.RebuildDirectory;
using Portal.Publishing.Documents;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>Entries follow what Publishing makes public.</summary>
public sealed class UpdateEntriesTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    [Fact]
    public async Task A_published_policy_becomes_an_entry_with_its_facts_as_metadata()
    {
        var channel = await host.Channel("jyt");
        var entry = await host.Entry(channel, edition => edition.Title = "关于加强县域高中建设的通知");

        Assert.Equal(host.Site("jyt").Id, entry.SiteId);
        Assert.Equal(host.Site(TestData.ProvinceKey).Id, entry.DirectoryId);
        Assert.Equal("关于加强县域高中建设的通知", entry.Title);
        Assert.Matches(@"^990000000/\d{4}-\d{5}$", entry.IndexNumber);
        Assert.Equal(20, entry.IndexNumber.Length);
        Assert.Equal("cat09", entry.IndexScheme);
        Assert.Equal(new DateOnly(2026, 1, 5), entry.WrittenOn);
        Assert.Equal(("1102", "11", "08", "01", "effective"), (entry.Subject, entry.SubjectClass, entry.Genre, entry.StatutoryItem, entry.Validity));
        Assert.Equal("normative", entry.Metadata.One("kind"));
        Assert.Matches("^云政发〔2026〕[0-9]+号$", entry.Metadata.One("documentNumber"));
        Assert.Empty(entry.Missing);
        Assert.Equal(1, entry.Version);
        var scopes = await host.Read(db => db.Listings.Where(row => row.EntryId == entry.Id).Select(row => row.ScopeId).ToListAsync());
        Assert.Equal(host.Site("jyt").Path.Order(), scopes.Order());
    }

    [Fact]
    public async Task The_nearest_prefecture_keeps_the_directory_of_what_is_below_it()
    {
        var entry = await host.Entry(await host.Channel("lanqiao"));
        Assert.Equal(host.Site("yunpu").Id, entry.DirectoryId);
        Assert.Equal(host.Site("lanqiao").Path, entry.SitePath);
    }

    [Fact]
    public async Task What_the_facts_cannot_fill_is_work_for_staff()
    {
        var entry = await host.Entry(await host.Channel(), edition =>
        {
            edition.Title = "云岭省茶店管理办法";
            edition.Fields.Clear();
        });
        Assert.Equal(["kind", "publisher", "statutoryItem", "subject", "writtenOn"], entry.Missing);
        Assert.Equal(EntryState.Listed, entry.State);
    }

    [Fact]
    public async Task Other_types_stay_outside()
    {
        var edition = await host.Publish(await host.Channel(), type: "article");
        await host.DrainOutbox();
        Assert.False(await host.Read(db => db.Entries.AnyAsync(entry => entry.DocumentId == edition.DocumentId)));
    }

    [Fact]
    public async Task A_change_of_validity_reaches_the_entry_and_keeps_its_number()
    {
        var channel = await host.Channel();
        var first = await host.Entry(channel);
        var second = await host.Entry(
            channel,
            edition =>
            {
                edition.Fields["validity"] = "repealed";
                edition.Fields["repealedOn"] = "2026-10-01";
                edition.Fields["repealedBy"] = "云政发〔2026〕900号";
            },
            first.DocumentId);

        Assert.Equal((first.Id, first.IndexNumber, 2), (second.Id, second.IndexNumber, second.Version));
        Assert.Equal("repealed", second.Validity);
        Assert.True(second.Sequence > first.Sequence);
        var relation = await host.Read(db => db.Relations.SingleAsync(row => row.EntryId == second.Id));
        Assert.Equal((RelationKind.RepealedBy, "云政发〔2026〕900号", new DateOnly(2026, 10, 1)), (relation.Kind, relation.Other, relation.EffectiveOn));
        Assert.All(
            await host.Read(db => db.Listings.Where(row => row.EntryId == second.Id).ToListAsync()),
            row => Assert.Equal("repealed", row.Validity));
    }

    [Fact]
    public async Task A_withdrawn_document_leaves_a_tombstone_with_its_number_and_its_metadata()
    {
        var channel = await host.Channel();
        var first = await host.Entry(channel);
        var gone = await host.Entry(
            channel,
            edition =>
            {
                edition.Unpublishing = UnpublishingKind.Gone;
                edition.UnpublishingReason = "文件印发有误。";
                edition.Fields.Clear();
            },
            first.DocumentId);

        Assert.Equal((EntryState.Withdrawn, "文件印发有误。", first.IndexNumber), (gone.State, gone.Reason, gone.IndexNumber));
        Assert.Equal("1102", gone.Metadata.One("subject"));
        Assert.False(await host.Read(db => db.Listings.AnyAsync(row => row.EntryId == first.Id)));
        var change = await host.Read(db => db.Changes.SingleAsync(row => row.EntryId == first.Id && row.Version == 2));
        Assert.Equal(ChangeKind.Tombstone, change.Kind);

        var back = await host.Entry(channel, null, first.DocumentId);
        Assert.Equal((EntryState.Listed, first.IndexNumber, 3), (back.State, back.IndexNumber, back.Version));
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        var entry = await host.Entry(await host.Channel());
        var head = await host.Read(db => db.Directories.SingleAsync(row => row.Id == entry.DirectoryId));
        var changed = await host.InTransaction(services => services.GetRequiredService<DocumentEntries>()
            .RenewAsync([(entry.DocumentId!.Value, entry.SiteId)], null, CancellationToken.None));
        Assert.Equal(0, changed);
        var again = await host.EntryOf(entry.DocumentId!.Value);
        Assert.Equal((entry.Version, entry.Sequence), (again.Version, again.Sequence));
        var after = await host.Read(db => db.Directories.SingleAsync(row => row.Id == entry.DirectoryId));
        Assert.Equal(head.LastSequence, after.LastSequence);
    }

    [Fact]
    public async Task A_rebuild_makes_the_entries_that_facts_never_made()
    {
        await using var other = new DisclosureHost();
        await other.InitializeAsync();
        var channel = await other.Channel();
        List<Guid> documents = [];
        for (var i = 0; i < 7; i++)
        {
            documents.Add((await other.Publish(channel)).DocumentId);
        }

        var (looked, changed) = await other.Use<RebuildDirectory, (long, long)>(
            rebuild => rebuild.RunAsync(new Progress<long>(), CancellationToken.None));
        Assert.Equal((7, 7), (looked, changed));
        var entries = await other.Read(db => db.Entries.AsNoTracking().OrderBy(entry => entry.IndexNumber).ToListAsync());
        Assert.Equal(documents.Order(), entries.Select(entry => entry.DocumentId!.Value).Order());
        // The facts come later and find everything done.
        await other.DrainOutbox();
        var again = await other.Use<RebuildDirectory, (long, long)>(
            rebuild => rebuild.RunAsync(new Progress<long>(), CancellationToken.None));
        Assert.Equal((7, 0), again);
        Assert.Equal(7, await other.Read(db => db.Changes.CountAsync()));
    }
}
