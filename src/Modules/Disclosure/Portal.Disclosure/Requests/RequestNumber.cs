using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Text;

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
/// The number of a request: <c>YSQ2026-000123-4</c>. Allotted inside the transaction that makes the case and rolled back
/// with it; the last digit finds a mistyped or transposed one (Luhn).
/// </summary>
internal static class RequestNumber
{
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

    public static string Write(int year, int serial)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{year:0000}{serial:000000}");
        return string.Create(CultureInfo.InvariantCulture, $"YSQ{year:0000}-{serial:000000}-{CheckDigit(digits)}");
    }

    /// <summary>The number as it is kept, from what a person typed: full width, blanks and case do not matter.</summary>
    public static string Normalise(string? typed)
    {
        var text = string.Concat((typed ?? "").Normalised(System.Text.NormalizationForm.FormKC).ToUpperInvariant()
            .Where(char.IsAsciiLetterOrDigit));
        return text.Length == 14 && text.StartsWith("YSQ", StringComparison.Ordinal) && text[3..].All(char.IsAsciiDigit)
            ? $"{text[..7]}-{text[7..13]}-{text[13]}"
            : "";
    }

    public static bool IsValid(string number) =>
        number.Length == 16 && number[15] - '0' == CheckDigit(string.Concat(number.AsSpan(3, 4), number.AsSpan(8, 6)));

    private static int CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return (10 - (sum % 10)) % 10;
    }
}
