using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Disclosure.Requests;

/// <summary>A row of Table 3 of the annual report in which a request may end.</summary>
/// <param name="Code">Its place: 3.3.5.</param>
/// <param name="Group">The block it stands in.</param>
/// <param name="Name">As the table prints it.</param>
public sealed record ReplyRow(string Code, string Group, string Name)
{
    /// <summary>The letter's template; none: it ends without an answer on the matter.</summary>
    public string? Template { get; init; }

    /// <summary>The provision that the letter names.</summary>
    public string? Basis { get; init; }

    /// <summary>A reason must be given.</summary>
    public bool Grounds { get; init; }

    /// <summary>
    /// What must have happened before it may be chosen: a correction, reasons that were asked for, an earlier answer.
    /// </summary>
    public string? Requires { get; init; }

    /// <summary>The step that ends a request in this row.</summary>
    public RequestTrigger? Closes { get; init; }

    /// <summary>Review before a lawsuit (行政复议法 art. 23(四)): where the information is refused.</summary>
    public bool ReviewFirst { get; init; }
}

/// <summary>A kind of answer of Regulation 711, and its row.</summary>
internal sealed record ReplyGround(string Ground, string Row);

/// <summary>What the applicant may do against an answer, as the letters say it .</summary>
/// <param name="ReviewDays">To ask for 行政复议, from the day of the answer.</param>
/// <param name="AfterReviewDays">To go to court after it.</param>
/// <param name="LawsuitMonths">To go to court at once.</param>
/// <param name="Source">The provisions.</param>
internal sealed record Remedies(int ReviewDays, int AfterReviewDays, int LawsuitMonths, string Source);

/// <summary>The closed list of outcomes, by version of the form (R-20, AR30).</summary>
internal sealed record ReplyRows(
    string Version, string Source, Remedies Remedies, IReadOnlyList<ReplyRow> Rows, IReadOnlyList<ReplyGround> Replies)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static ReplyRows Current { get; } = Read();

    /// <summary>Rows that an answer may choose.</summary>
    public IReadOnlyList<ReplyRow> Answers => [.. Rows.Where(row => row.Template is not null)];

    public ReplyRow? Find(string? code) => Rows.FirstOrDefault(row => row.Code == code);

    public ReplyRow Closing(RequestTrigger trigger) => Rows.Single(row => row.Closes == trigger);

    private static ReplyRows Read()
    {
        using var file = typeof(ReplyRows).Assembly.GetManifestResourceStream("Portal.Disclosure.Requests.outcomes.json")!;
        return JsonSerializer.Deserialize<ReplyRows>(file, Options)!;
    }
}
