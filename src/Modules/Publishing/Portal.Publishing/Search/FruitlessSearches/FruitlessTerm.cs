using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Publishing.Search.SearchDocuments;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Publishing.Search.FruitlessSearches;

/// <summary>How often a term was searched for in vain on a site on a day: no address, no hour, nobody.</summary>
internal sealed class FruitlessTerm
{
    public Guid SiteId { get; init; }

    public DateOnly Day { get; init; }

    public required string Term { get; init; }

    public int Times { get; init; }

    /// <summary>A search as it is counted; null when it is not: too short or long, or with what may be somebody's.</summary>
    public static string? Of(SearchTerms terms, FruitlessSearchRule rule)
    {
        var term = PublicText.Line(Grams.Fold(string.Join(' ', terms.Words)));
        return term.Length < rule.ShortestTerm || !PublicText.Fits(term, rule.LongestTerm)
            || term.Contains('@', StringComparison.Ordinal) || LongestNumber(term) > rule.MostDigits
            || PersonalNumbers.Find(PersonalNumbers.Folded(term)).Count > 0
            ? null
            : term;
    }

    private static int LongestNumber(string term)
    {
        var (longest, run) = (0, 0);
        foreach (var rune in term.EnumerateRunes())
        {
            // 138 1234 is one number to a reader.
            run = Rune.IsDigit(rune) ? run + 1 : rune.Value is ' ' or '-' ? run : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}

internal sealed class FruitlessTermConfiguration : IEntityTypeConfiguration<FruitlessTerm>
{
    public void Configure(EntityTypeBuilder<FruitlessTerm> builder)
    {
        builder.ToTable("fruitless_searches", table => table.HasCheckConstraint("ck_fruitless_searches_times", "times > 0"));
        builder.HasKey(row => new { row.SiteId, row.Day, row.Term });
        builder.Property(row => row.Term).HasMaxLength(100);
        builder.HasIndex(row => row.Day).HasDatabaseName("ix_fruitless_searches_day");
    }
}
