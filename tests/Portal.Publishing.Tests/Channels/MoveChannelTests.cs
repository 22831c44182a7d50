using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Publishing.Tests.Channels;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class MoveChannelTests(WritingHost host)
{
    [Fact]
    public async Task Everything_below_moves_and_old_addresses_lead_there()
    {
        var (manager, author) = (await Manager(), await host.Author());
        var (from, to) = (await host.Channel(), await host.Channel());
        var moved = await host.Channel(parent: from);
        var below = await host.Channel(parent: moved);
        var page = await host.Live(author, below);

        var answer = await Move(manager, moved, to.Id, "new-name");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var path = $"{to.Path}/new-name";
        var rows = await host.Read(db => db.Channels.AsNoTracking()
            .Where(row => row.Id == moved.Id || row.Id == below.Id).ToDictionaryAsync(row => row.Id));
        Assert.Equal((path, path + "/" + below.Slug), (rows[moved.Id].Path, rows[below.Id].Path));
        Assert.Equal([to.Id, moved.Id, below.Id], rows[below.Id].Lineage);
        var address = $"{path}/{below.Slug}/{page.Slug}";
        Assert.Equal(address, await host.Read(db => db.Pages.Where(row => row.DocumentId == page.DocumentId).Select(row => row.Path).SingleAsync()));
        Assert.Equal(
            [to.Id, moved.Id, below.Id],
            await host.Read(db => db.Listings.Where(row => row.DocumentId == page.DocumentId)
                .Join(db.Channels, row => row.ChannelId, channel => channel.Id, (_, channel) => channel)
                .OrderBy(channel => channel.Path.Length).Select(channel => channel.Id).ToArrayAsync()));
        Assert.Equal(
            [to.Id, moved.Id, below.Id],
            await host.Read(db => db.SearchEntries.Where(row => row.DocumentId == page.DocumentId).Select(row => row.Lineage).FirstAsync()));

        await host.Refresh();
        using var visitor = host.Visitor();
        Assert.Equal("/" + address, (await visitor.Get($"/{below.Path}/{page.Slug}")).Location);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/" + address)).Status);
        Assert.Equal("/" + path, (await visitor.Get("/" + moved.Path)).Location);
    }

    [Fact]
    public async Task Moving_back_gives_back_the_first_addresses()
    {
        var (manager, author) = (await Manager(), await host.Author());
        var (home, away) = (await host.Channel(), await host.Channel());
        var channel = await host.Channel(parent: home);
        var page = await host.Live(author, channel);

        await Move(manager, channel, away.Id, channel.Slug);
        var again = await Move(manager, channel, home.Id, channel.Slug);

        Assert.Equal(HttpStatusCode.Redirect, again.Status);
        var owners = await host.Read(db => db.Paths.AsNoTracking()
            .Where(row => row.TargetId == channel.Id || row.TargetId == page.DocumentId)
            .ToDictionaryAsync(row => row.Path, row => row.Kind));
        Assert.Equal(PathKind.Channel, owners[channel.Path]);
        Assert.Equal(PathKind.Document, owners[$"{channel.Path}/{page.Slug}"]);
        Assert.Equal(PathKind.Moved, owners[$"{away.Path}/{channel.Slug}"]);
        Assert.Equal(PathKind.Moved, owners[$"{away.Path}/{channel.Slug}/{page.Slug}"]);
    }

    [Fact]
    public async Task An_address_that_is_somebody_elses_stops_the_whole_move()
    {
        var manager = await Manager();
        var to = await host.Channel();
        var taken = await host.Channel(parent: to);
        var channel = await host.Channel();

        var answer = await Move(manager, channel, to.Id, taken.Slug);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(channel.Path, await PathOf(channel));
        Assert.Equal(PathKind.Channel, await host.Read(db => db.Paths.Where(row => row.SiteId == channel.SiteId && row.Path == channel.Path).Select(row => row.Kind).SingleAsync()));
    }

    [Fact]
    public async Task A_channel_cannot_go_below_itself()
    {
        var manager = await Manager();
        var channel = await host.Channel();
        var below = await host.Channel(parent: channel);

        var answer = await Move(manager, channel, below.Id, channel.Slug);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(channel.Path, await PathOf(channel));
    }

    [Fact]
    public async Task A_stale_version_moves_nothing()
    {
        var manager = await Manager();
        var (channel, to) = (await host.Channel(), await host.Channel());

        var answer = await (await host.SignInAs(manager)).Post(
            $"/console/channels/{channel.Id}/move",
            new() { ["version"] = "7", ["ParentId"] = to.Id.ToString(), ["Slug"] = channel.Slug },
            $"/console/channels/{channel.Id}");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(channel.Path, await PathOf(channel));
    }

    [Fact]
    public async Task A_channel_editor_moves_nothing_out_of_the_own_channel()
    {
        var (mine, other) = (await host.Channel(), await host.Channel());
        var inside = await host.Channel(parent: mine);
        var editor = await host.Data.Staff(Role.ChannelEditor, channel: mine.Id);

        Assert.Equal(HttpStatusCode.Forbidden, (await Move(editor, inside, other.Id, inside.Slug)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Move(editor, inside, null, inside.Slug)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Move(editor, inside, mine.Id, "renamed")).Status);
    }

    [Fact]
    public async Task A_move_waits_for_a_publication_and_takes_its_page_along()
    {
        var (manager, author) = (await Manager(), await host.Author());
        var (channel, to) = (await host.Channel(), await host.Channel());
        var draft = await host.Draft(author, channel);
        await host.SignInAs(manager);

        Task<Answer>? moving = null;
        await host.Publish(draft.Id, () => host.WaitsForPaths(moving = Move(manager, channel, to.Id, channel.Slug)));

        Assert.Equal(HttpStatusCode.Redirect, (await moving!).Status);
        var owners = await host.Read(db => db.Paths.AsNoTracking().Where(row => row.TargetId == draft.DocumentId)
            .ToDictionaryAsync(row => row.Path, row => row.Kind));
        Assert.Equal(PathKind.Document, owners[$"{to.Path}/{channel.Slug}/{draft.Slug}"]);
        Assert.Equal(PathKind.Moved, owners[$"{channel.Path}/{draft.Slug}"]);
        Assert.Equal($"{to.Path}/{channel.Slug}/{draft.Slug}", await host.Read(
            db => db.Pages.Where(row => row.DocumentId == draft.DocumentId).Select(row => row.Path).SingleAsync()));
    }

    [Fact]
    public async Task A_publication_waits_for_a_move_and_goes_live_where_the_channel_is_then()
    {
        var channel = await host.Channel();
        var draft = await host.Draft(await host.Author(), channel);
        var path = channel.Path + "-moved";

        Task? publishing = null;
        await host.Use<PublishingDbContext>(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.HoldPathsAsync(channel.SiteId, CancellationToken.None);
            await host.WaitsForPaths(publishing = host.Publish(draft.Id));
            await db.Channels.Where(row => row.Id == channel.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Path, path));
            await transaction.CommitAsync();
        });
        await publishing!;

        Assert.Equal(path + "/" + draft.Slug, await host.Read(
            db => db.Pages.Where(row => row.DocumentId == draft.DocumentId).Select(row => row.Path).SingleAsync()));
    }

    private Task<Person> Manager() => host.Data.Staff(Role.SiteManager);

    private async Task<Answer> Move(Person person, Channel channel, Guid? parent, string slug)
    {
        var version = await host.Read(db => db.Channels.Where(row => row.Id == channel.Id).Select(row => row.Version).SingleAsync());
        return await (await host.SignInAs(person)).Post(
            $"/console/channels/{channel.Id}/move",
            new()
            {
                ["version"] = version.ToString(CultureInfo.InvariantCulture),
                ["ParentId"] = parent?.ToString() ?? "",
                ["Slug"] = slug,
            },
            $"/console/channels/{channel.Id}");
    }

    private Task<string> PathOf(Channel channel) =>
        host.Read(db => db.Channels.Where(row => row.Id == channel.Id).Select(row => row.Path).SingleAsync());
}
