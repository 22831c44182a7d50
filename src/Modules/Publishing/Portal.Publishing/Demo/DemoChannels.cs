using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;
using Portal.Publishing.Channels;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Sites;

namespace Portal.Publishing.Demo;

/// <summary>The channel trees of the demo's sites.</summary>
internal sealed class DemoChannels(PublishingDbContext db, ISites sites, ISender sender, TimeProvider clock) : IDemoSeed
{
    // The provincial administrator of the demo's staff opens them, as the trail tells.
    private const string Opener = "admin";

    private Actor _opener = null!;

    public int Order => 100;

    public async Task SeedAsync(Portal.Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        var person = (await sender.Send(new FindStaff([Opener]), cancellationToken)).Single();
        _opener = new Actor(person.Id, person.Name, person.Unit, []);
        var added = 0;
        foreach (var planned in await DemoJson.ReadAsync<List<DemoSite>>(demo.Folder, "sites.json", cancellationToken))
        {
            if (sites.ByKey(planned.Key) is { } site)
            {
                var known = await db.Channels.Where(channel => channel.SiteId == site.Id)
                    .ToDictionaryAsync(channel => channel.Path, cancellationToken);
                added += Add(site, null, planned.Channels, known);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        demo.Report($"Publishing: {added} channels");
    }

    private int Add(
        SiteInfo site, Channel? parent, IReadOnlyList<DemoChannel> planned, Dictionary<string, Channel> known)
    {
        var added = 0;
        for (var i = 0; i < planned.Count; i++)
        {
            var path = ChannelPaths.Under(parent, planned[i].Slug);
            if (!known.TryGetValue(path, out var channel))
            {
                channel = Make(site, parent, planned[i], path, i);
                db.Channels.Add(channel);
                db.Paths.Add(channel.Owning());
                db.Decided(
                    _opener, channel, "publishing.channel.opened", channel.CreatedAt, facts: ("path", channel.Path));
                added++;
            }

            added += Add(site, channel, planned[i].Children, known);
        }

        return added;
    }

    private Channel Make(SiteInfo site, Channel? parent, DemoChannel planned, string path, int position)
    {
        // Before the oldest document of the demo.
        var now = clock.GetUtcNow().AddYears(-2);
        var id = Guid.CreateVersion7(now);
        return new Channel
        {
            Id = id,
            SiteId = site.Id,
            ParentId = parent?.Id,
            Lineage = [.. parent?.Lineage ?? [], id],
            Slug = planned.Slug,
            Path = path,
            Name = planned.Name,
            Type = Enum.Parse<ChannelType>(planned.Type, ignoreCase: true),
            CycleDays = planned.CycleDays,
            Description = planned.Description,
            Keywords = planned.Keywords,
            Position = position,
            CreatedAt = now,
        };
    }
}
