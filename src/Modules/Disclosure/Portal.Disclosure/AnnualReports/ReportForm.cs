using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Disclosure.Requests;

namespace Portal.Disclosure.AnnualReports;

/// <summary>What a column counts.</summary>
public enum FigureKind
{
    /// <summary>A whole number.</summary>
    Count,

    /// <summary>万元 with two decimals.</summary>
    Money,
}

/// <summary>A column.</summary>
/// <param name="Code">Its key within the block.</param>
/// <param name="Name">As the form prints it.</param>
public sealed record ReportColumn(string Code, string Name)
{
    /// <summary>The heading above several columns.</summary>
    public string? Group { get; init; }

    /// <summary>What it counts.</summary>
    public FigureKind Kind { get; init; }

    /// <summary>The kind of applicant that it counts.</summary>
    public ApplicantKind? From { get; init; }
}

/// <summary>A row.</summary>
/// <param name="Code">Its key within the table: 3.3.5.</param>
/// <param name="Name">As the form prints it.</param>
public sealed record ReportRow(string Code, string Name)
{
    /// <summary>The heading before several rows.</summary>
    public string? Group { get; init; }

    /// <summary>The row of last year's report that it begins with.</summary>
    public string? Previous { get; init; }

    /// <summary>Heading and name in one line, for messages.</summary>
    public string FullName => Group is null ? Name : $"{Group}：{Name}";
}

/// <summary>Where the figures of a block come from.</summary>
public enum FigureSource
{
    /// <summary>Typed by staff.</summary>
    Typed,

    /// <summary>The entries of the information directory.</summary>
    Directory,

    /// <summary>The steps of the requests.</summary>
    Requests,

    /// <summary>Last year's published report.</summary>
    Previous,
}

/// <summary>Rows under common columns.</summary>
public sealed record ReportBlock(string Code, string Title, string Head, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows)
{
    /// <summary>Where its figures come from.</summary>
    public FigureSource Fill { get; init; }

    /// <summary>Some rows stand under a heading of their own.</summary>
    public bool HasGroups => Rows.Any(row => row.Group is not null);
}

/// <summary>Over what an identity holds.</summary>
public enum IdentityReach
{
    /// <summary>Its terms are rows; it holds in every column.</summary>
    Column,

    /// <summary>Its terms are columns; it holds in every row.</summary>
    Row,
}

/// <summary>Two sums that must be equal. A term is a code; <c>previous:4</c> is row 4 of last year's report.</summary>
public sealed record ReportIdentity(IdentityReach Each, string LeftName, string Left, string RightName, string Right)
{
    private const string PreviousMark = "previous:";

    /// <summary>The left side is worked out from the right one, and not typed.</summary>
    public bool Derives { get; init; }

    /// <summary>It holds between two years.</summary>
    [JsonIgnore]
    public bool LinksYears => Right.StartsWith(PreviousMark, StringComparison.Ordinal);

    /// <summary>The codes on the left.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> LeftTerms => Terms(Left);

    /// <summary>The codes on the right.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RightTerms => Terms(LinksYears ? Right[PreviousMark.Length..] : Right);

    private static string[] Terms(string sum) =>
        sum.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A table of the form.</summary>
/// <param name="Code">2, 3, 4.</param>
/// <param name="Section">The section that it stands in.</param>
/// <param name="Name">表三.</param>
/// <param name="Title">What it says.</param>
/// <param name="Blocks">Its rows and columns.</param>
/// <param name="Identities">The sums that must agree.</param>
public sealed record ReportTable(
    string Code, string Section, string Name, string Title, IReadOnlyList<ReportBlock> Blocks, IReadOnlyList<ReportIdentity> Identities)
{
    /// <summary>What the form prints beside it.</summary>
    public string? Note { get; init; }

    /// <summary>The title of one of its blocks.</summary>
    public string CaptionOf(ReportBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Title.Length == 0 ? Title : $"{Title}：{block.Title}";
    }

    /// <summary>Is the figure worked out from others?</summary>
    public bool IsDerived(string row, string column) => Identities.Any(identity =>
        identity.Derives && (identity.Each == IdentityReach.Column ? identity.Left == row : identity.Left == column));
}

/// <summary>A part in words.</summary>
public sealed record ReportSection(string Code, string Title, string Hint)
{
    /// <summary>It may not be empty.</summary>
    public bool Required { get; init; }

    /// <summary>It begins with what was charged for information.</summary>
    public bool Fees { get; init; }
}

/// <summary>A place in the tables.</summary>
public sealed record ReportPlace(ReportTable Table, ReportBlock Block, ReportRow Row, ReportColumn Column)
{
    /// <summary>Its key in a report: 3-3.3.5-natural.</summary>
    public string Key => KeyOf(Table, Row, Column);

    /// <summary>It is worked out from others.</summary>
    public bool IsDerived => Table.IsDerived(Row.Code, Column.Code);

    /// <summary>As messages name it.</summary>
    public string Name => $"{Table.Name}“{Row.FullName}”行“{Column.Name}”列";

    /// <summary>The key of a place.</summary>
    public static string KeyOf(ReportTable table, ReportRow row, ReportColumn column)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(column);
        return $"{table.Code}-{row.Code}-{column.Code}";
    }
}

/// <summary>
/// The official form of the annual report (AR30, Regulation 711 art. 50) in one version: tables, rows, columns, identities and
/// sections are data, so that a new form is a new file and old reports keep theirs.
/// </summary>
public sealed record ReportForm(
    string Version, int ValidFromYear, string Source, IReadOnlyList<ReportTable> Tables, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>All places, table by table.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReportPlace> Places =>
    [
        .. from table in Tables
           from block in table.Blocks
           from row in block.Rows
           from column in block.Columns
           select new ReportPlace(table, block, row, column),
    ];

    /// <summary>The tables that stand in a section.</summary>
    public IEnumerable<ReportTable> TablesOf(ReportSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Tables.Where(table => table.Section == section.Code);
    }
}

/// <summary>The versions of the form.</summary>
internal sealed class ReportForms(IReadOnlyList<ReportForm> forms)
{
    private const string Folder = "Portal.Disclosure.AnnualReports.Form.annual-report-";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Those that come with the platform.</summary>
    public static ReportForms Shipped { get; } = new([
        .. typeof(ReportForms).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(Read),
    ]);

    /// <summary>The form of the report of a year; null before the first.</summary>
    public ReportForm? Of(int year) =>
        forms.Where(form => form.ValidFromYear <= year).MaxBy(form => form.ValidFromYear);

    /// <summary>The form that a report was made with.</summary>
    public ReportForm Version(string version) => forms.Single(form => form.Version == version);

    /// <summary>Reads a form.</summary>
    public static ReportForm Parse(Stream file) => JsonSerializer.Deserialize<ReportForm>(file, Options)!;

    private static ReportForm Read(string name)
    {
        using var file = typeof(ReportForms).Assembly.GetManifestResourceStream(name)!;
        return Parse(file);
    }
}
