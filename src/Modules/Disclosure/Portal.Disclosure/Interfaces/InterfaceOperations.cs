using Portal.Disclosure.Deadlines;
using Portal.Disclosure.Deadlines.CalculateDeadline;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.ReadEntriesApi;
using Portal.Disclosure.Docking;
using Portal.Disclosure.Interfaces.ReadProfile;

namespace Portal.Disclosure.Interfaces;

/// <summary>A parameter of an operation. Its words are in the resource file under the operation and its name.</summary>
internal sealed record InterfaceParameter(string Name, string Type = "string", string? Format = null)
{
    public bool Required { get; init; }

    public bool InPath { get; init; }

    public bool InHeader { get; init; }

    public bool Many { get; init; }

    public string? Example { get; init; }

    public IReadOnlyList<string> Codes { get; init; } = [];
}

/// <summary>An answer by its status: the shapes that its body may have.</summary>
internal sealed record InterfaceAnswer(int Status, string MediaType, params IReadOnlyList<Type> Shapes);

/// <summary>What a published interface takes and gives. Its words are in the resource file under its id.</summary>
internal sealed record InterfaceOperation(string Document, string Id, string Method, string Path)
{
    public IReadOnlyList<InterfaceParameter> Parameters { get; init; } = [];

    public Type? Body { get; init; }

    public required IReadOnlyList<InterfaceAnswer> Answers { get; init; }
}

/// <summary>A problem as the public interfaces tell it.</summary>
internal sealed record PublicProblem(string Type, string Title, int Status);

/// <summary>A problem with single parameters.</summary>
internal sealed record FieldProblem(
    string Type, string Title, int Status, IReadOnlyDictionary<string, IReadOnlyList<string>> Errors);

/// <summary>A refusal of the docking protocol.</summary>
internal sealed record DockingProblem(int Status, string Code, string Detail);

/// <summary>A batch as a unit sends it.</summary>
internal sealed record SentBatch(IReadOnlyList<DockingItem> Items);

/// <summary>What became of a batch.</summary>
internal sealed record BatchAnswer(
    Guid RunId, bool DryRun, int Received, int Added, int Updated, int Unchanged, int Withdrawn, int Stale, int Rejected,
    int Quarantined, IReadOnlyList<BatchItemAnswer> Items);

/// <summary>What became of one record of a batch.</summary>
internal sealed record BatchItemAnswer(
    int Index, string? IndexNumber, long? Version, string Result, IReadOnlyList<BatchItemError> Errors,
    IReadOnlyList<BatchItemError> Warnings);

/// <summary>Why a record was refused.</summary>
internal sealed record BatchItemError(string Field, string Message);

/// <summary>
/// All published operations. The endpoints take their queries as text and answer what is wrong in words of their own; what
/// they promise stands here, and the documents are made from it (ADR 48).
/// </summary>
internal static class InterfaceOperations
{
    public const string Public = "public";
    public const string Docking = "docking";

    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    private static readonly InterfaceAnswer NotFound = new(404, ProblemJson, typeof(PublicProblem));

    private static readonly InterfaceParameter DirectoryKey = new("directory") { Required = true, Example = "province" };

    private static readonly IReadOnlyList<InterfaceAnswer> Refusals =
    [
        new(400, ProblemJson, typeof(DockingProblem)),
        new(401, ProblemJson, typeof(DockingProblem)),
        new(403, ProblemJson, typeof(DockingProblem)),
        new(429, ProblemJson, typeof(DockingProblem)),
    ];

    public static IReadOnlyList<string> Documents { get; } = [Public, Docking];

