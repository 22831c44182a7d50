using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Publishing.Channels.ListChannels;

/// <summary>The channel tree of the current site, with how well each channel is kept.</summary>
public sealed record ListChannels : IRequest<Outcome<ChannelTree>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>A site's channels.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Channels">Every channel, parents before children, siblings in order.</param>
/// <param name="MayOpenTop">The reader may open channels at the top.</param>
public sealed record ChannelTree(string SiteName, IReadOnlyList<ChannelRow> Channels, bool MayOpenTop);

/// <summary>A channel in the tree.</summary>
public sealed record ChannelRow
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>1 at the top.</summary>
    public required int Level { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Path on the site.</summary>
    public required string Path { get; init; }

    /// <summary>What it holds.</summary>
    public required ChannelType Type { get; init; }

    /// <summary>Days within which something new is due.</summary>
    public int? CycleDays { get; init; }

    /// <summary>Responsible editor's account.</summary>
    public Guid? EditorId { get; init; }

    /// <summary>Responsible editor's name.</summary>
    public string? EditorName { get; init; }

    /// <summary>Pages in it and below that visitors see.</summary>
    public required int Live { get; init; }

    /// <summary>Editions in it that are not published yet.</summary>
    public required int Working { get; init; }

    /// <summary>The newest page's date.</summary>
    public DateTimeOffset? LatestAt { get; init; }

    /// <summary>Days over the cycle; null: in time.</summary>
    public int? DaysOver { get; init; }

    /// <summary>Hidden by its editor.</summary>
    public required bool Hidden { get; init; }

    /// <summary>Closed.</summary>
    public required bool Closed { get; init; }

    /// <summary>The reader may change it.</summary>
    public required bool MayManage { get; init; }
}

internal sealed class ListChannelsHandler(
    PublishingDbContext db, ISender sender, ICurrentActor current, ICurrentSite currentSite, TimeProvider clock)
    : IRequestHandler<ListChannels, Outcome<ChannelTree>>
{
    public async Task<Outcome<ChannelTree>> Handle(ListChannels request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Knows(site))
        {
            return Failure.NotFound;
        }

        var channels = await db.Channels.AsNoTracking().Where(row => row.SiteId == site.Id)
            .ToListAsync(cancellationToken);
        var live = await db.Listings.Where(row => row.SiteId == site.Id)
            .GroupBy(row => row.ChannelId)
            .Select(group => new { group.Key, Count = group.Count(), Latest = group.Max(row => row.PublishedAt) })
            .ToDictionaryAsync(row => row.Key, cancellationToken);
        var working = await db.Editions
            .Where(row => row.SiteId == site.Id
                && (row.State == EditionState.Draft || row.State == EditionState.Returned
                    || row.State == EditionState.AwaitingFirstReview || row.State == EditionState.AwaitingSecondReview
                    || row.State == EditionState.AwaitingRelease || row.State == EditionState.Scheduled))
            .GroupBy(row => row.ChannelId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var editors = (await sender.Send(new ListSiteStaff(site.Path), cancellationToken))
            .ToDictionary(person => person.Id, person => person.Name);
        var now = clock.GetUtcNow();
        return new ChannelTree(
            site.Name,
            [.. channels.InTreeOrder().Select(channel =>
            {
                var shown = live.GetValueOrDefault(channel.Id);
                return new ChannelRow
                {
                    Id = channel.Id,
                    Level = channel.Level,
                    Name = channel.Name,
                    Path = channel.Path,
                    Type = channel.Type,
                    CycleDays = channel.CycleDays,
                    EditorId = channel.EditorId,
                    EditorName = channel.EditorId is { } editor ? editors.GetValueOrDefault(editor) : null,
                    Live = shown?.Count ?? 0,
                    Working = working.GetValueOrDefault(channel.Id),
                    LatestAt = shown?.Latest,
                    DaysOver = channel.ClosedAt is null ? DaysOver(channel.CycleDays, shown?.Latest, now) : null,
                    Hidden = channel.Hidden,
                    Closed = channel.ClosedAt is not null,
                    MayManage = actor.Can(Permission.ManageChannels, site, channel.Lineage),
                };
            })],
            actor.Can(Permission.ManageChannels, site));
    }

    internal static int? DaysOver(int? cycle, DateTimeOffset? latest, DateTimeOffset now) =>
        cycle is { } days && latest is { } at
        && BeijingTime.Date(now).DayNumber - BeijingTime.Date(at).DayNumber - days is > 0 and var over
            ? over
            : null;
}
