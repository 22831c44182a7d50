using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Host.Contracts;
using Portal.Shared.Settings;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory;

/// <summary>How many numbers an organisation code has used in a year.</summary>
internal sealed class IndexCounter
{
    public required string Code { get; init; }

    public int Year { get; init; }

    public int Last { get; set; }
}

internal sealed class IndexCounterConfiguration : IEntityTypeConfiguration<IndexCounter>
{
    public void Configure(EntityTypeBuilder<IndexCounter> builder)
    {
        builder.ToTable("index_counters");
        builder.HasKey(counter => new { counter.Code, counter.Year });
        builder.Property(counter => counter.Code).HasMaxLength(18);
    }
}

/// <summary>Allots index numbers 索引号 (CAT09) inside the transaction that makes the entry: rolled back with it, so that none is lost.</summary>
internal sealed class IndexNumbers(DisclosureDbContext db)
{
    /// <summary>The next number of an organisation and year. Its counter stays locked until the transaction ends.</summary>
    public async Task<string> NextAsync(
        OrganisationSummary organisation, int year, IndexTemplate template, CancellationToken cancellationToken)
    {
        var code = IndexTemplate.CodeOf(organisation);
        while (true)
        {
            var serials = await db.Database.SqlQuery<int>(
                $"""
                insert into disclosure.index_counters (code, year, last) values ({code}, {year}, 1)
                on conflict (code, year) do update set last = index_counters.last + 1 returning last
                """).ToListAsync(cancellationToken);
            var number = template.Write(organisation, year, serials[0]);
            // A number that came in from elsewhere under this code keeps it; the serial is spent.
            if (!await db.Entries.AnyAsync(entry => entry.IndexNumber == number, cancellationToken))
            {
                return number;
            }
        }
    }
}

/// <summary>
/// The form of new index numbers: <c>{org9}</c> (organisation code), <c>{org18}</c> (credit code), <c>{region}</c>,
/// <c>{yyyy}</c> and as many <c>n</c> in braces as the serial has digits. The default gives the 20 characters of CAT09.
/// </summary>
internal sealed partial class IndexTemplate
{
    public const string Default = "{org9}/{yyyy}-{nnnnn}";

    private readonly string _text;

    private IndexTemplate(string text) => _text = text;

    /// <summary>Reads a template; null when two organisations or two years could get the same number, or it is too long.</summary>
    public static IndexTemplate? Parse(string text)
    {
        var marks = Mark().Matches(text).Select(match => match.Groups["name"].Value).ToList();
        var literal = Mark().Replace(text, "");
        return text.Length <= 60
            && marks.All(mark => mark is "org9" or "org18" or "region" or "yyyy" || mark.Trim('n').Length == 0)
            && marks.Exists(mark => mark is "org9" or "org18")
            && marks.Contains("yyyy")
            && marks.Count(mark => mark.Trim('n').Length == 0) == 1
            && literal.All(character => char.IsAsciiLetterOrDigit(character) || "/-_.".Contains(character))
            ? new IndexTemplate(text)
            : null;
    }

    /// <summary>Writes a number; a serial with more digits than the template has places is written in full.</summary>
    public string Write(OrganisationSummary organisation, int year, int serial) =>
        Mark().Replace(_text, match => match.Groups["name"].Value switch
        {
            "org9" => CodeOf(organisation),
            "org18" => organisation.CreditCode ?? CodeOf(organisation),
            "region" => organisation.RegionCode,
            "yyyy" => year.ToString("0000", CultureInfo.InvariantCulture),
            var places => serial.ToString(new string('0', places.Length), CultureInfo.InvariantCulture),
        });

    /// <summary>
    /// 组织机构代码: characters 9 to 17 of the credit code. An organisation without one counts under its region, as sites in
    /// practice do.
    /// </summary>
    public static string CodeOf(OrganisationSummary organisation) =>
        organisation.CreditCode is { Length: 18 } credit ? credit[8..17] : organisation.RegionCode + "000";

    [GeneratedRegex(@"\{(?<name>[a-z0-9]+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}

/// <summary>The text of a setting is a template of index numbers.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IndexTemplateCheckAttribute : SettingCheckAttribute
{
    public override SettingFault? FaultOf(string text) =>
        IndexTemplate.Parse(text) is null ? new SettingFault("IndexTemplate.Fault") : null;
}

/// <summary>The forms of index numbers in use; a number from elsewhere is kept as it is, with its form.</summary>
internal static partial class IndexScheme
{
    /// <summary>The 20 characters of CAT09.</summary>
    public const string Standard = "cat09";

    /// <summary>Allotted here by another template.</summary>
    public const string Local = "local";

    private static readonly int[] CodeWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The form of a number.</summary>
    public static string Of(string number) =>
        Cat09().IsMatch(number) ? Standard
        : Credit18().IsMatch(number) ? "credit18"
        : YearMonth().IsMatch(number) ? "credit18-month"
        : Dashed().IsMatch(number) ? "dashed"
        : Digits21().IsMatch(number) ? "digits21"
        : "other";

    /// <summary>
    /// Does the organisation code or credit code in front fail its check digit? It is said, never refused: live sites use
    /// area codes there.
    /// </summary>
    public static bool HasDoubtfulCode(string number)
    {
        var front = number.Split('/', '-')[0];
        return front.Length switch
        {
            9 => !IsOrganisationCode(front),
            18 => !CreditCode.IsValid(front),
            _ => false,
        };
    }

    /// <summary>GB 11714: eight characters and a weighted sum modulo 11.</summary>
    public static bool IsOrganisationCode(string code)
    {
        if (code.Length != 9)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            var value = char.IsAsciiDigit(code[i]) ? code[i] - '0' : char.IsAsciiLetterUpper(code[i]) ? code[i] - 'A' + 10 : -1;
            if (value < 0)
            {
                return false;
            }

            sum += value * CodeWeights[i];
        }

        return (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) } == code[8];
    }

    /// <summary>A number as people type it: full-width forms folded, letters upper, no blanks.</summary>
    public static string Normalise(string text) =>
        string.Concat(text.Normalised(NormalizationForm.FormKC).Where(character => !char.IsWhiteSpace(character)))
            .ToUpperInvariant();

    [GeneratedRegex(@"^[0-9A-Z]{8}[0-9X]/\d{4}-\d{5}$", RegexOptions.NonBacktracking)]
    private static partial Regex Cat09();

    [GeneratedRegex(@"^[0-9A-Z]{18}/\d{4}-\d{5,6}$", RegexOptions.NonBacktracking)]
    private static partial Regex Credit18();

    [GeneratedRegex(@"^[0-9A-Z]{18}/\d{6}-\d{5}$", RegexOptions.NonBacktracking)]
    private static partial Regex YearMonth();

    [GeneratedRegex(@"^[0-9A-Z]{9}-\d{4}-\d{4,6}$", RegexOptions.NonBacktracking)]
    private static partial Regex Dashed();

    [GeneratedRegex(@"^\d{21}$", RegexOptions.NonBacktracking)]
    private static partial Regex Digits21();
}
