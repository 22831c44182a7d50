using Portal.Shared.Ui;

namespace Portal.Publishing.Pages;

/// <summary>A channel's page as the public sees it.</summary>
public sealed record ChannelView
{
    public required Guid Id { get; init; }
    public required string Path { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required string Description { get; init; }
    public required string[] Keywords { get; init; }
    public required bool IsClosed { get; init; }

    /// <summary>The channels above, top first.</summary>
    public required IReadOnlyList<NavigationEntry> Above { get; init; }

    /// <summary>The branch that the channel stands in: its top channel and everything shown under it, in tree order.</summary>
    public required IReadOnlyList<BranchEntry> Branch { get; init; }
    public required IReadOnlyList<NavigationEntry> Navigation { get; init; }
    public required DateTimeOffset? NextChange { get; init; }
    public required IReadOnlyList<YearCount> Years { get; init; }
    public required IReadOnlyList<ListedPage> Pages { get; init; }

    /// <summary>The year the list is narrowed to.</summary>
    public int? Year { get; init; }

    /// <summary>The page by number; null when the list was reached by a cursor.</summary>
    public int? Number { get; init; }
    public string? Older { get; init; }
    public string? Newer { get; init; }
    public IReadOnlyList<Guid> Lineage { get; init; } = [];

    /// <summary>How many there are, in the chosen year or at all; at most <see cref="ChannelRows.MostCounted"/> a year.</summary>
    public int Count => Years.Where(year => Year is null || year.Year == Year).Sum(year => year.Count);

    public bool CountIsCapped => Years.Any(year => year.Count == ChannelRows.MostCounted && (Year is null || year.Year == Year));
}

/// <summary>A channel of a branch. Level 1 is the top.</summary>
public sealed record BranchEntry(Guid Id, string Path, string Name, int Level);

/// <summary>How many pages a year has.</summary>
public sealed record YearCount(int Year, int Count);

/// <summary>A line of a list; a leader's has the position 职务.</summary>
public sealed record ListedPage(
    Guid Id,
    string Path,
    string Title,
    DateTimeOffset At,
    string Type,
    string? Number,
    string? Validity,
    string? Position = null);
