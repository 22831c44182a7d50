using MediatR;
using Portal.Disclosure.Directory.BrowseDirectory;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;

namespace Portal.Disclosure.Directory.ReadPlatform;

/// <summary>The statutory disclosure platform 政府信息公开平台 of a site (P-01 to P-06).</summary>
internal sealed record ReadPlatform(Guid SiteId) : IRequest<PlatformView>, IPublicRequest;

/// <summary>What the platform links to: only what is there.</summary>
/// <param name="Channels">The site's channels by the part of the platform that they serve.</param>
/// <param name="Items">Items of article 20 that hold entries.</param>
/// <param name="Newest">The newest entries.</param>
/// <param name="Count">Entries, counted up to a cap.</param>
public sealed record PlatformView(
    IReadOnlyDictionary<PlatformPart, ChannelSummary> Channels, IReadOnlySet<string> Items, IReadOnlyList<EntryRow> Newest,
    int Count);

/// <summary>The parts that every platform has (P-04).</summary>
public enum PlatformPart
{
    /// <summary>政府信息公开指南</summary>
    Guide,

    /// <summary>政府信息公开制度</summary>
    Rules,

    /// <summary>政府信息公开年报</summary>
    AnnualReports,

    /// <summary>依申请公开</summary>
    Requests,
}

internal sealed class ReadPlatformHandler(ISender sender, DirectoryBrowser browser) : IRequestHandler<ReadPlatform, PlatformView>
{
    private const int NewestShown = 8;

    public async Task<PlatformView> Handle(ReadPlatform request, CancellationToken cancellationToken)
    {
        var channels = await sender.Send(new GetChannels(request.SiteId), cancellationToken);
        var page = await browser.ReadAsync(new BrowseDirectory.BrowseDirectory { ScopeId = request.SiteId }, cancellationToken);
        var parts = new Dictionary<PlatformPart, ChannelSummary>();
        foreach (var part in Enum.GetValues<PlatformPart>())
        {
            // P-01: the platform uses the columns that a site has; they are named uniformly.
            if (channels.FirstOrDefault(channel => PlatformParts.Serves(channel.Name, part)) is { } channel)
            {
                parts[part] = channel;
            }
        }

        return new PlatformView(
            parts, page.Facets.Items, [.. page.Entries.Items.Take(NewestShown)],
            Math.Min(page.Count, DirectoryBrowser.CountCap));
    }
}

/// <summary>Which column of a site is which part of the platform.</summary>
internal static class PlatformParts
{
    public static bool Serves(string name, PlatformPart part) => part switch
    {
        PlatformPart.Guide => name.EndsWith("信息公开指南", StringComparison.Ordinal),
        PlatformPart.Rules => name.EndsWith("信息公开制度", StringComparison.Ordinal),
        PlatformPart.AnnualReports => name.EndsWith("公开年报", StringComparison.Ordinal)
            || name.EndsWith("公开工作年度报告", StringComparison.Ordinal),
        _ => name == "依申请公开",
    };
}
