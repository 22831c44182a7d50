using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Shared.Ui;

/// <summary>The groups of the console's navigation, in order.</summary>
public enum ConsoleGroup
{
    /// <summary>What waits for me.</summary>
    Work,

    /// <summary>内容发布</summary>
    Publishing,

    /// <summary>信息公开</summary>
    Disclosure,

    /// <summary>互动交流</summary>
    Interaction,

    /// <summary>监督与管理</summary>
    Management,
}

/// <summary>An entry of the console's navigation.</summary>
/// <param name="Group">The group it stands in.</param>
/// <param name="Order">Its place in the group.</param>
/// <param name="Url">Where it leads: <c>/console/documents</c>.</param>
/// <param name="Label">What staff read, from the module's resources.</param>
/// <param name="Permission">Shown to those who hold it anywhere.</param>
/// <param name="Count">How many things wait there; null shows no number.</param>
/// <param name="Late">Some of them are overdue.</param>
public sealed record ConsoleMenuItem(
    ConsoleGroup Group, int Order, string Url, string Label, Permission Permission, int? Count = null, bool Late = false);

/// <summary>A module's part of the console's navigation. Register any number, scoped.</summary>
public interface IConsoleMenu
{
    /// <summary>The entries for a person who works on <paramref name="site"/>; one query at most.</summary>
    Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken);
}

/// <summary>A card of the console's first page: what waits, what is due, what went wrong.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Lines">The first few.</param>
/// <param name="More">Where all of them are.</param>
/// <param name="Empty">What to say when there is none.</param>
public sealed record TodayCard(string Title, IReadOnlyList<TodayLine> Lines, string? More, string Empty);

/// <summary>A line of a card.</summary>
/// <param name="Text">Title of the thing.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Note">State or due date, short.</param>
public sealed record TodayLine(string Text, string Url, string? Note);

/// <summary>A module's cards on the console's first page. Register any number, scoped.</summary>
public interface ITodayCards
{
    /// <summary>Place among the modules; smaller comes first.</summary>
    int Order { get; }

    /// <summary>The cards for a person.</summary>
    Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken);
}
