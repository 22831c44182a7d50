using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Administration;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;

namespace Portal.Host.Commands;

/// <summary>The friendly links of the demo's sites, as settings of each.</summary>
internal sealed class DemoFriendlyLinks(HostDbContext db) : IDemoSeed
{
    private const string Setting = "PublicSiteSettings.FriendlyLinks";

    public int Order => 10;

    public async Task SeedAsync(Demo demo, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "links.json"));
        var planned = await JsonSerializer.DeserializeAsync<DemoLinks>(file, MessageJson.Options, cancellationToken);
        var sites = await db.Sites.ToDictionaryAsync(site => site.Key, site => site.Id, cancellationToken);
        var set = await db.SettingValues.Where(row => row.Name == Setting).Select(row => row.SiteId)
            .ToListAsync(cancellationToken);
        foreach (var (key, links) in planned!.FriendlyLinks)
        {
            if (sites.TryGetValue(key, out var siteId) && !set.Contains(siteId))
            {
                var text = string.Join('\n', links.Select(link => $"{link.Name} {link.Url}"));
                db.SettingValues.Add(new SettingValue
                {
                    SiteId = siteId,
                    Name = Setting,
                    Value = JsonSerializer.Serialize(text, MessageJson.Options),
                });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private sealed record DemoLinks(IReadOnlyList<DemoSiteLinks> FriendlyLinks);

    private sealed record DemoSiteLinks(string Site, IReadOnlyList<DemoLink> Links);

    private sealed record DemoLink(string Name, string Url);
}
