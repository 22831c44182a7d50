using MediatR;

namespace Portal.Host.Contracts;

/// <summary>Asks for organisations; unknown ids are left out.</summary>
public sealed record GetOrganisations(IReadOnlyList<Guid> Ids) : IRequest<IReadOnlyList<OrganisationSummary>>;

/// <summary>An organisation of the tree.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Full standard name.</param>
/// <param name="ShortName">Short name, for lists of staff.</param>
/// <param name="Kind">Province, Prefecture, County, Department or Township.</param>
/// <param name="RegionCode">行政区划代码, six digits.</param>
/// <param name="CreditCode">统一社会信用代码, 18 characters; null where none is registered.</param>
/// <param name="ParentId">The organisation above.</param>
public sealed record OrganisationSummary(
    Guid Id, string Name, string ShortName, string Kind, string RegionCode, string? CreditCode, Guid? ParentId);
