using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;
using Portal.Publishing.Documents;
using Portal.Publishing.Documents.ListDocuments;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Channels.ReadChannel;

/// <summary>A channel with everything its pages in the console show.</summary>
public sealed record ReadChannel(Guid Id) : IRequest<Outcome<ChannelDetails>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageChannels;
}

/// <summary>A channel as its managers see it.</summary>
public sealed record ChannelDetails
{
    /// <summary>The kept values in the form's shape.</summary>
    public required ChangeChannel.ChangeChannel Kept { get; init; }

    /// <summary>The channel above.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Last segment of its path.</summary>
    public required string Slug { get; init; }

    /// <summary>Path on the site.</summary>
    public required string Path { get; init; }

    /// <summary>Closed.</summary>
    public required bool Closed { get; init; }

    /// <summary>Channels below it that were closed along with it.</summary>
    public required int ClosedAlong { get; init; }

    /// <summary>Channels below it.</summary>
    public required int Below { get; init; }

    /// <summary>Pages in it and below.</summary>
    public required int Pages { get; init; }

    /// <summary>Editions in it and below that are not published yet.</summary>
    public required int Working { get; init; }

    /// <summary>Channels it can be moved under.</summary>
    public required IReadOnlyList<ChannelChoice> Parents { get; init; }

    /// <summary>It may stand at the top.</summary>
    public required bool MayTop { get; init; }

    /// <summary>People to put in charge.</summary>
    public required IReadOnlyList<StaffSummary> Editors { get; init; }
}

internal sealed class ReadChannelHandler(PublishingDbContext db, EditionScope scope, ISender sender)
    : IRequestHandler<ReadChannel, Outcome<ChannelDetails>>
{
    public async Task<Outcome<ChannelDetails>> Handle(ReadChannel request, CancellationToken cancellationToken)
    {
        var found = await scope.FindChannelAsync(request.Id, Permission.ManageChannels, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (channel, site, actor) = found.Value;
        var channels = await db.Channels.AsNoTracking().Where(row => row.SiteId == site.Id)
            .ToListAsync(cancellationToken);
        var below = channels.Where(row => row.Lineage.Contains(channel.Id)).Select(row => row.Id).ToList();
        return new ChannelDetails
        {
            Kept = new ChangeChannel.ChangeChannel
            {
                Id = channel.Id,
                Version = channel.Version,
                Name = channel.Name,
                Type = channel.Type.ToString(),
                CycleDays = channel.CycleDays?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
                EditorId = channel.EditorId,
                Description = channel.Description,
                Keywords = string.Join('，', channel.Keywords),
                Position = channel.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Hidden = channel.Hidden,
            },
            ParentId = channel.ParentId,
            Slug = channel.Slug,
            Path = channel.Path,
            Closed = channel.ClosedAt is not null,
            ClosedAlong = channels.Count(row =>
                row.Id != channel.Id && row.Lineage.Contains(channel.Id)
                && channel.ClosedAt is not null && row.ClosedAt == channel.ClosedAt),
            Below = below.Count - 1,
            Pages = await db.Pages.CountAsync(
                row => below.Contains(row.ChannelId) && (row.Status == PageStatus.Page || row.Status == PageStatus.Withdrawn),
                cancellationToken),
            Working = await db.Editions.CountAsync(
                row => row.SiteId == site.Id && below.Contains(row.ChannelId)
                    && (EditionStates.Working.Contains(row.State) || row.State == EditionState.Scheduled),
                cancellationToken),
            Parents =
            [
                .. channels.InTreeOrder()
                    .Where(row => row.ClosedAt is null && !row.Lineage.Contains(channel.Id)
                        && actor.Can(Permission.ManageChannels, site, row.Lineage))
                    .Select(row => new ChannelChoice(row.Id, row.Name, row.Level, row.Path)),
            ],
            MayTop = actor.Can(Permission.ManageChannels, site),
            Editors = await sender.Send(new ListSiteStaff(site.Path), cancellationToken),
        };
    }
}
