using Portal.Shared.Ui;

namespace Portal.Publishing.Pages;

/// <summary>A site's home page as the public sees it.</summary>
public sealed record HomeView
{
    public required IReadOnlyList<NavigationEntry> Navigation { get; init; }
    public DateTimeOffset? NextChange { get; init; }

    /// <summary>The first channel of each kind that holds something.</summary>
    public required IReadOnlyDictionary<string, HomeChannel> Channels { get; init; }
    public HomeLine? Picture { get; init; }
    public required IReadOnlyList<HomeLine> Headlines { get; init; }
    public required IReadOnlyList<HomeLine> News { get; init; }
    public required IReadOnlyList<HomeLine> Notices { get; init; }
    public required IReadOnlyList<HomePolicy> Policies { get; init; }
    public required IReadOnlyList<HomeTopic> Topics { get; init; }
    public required IReadOnlyList<(HomeChannel Channel, IReadOnlyList<HomeLine> Lines)> Services { get; init; }
}

/// <summary>A channel that a block of the home page stands for.</summary>
public sealed record HomeChannel(Guid Id, string Path, string Name);

/// <summary>A title on the home page.</summary>
public sealed record HomeLine(Guid Id, string Path, string Title, DateTimeOffset At, string Summary, FileView? Cover);

/// <summary>A policy with what explains it.</summary>
public sealed record HomePolicy(
    Guid Id, string Path, string Title, DateTimeOffset At, string? Number, string? IssuedOn, string? Validity,
    string? EffectiveOn, IReadOnlyList<RelatedView> Interpretations);

/// <summary>A topic.</summary>
public sealed record HomeTopic(Guid Id, string Path, string Name, string Description);
