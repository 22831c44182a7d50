using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Quotas.ListQuotas;

/// <summary>Where the sites of a person stand with the yearly quotas (S-07, S-08), those to be warned first.</summary>
public sealed record ListQuotas(string? After) : IRequest<Outcome<QuotaList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>The answer.</summary>
/// <param name="Year">The year.</param>
/// <param name="Lines">A page of sites.</param>
/// <param name="Next">Key of the last, when there are more.</param>
public sealed record QuotaList(int Year, IReadOnlyList<SiteQuotas> Lines, string? Next);

internal sealed class ListQuotasHandler(QuotaReader reader, ISites sites, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ListQuotas, Outcome<QuotaList>>
{
    public const int PageSize = 50;

    public async Task<Outcome<QuotaList>> Handle(ListQuotas request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || !QuotaReach.HasAny(actor))
        {
            return Failure.Forbidden;
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var own = QuotaReach.Of(actor, sites).OrderBy(site => site.Key, StringComparer.Ordinal)
            .SkipWhile(site => request.After is not null && string.CompareOrdinal(site.Key, request.After) <= 0)
            .Take(PageSize + 1).ToList();
        var page = own.Take(PageSize).ToList();
        var lines = await reader.OfAsync(page, today.Year, today, cancellationToken);
        return new QuotaList(
            today.Year, [.. lines.OrderByDescending(line => line.NeedsWarning)], own.Count > PageSize ? page[^1].Key : null);
    }
}
