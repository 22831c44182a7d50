using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Disclosure.Requests;

/// <summary>By what a fee is counted; never by both (FEE109 art. 3).</summary>
public enum FeeMode
{
    /// <summary>按件: all requests of one applicant in a calendar month.</summary>
    PerItem,

    /// <summary>按量: pages of paper, e-mail or data copies.</summary>
    PerPage,
}

/// <summary>A bracket: units above <c>Above</c> cost <c>Yuan</c> each; with <c>More</c>, that much more with every <c>Step</c> units.</summary>
internal sealed record FeeBracket(int Above, int Yuan, int Step = 0, int More = 0);

/// <summary>The fee from a day on.</summary>
internal sealed record FeeVersion(
    string Version, DateOnly From, string Source, IReadOnlyList<FeeBracket> PerItem, IReadOnlyList<FeeBracket> PerPage);

/// <summary>The information processing fee (FEE109): progressive, free up to the first bracket, brackets by version.</summary>
internal static class ProcessingFee
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly IReadOnlyList<FeeVersion> Versions = Read();

    /// <summary>The version that holds on a day.</summary>
    public static FeeVersion On(DateOnly day) =>
        Versions.Where(version => version.From <= day).MaxBy(version => version.From) ?? Versions[0];

    /// <summary>What so many units cost together, in yuan.</summary>
    public static int Of(FeeMode mode, int units, DateOnly day)
    {
        var brackets = mode == FeeMode.PerItem ? On(day).PerItem : On(day).PerPage;
        var sum = 0;
        for (var unit = 1; unit <= units; unit++)
        {
            sum += PriceOf(brackets, unit);
        }

        return sum;
    }

    /// <summary>What one more unit costs after <paramref name="before"/> others: the fee of a single request of a month.</summary>
    public static int OfOneMore(FeeMode mode, int before, int units, DateOnly day) =>
        Of(mode, before + units, day) - Of(mode, before, day);

    private static int PriceOf(IReadOnlyList<FeeBracket> brackets, int unit) =>
        brackets.LastOrDefault(bracket => unit > bracket.Above) is not { } bracket ? 0
        : bracket.More == 0 ? bracket.Yuan
        : bracket.Yuan + (bracket.More * ((unit - bracket.Above - 1) / bracket.Step));

    private static IReadOnlyList<FeeVersion> Read()
    {
        using var file = typeof(ProcessingFee).Assembly.GetManifestResourceStream("Portal.Disclosure.Requests.fees.json")!;
        return JsonSerializer.Deserialize<FeeFile>(file, Options)!.Versions;
    }

    private sealed record FeeFile(IReadOnlyList<FeeVersion> Versions);
}
