using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit.Trail;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Audit.Register.ListReviews;

/// <summary>The register of reviews, newest first.</summary>
public sealed record ListReviews : RegisterFilter, IRequest<Outcome<ReviewList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadTrail;

    /// <summary>Older than this entry.</summary>
    public string? Before { get; init; }

    /// <summary>Newer than this entry.</summary>
    public string? After { get; init; }
}

/// <summary>A page of the register.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Sites">The sites the reader may choose from.</param>
/// <param name="Entries">The decisions.</param>
/// <param name="Channels">Names of the channels that they name.</param>
/// <param name="Older">The next page.</param>
/// <param name="Newer">The page before.</param>
public sealed record ReviewList(
    ListReviews Filter,
    IReadOnlyList<SiteInfo> Sites,
    IReadOnlyList<EntryLine> Entries,
    IReadOnlyDictionary<string, string> Channels,
    string? Older,
    string? Newer);

internal sealed class ListReviewsHandler(ReviewRegister register, TrailScope scope)
    : IRequestHandler<ListReviews, Outcome<ReviewList>>
{
    public async Task<Outcome<ReviewList>> Handle(ListReviews request, CancellationToken cancellationToken)
    {
        var page = await register.Matching(request).PageAsync(
            request.Before, request.After, (entries, token) => entries.ToListAsync(token), cancellationToken);
        var lines = page.Items.Select(entry => EntryLine.Of(entry, scope)).ToList();
        return new ReviewList(
            request,
            scope.Sites,
            lines,
            await register.ChannelNamesAsync(lines, cancellationToken),
            page.Older,
            page.Newer);
    }
}
