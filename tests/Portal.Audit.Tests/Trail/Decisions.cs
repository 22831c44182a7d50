using System.Globalization;
using Portal.Shared.Decisions;

namespace Portal.Audit.Tests.Trail;

/// <summary>Decisions as the modules take them.</summary>
internal static class Decisions
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 30, 0, TimeSpan.Zero);

    public static DecisionTaken One(int number = 0) => new()
    {
        Id = Guid.CreateVersion7(Start),
        OccurredAt = Start.AddMilliseconds(number),
        Action = "publishing.edition.first-reviewed",
        ActorId = Guid.CreateVersion7(Start),
        ActorName = "段云舒",
        ActorUnit = "云岭省人民政府办公厅",
        SiteId = Guid.CreateVersion7(Start),
        ObjectType = "document",
        ObjectId = string.Create(CultureInfo.InvariantCulture, $"document-{number}"),
        ObjectTitle = "云岭省人民政府关于加强山洪灾害防御工作的通知",
        Opinion = "内容无误，同意。",
        ContentHash = new string('a', 64),
        Facts = new SortedDictionary<string, string> { ["stage"] = "初审", ["decision"] = "approved" },
    };

    public static IEnumerable<DecisionTaken> Some(int count) => Enumerable.Range(0, count).Select(One);
}
