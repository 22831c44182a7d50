using MediatR;

namespace Portal.Host.Contracts;

/// <summary>
/// Asks for the open staff accounts that hold a grant on any of some sites: a site and those above it, to choose a person
/// in charge or to name one.
/// </summary>
public sealed record ListSiteStaff(IReadOnlyList<Guid> SiteIds) : IRequest<IReadOnlyList<StaffSummary>>;
