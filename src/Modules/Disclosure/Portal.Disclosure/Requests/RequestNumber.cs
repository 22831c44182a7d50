using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests;

/// <summary>How many requests an organisation has had in a year.</summary>
internal sealed class RequestCounter
{
    public Guid OrganisationId { get; init; }

    public int Year { get; init; }

    public int Last { get; set; }
}

internal sealed class RequestCounterConfiguration : IEntityTypeConfiguration<RequestCounter>
{
    public void Configure(EntityTypeBuilder<RequestCounter> builder)
    {
        builder.ToTable("request_counters");
        builder.HasKey(counter => new { counter.OrganisationId, counter.Year });
    }
}

/// <summary>
/// The number of a request: <c>YSQ2026-000123-0</c>. Allotted inside the transaction that makes the case and rolled back
/// with it.
/// </summary>
internal static class RequestNumber
{
    private static readonly CheckedNumber Form = new("YSQ", 6);

    public static async Task<string> NextAsync(
        DisclosureDbContext db, Guid organisationId, int year, CancellationToken cancellationToken)
    {
        var serials = await db.Database.SqlQuery<int>(
            $"""
            insert into disclosure.request_counters (organisation_id, year, last) values ({organisationId}, {year}, 1)
            on conflict (organisation_id, year) do update set last = request_counters.last + 1 returning last
            """).ToListAsync(cancellationToken);
        return Write(year, serials[0]);
    }

    public static string Write(int year, int serial) => Form.Write(year, serial);

    public static string Normalise(string? typed) => Form.Normalise(typed);

    public static bool IsValid(string number) => Form.IsValid(number);
}
