using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outbound;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics.Signals.ManageFeeds;

/// <summary>Watches a feed for the site that one works on.</summary>
public sealed record AddFeed : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public string Name { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>Only items with one of these words, apart by blanks; empty: all.</summary>
    public string Words { get; init; } = "";

    internal string[] WordList => PublicText.Line(Words).Split([' ', '、', '，', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class AddFeedValidator : AbstractValidator<AddFeed>
{
    private const int MostWords = 20;
    private const int LongestWord = 20;

    private static readonly string[] Local = [".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home.arpa"];

    public AddFeedValidator(OutboundHttp outbound, IStringLocalizer<SignalText> text)
    {
        RuleFor(form => form.Name).Must(name => PublicText.Line(name) is { Length: >= 2 and <= 60 }).WithMessage(_ => text["Feed.Fault.Name"]);
        // The kernel's way out says what may be asked at all; names are checked once more when they are resolved (threat 11).
        RuleFor(form => form.Address)
            .Must(typed => typed.Trim().Length <= SignalFeedConfiguration.LongestAddress
                && Uri.TryCreate(typed.Trim(), UriKind.Absolute, out var address) && outbound.MayAsk(address)
                && (!IsLocal(address) || IsListed(outbound, address)))
            .WithMessage(_ => text["Feed.Fault.Address"]);
        RuleFor(form => form.Words).Must((form, _) => form.WordList.Length <= MostWords && form.WordList.All(word => word.Length <= LongestWord))
            .WithMessage(_ => text["Feed.Fault.Words", MostWords, LongestWord]);
    }

    // Names that the open Internet does not have (RFC 6761, 6762, 8375, and what ICANN keeps for private use).
    private static bool IsLocal(Uri address)
    {
        var name = address.IdnHost.TrimEnd('.');
        return address.HostNameType == UriHostNameType.Dns
            && (!name.Contains('.', StringComparison.Ordinal)
                || Local.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
    }

    // Only what the operators have listed may be asked without encryption: so asked, the kernel says whether it is.
    private static bool IsListed(OutboundHttp outbound, Uri address) =>
        outbound.MayAsk(new UriBuilder(Uri.UriSchemeHttp, address.IdnHost, address.Port).Uri);
}

internal sealed class AddFeedHandler(
    InteractionDbContext db, ICurrentActor current, ICurrentSite currentSite, TimeProvider clock, IStringLocalizer<SignalText> text)
    : IRequestHandler<AddFeed, Outcome<Done>>
{
    private const int MostFeeds = 50;

    public async Task<Outcome<Done>> Handle(AddFeed request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Can(Permission.ManageHotTopics, site))
        {
            return Failure.Forbidden;
        }

        if (await db.SignalFeeds.CountAsync(row => row.SiteId == site.Id, cancellationToken) >= MostFeeds)
        {
            return Failure.Invalid(nameof(request.Address), text["Feed.Fault.Many", MostFeeds]);
        }

        var now = clock.GetUtcNow();
        var feed = new SignalFeed
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            Name = PublicText.Line(request.Name),
            Address = new Uri(request.Address.Trim()).AbsoluteUri,
            Words = request.WordList,
            IsOn = true,
            CreatedAt = now,
            Version = 1,
        };
        db.SignalFeeds.Add(feed);
        db.Record(Decision.By(
            actor, now, "interaction.signal-feed.added", site.Id, "signal-feed", feed.Id.ToString(), feed.Name, null, null,
            ("address", feed.Address), ("words", string.Join(' ', feed.Words))));
        return await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(SignalFeedConfiguration.Once)
                ? Failure.Invalid(nameof(request.Address), text["Feed.Fault.There"]) : null) is { } failure
            ? failure
            : Done.Value;
    }
}

/// <summary>Asks a feed again, or asks it no more.</summary>
public sealed record SwitchFeed(Guid FeedId, int Version, bool On) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

internal sealed class SwitchFeedHandler(
    InteractionDbContext db, ISites sites, ICurrentActor current, TimeProvider clock, IStringLocalizer<SignalText> text)
    : IRequestHandler<SwitchFeed, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SwitchFeed request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor
            || await db.SignalFeeds.SingleOrDefaultAsync(row => row.Id == request.FeedId, cancellationToken) is not { } feed
            || sites.ById(feed.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageHotTopics, site))
        {
            return Failure.OutOfScope with { About = new FailureObject("signal-feed", feed.Id.ToString(), feed.Name) };
        }

        if (feed.Version != request.Version)
        {
            return Stale();
        }

        feed.IsOn = request.On;
        feed.Version++;
        if (request.On)
        {
            feed.Failures = 0;
        }

        db.Record(Decision.By(
            actor, clock.GetUtcNow(), request.On ? "interaction.signal-feed.resumed" : "interaction.signal-feed.paused", site.Id, "signal-feed",
            feed.Id.ToString(), feed.Name));
        return await db.TrySaveAsync(cancellationToken) is null ? Done.Value : Stale();
    }

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Feed.Stale"])]);
}

/// <summary>The feeds of the sites within one's grants.</summary>
public sealed record ListFeeds : IRequest<Outcome<FeedList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

/// <summary>The feeds, and the site for which another would be added.</summary>
public sealed record FeedList(IReadOnlyList<FeedRow> Rows, string? SiteName);

/// <summary>A feed as the list shows it; silent: the days without anything new, when they are many.</summary>
public sealed record FeedRow(
    Guid Id, int Version, string Name, string Address, string SiteName, IReadOnlyList<string> Words, bool IsOn, DateTimeOffset? TriedAt,
    DateTimeOffset? NewAt, string? Error, int Failures, int? Silent);

internal sealed class ListFeedsHandler(
    InteractionDbContext db, SignalScope scope, ISites sites, ICurrentActor current, ICurrentSite currentSite, TimeProvider clock)
    : IRequestHandler<ListFeeds, Outcome<FeedList>>
{
    private const int Most = 500;

    public async Task<Outcome<FeedList>> Handle(ListFeeds request, CancellationToken cancellationToken)
    {
        var actor = current.Actor!;
        var reach = scope.ReachOf(actor);
        if (reach.Length == 0)
        {
            return Failure.Forbidden;
        }

        var feeds = await db.SignalFeeds.AsNoTracking().Where(row => reach.Contains(row.SiteId))
            .OrderBy(row => row.SiteId).ThenBy(row => row.Name).ThenBy(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        var own = currentSite.Site is { } site && actor.Can(Permission.ManageHotTopics, site) ? site.Name : null;
        return new FeedList(feeds.ConvertAll(Row), own);
    }

    private FeedRow Row(SignalFeed feed)
    {
        var now = clock.GetUtcNow();
        var quiet = (int)(now - (feed.NewAt ?? feed.CreatedAt)).TotalDays;
        var silent = feed.IsOn && quiet >= SurgeRules.Of(Portal.Shared.Ui.BeijingTime.Date(now)).FeedSilentDays;
        return new FeedRow(
            feed.Id, feed.Version, feed.Name, feed.Address, sites.ById(feed.SiteId)?.Name ?? "", feed.Words, feed.IsOn, feed.TriedAt,
            feed.NewAt, feed.Error, feed.Failures, silent ? quiet : null);
    }
}
