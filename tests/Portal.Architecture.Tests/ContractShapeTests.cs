using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Architecture.Tests;

/// <summary>
/// Contracts only grow: the shape of every record that modules exchange is kept in a file. A member that went or changed
/// its type breaks rows and readers of an older release. PORTAL_KEEP_SHAPES=1 adds to the files what is new.
/// </summary>
public sealed class ContractShapeTests
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Contracts =>
        [.. Repository.Projects.Select(row => row.Project).Where(project => project.EndsWith(".Contracts", StringComparison.Ordinal) && project != "MediatR.Contracts").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_contract_still_has_every_member_that_its_file_keeps(string project)
    {
        var file = Path.Combine(Repository.Root, "tests", "Portal.Architecture.Tests", "ContractShapes", project + ".json");
        var shape = ShapeOf(Assembly.Load(project));
        var kept = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(file))!;
        Assert.Empty(Broken(kept, shape));
        if (Environment.GetEnvironmentVariable("PORTAL_KEEP_SHAPES") == "1")
        {
            File.WriteAllText(file, JsonSerializer.Serialize(shape, Written).ReplaceLineEndings("\n") + "\n");
        }
    }

    [Fact]
    public void A_member_that_went_or_changed_is_named()
    {
        Dictionary<string, Dictionary<string, string>> kept = new()
        {
            ["A"] = new() { ["Id"] = "Guid", ["Name"] = "String", ["At"] = "DateTimeOffset" },
            ["B"] = new() { ["Id"] = "Guid" },
        };
        SortedDictionary<string, SortedDictionary<string, string>> shape = new()
        {
            ["A"] = new() { ["Id"] = "Guid", ["Name"] = "String?", ["New"] = "Int32" },
        };
        Assert.Equal(["A.Name was String, is String?", "A.At went", "B went"], Broken(kept, shape));
    }

    private static IEnumerable<string> Broken(
        Dictionary<string, Dictionary<string, string>> kept, SortedDictionary<string, SortedDictionary<string, string>> shape)
    {
        foreach (var (type, members) in kept)
        {
            if (!shape.TryGetValue(type, out var present))
            {
                yield return $"{type} went";
                continue;
            }

            foreach (var (member, was) in members.Where(member => present.GetValueOrDefault(member.Key) != member.Value))
            {
                yield return present.TryGetValue(member, out var now)
                    ? $"{type}.{member} was {was}, is {now}"
                    : $"{type}.{member} went";
            }
        }
    }

    private static SortedDictionary<string, SortedDictionary<string, string>> ShapeOf(Assembly contracts)
    {
        var shape = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in contracts.GetExportedTypes())
        {
            var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                members[property.Name] = NameOf(property.PropertyType) + (MayBeNull(property) ? "?" : "");
            }

            shape[type.FullName!] = members;
        }

        return shape;
    }

    private static bool MayBeNull(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable
        && Nullable.GetUnderlyingType(property.PropertyType) is null;

    private static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? NameOf(inner) + "?"
        : type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : type.Name;
}