    public static IReadOnlyList<InterfaceOperation> All { get; } =
    [
        new(Public, "listEntries", "GET", "api/directory/v1/entries")
        {
            Parameters =
            [
                new("q") { Example = "养老服务" },
                new("number") { Example = "云政发〔2026〕12号" },
                new("index") { Example = "990000000/2026-00001" },
                new("site") { Example = "province" },
                new("subject") { Example = "0901" },
                new("genre") { Codes = CodesOf(Classifications.Genres) },
                new("item") { Codes = CodesOf(Classifications.StatutoryItems) },
                new("five") { Codes = CodesOf(Classifications.FiveOpenness) },
                new("validity") { Codes = CodesOf(Classifications.Validity) },
                new("year", "integer") { Example = "2026" },
                new("from", Format: "date") { Example = "2026-01-01" },
                new("to", Format: "date") { Example = "2026-06-30" },
                new("cursor"),
            ],
            Answers = [new(200, Json, typeof(EntryListAnswer)), NotFound],
        },
        new(Public, "readEntry", "GET", "api/directory/v1/entries/{id}")
        {
            Parameters = [new("id", Format: "uuid") { InPath = true, Required = true }],
            Answers = [new(200, Json, typeof(EntryAnswer)), NotFound, new(410, Json, typeof(EntryAnswer))],
        },
        new(Public, "readProfile", "GET", "api/directory/v1/profile")
        {
            Answers = [new(200, Json, typeof(ProfileAnswer))],
        },
        new(Public, "calculateDeadline", "GET", "api/deadlines")
        {
            Parameters =
            [
                new("rule") { Codes = [.. DeadlineRules.Codes, CalculateDeadline.Free] },
                new("days", "integer") { Example = "20" },
                new("start", Format: "date") { Example = "2026-09-28" },
                new("time") { Example = "17:30" },
                new("region") { Example = "990000" },
            ],
            Answers =
            [
                new(200, Json, typeof(DeadlineAnswer), typeof(DeadlineRulesAnswer)), new(422, ProblemJson, typeof(FieldProblem)),
            ],
        },
        new(Docking, "listChanges", "GET", "api/docking/v1/changes")
        {
            Parameters = [DirectoryKey, new("after") { Example = "province:120" }, new("limit", "integer") { Example = "500" }],
            Answers = [new(200, Json, typeof(ChangePage)), .. Refusals, new(409, ProblemJson, typeof(DockingProblem))],
        },
        new(Docking, "readEntries", "GET", "api/docking/v1/entries")
        {
            Parameters = [DirectoryKey, new("number") { Many = true, Required = true, Example = "990000000/2026-00001" }],
            Answers = [new(200, Json, typeof(EntryPage)), .. Refusals],
        },
        new(Docking, "listBuckets", "GET", "api/docking/v1/buckets")
        {
            Parameters = [DirectoryKey],
            Answers = [new(200, Json, typeof(BucketList)), .. Refusals],
        },
        new(Docking, "readBucket", "GET", "api/docking/v1/buckets/{bucket}")
        {
            Parameters = [new("bucket", "integer") { InPath = true, Required = true, Example = "17" }, DirectoryKey],
            Answers = [new(200, Json, typeof(BucketContent)), .. Refusals, new(404, ProblemJson, typeof(DockingProblem))],
        },
        new(Docking, "sendBatch", "POST", "api/docking/v1/batches")
        {
            Parameters =
            [
                DirectoryKey,
                new("dryRun", "boolean"),
                new(SignedRequests.IdempotencyHeader) { InHeader = true, Required = true, Example = "2026-11-23-0001" },
            ],
            Body = typeof(SentBatch),
            Answers =
            [
                new(200, Json, typeof(BatchAnswer)), .. Refusals, new(409, ProblemJson, typeof(DockingProblem)),
                new(413, ProblemJson, typeof(DockingProblem)),
            ],
        },
    ];

    public static InterfaceOperation? Find(string? method, string? path) =>
        All.FirstOrDefault(operation => operation.Method == method
            && operation.Path == path?.Replace(":guid", "", StringComparison.Ordinal));

    private static IReadOnlyList<string> CodesOf(Classification list) => [.. list.Versions[^1].Items.Select(item => item.Code)];
}
