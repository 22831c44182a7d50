using Portal.Shared.Sites;

namespace Portal.Shared.Ui;

/// <summary>An entry of a navigation or a breadcrumb.</summary>
/// <param name="Path">Path on the site, without leading slash, with its query if it has one.</param>
/// <param name="Name">What readers see.</param>
public sealed record NavigationEntry(string Path, string Name);

/// <summary>The main navigation of a site: its top channels that hold something (W-06).</summary>
public interface ISiteNavigation
{
    /// <summary>The entries in order, without the home page.</summary>
    Task<IReadOnlyList<NavigationEntry>> OfAsync(SiteInfo site, CancellationToken cancellationToken);
}

/// <summary>What a module offers the public on channels of a type, such as mailboxes on 互动交流. Register any number.</summary>
public interface IChannelEntries
{
    /// <summary>The entries on channels of <paramref name="channelType"/>, the same for every site; none for most types.</summary>
    IReadOnlyList<NavigationEntry> Of(string channelType);
}

/// <summary>Where else on a site the words of a search can be looked for: what a module lists with a search of its own. Register any number.</summary>
public interface ISearchPlaces
{
    /// <summary>The places with something to search, each with the address of its answer to <paramref name="words"/>; its cost does not grow with what is there.</summary>
    Task<IReadOnlyList<NavigationEntry>> ForAsync(SiteInfo site, string words, CancellationToken cancellationToken);
}
