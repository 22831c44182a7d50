using MediatR;

namespace Portal.Host.Contracts;

/// <summary>Asks for staff accounts by user name; unknown names are left out.</summary>
public sealed record FindStaff(IReadOnlyList<string> UserNames) : IRequest<IReadOnlyList<StaffSummary>>;

/// <summary>A staff account.</summary>
/// <param name="Id">Identity.</param>
/// <param name="UserName">Sign-in name.</param>
/// <param name="Name">Name as the registers show it.</param>
/// <param name="Unit">Full name of the person's organisation.</param>
public sealed record StaffSummary(Guid Id, string UserName, string Name, string Unit)
{
    /// <summary>Sites into whose subtree a grant lets the person import documents; filled by <see cref="FindStaff"/>.</summary>
    public IReadOnlyList<Guid> ImportSites { get; init; } = [];
}
