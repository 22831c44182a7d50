using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Audit.Register;
using Portal.Shared.Actors;

namespace Portal.Audit.Tests;

public sealed partial class AuditTextTests
{
    private static readonly IStringLocalizer<AuditText> Text = new ServiceCollection()
        .AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<AuditText>>();

    [Fact]
    public void Every_documented_action_has_a_name()
    {
        var actions = DocumentedActions().ToList();

        Assert.Contains("host.staff.role-revoked", actions);
        Assert.DoesNotContain(actions, action => Text.Action(action) == action);
    }

    [Theory]
    [InlineData("stage", "First", "Second", "Release")]
    [InlineData("decision", "Approved", "Returned")]
    [InlineData("secrecy", "Checked", "Unchecked")]
    [InlineData("imported")]
    [InlineData("unchanged")]
    [InlineData("rejected")]
    public void A_fact_and_its_codes_have_words(string fact, params string[] codes)
    {
        Assert.NotEqual(fact, Text.Fact(fact));
        Assert.DoesNotContain(codes, code => Text.FactValue(code) == code);
    }

    [Fact]
    public void Every_use_case_that_can_be_refused_has_a_name()
    {
        var requests = Directory.GetFiles(AppContext.BaseDirectory, "Portal.*.dll")
            .Where(file => !Path.GetFileName(file).Contains("Test", StringComparison.Ordinal))
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .Where(type => type.IsAssignableTo(typeof(IRequirePermission)) && type is { IsInterface: false, IsAbstract: false })
            .Select(type => type.Name)
            .ToList();

        Assert.Contains("ReviewEdition", requests);
        Assert.DoesNotContain(requests, name => Text.FactValue(name) == name);
    }

    [Fact]
    public void Every_registered_stage_has_a_name() =>
        Assert.DoesNotContain(
            ReviewRegister.Stages.Select(ReviewRegister.ActionOf), action => Text.Action(action) == action);

    /// <summary>The table of acts in docs/events.md: in a row, <c>.ended</c> stands for <c>host.session.ended</c>.</summary>
    private static IEnumerable<string> DocumentedActions()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
        {
            folder = folder.Parent;
        }

        foreach (var line in File.ReadLines(Path.Combine(folder!.FullName, "docs", "events.md")))
        {
            var prefix = "";
            foreach (Match code in Code().Matches(line.StartsWith("| `", StringComparison.Ordinal) ? line.Split('|')[1] : ""))
            {
                var action = code.Groups[1].Value;
                if (action.StartsWith('.'))
                {
                    yield return prefix + action;
                }
                else if (!action.StartsWith("Portal.", StringComparison.Ordinal))
                {
                    prefix = action[..action.LastIndexOf('.')];
                    yield return action;
                }
            }
        }
    }

    [GeneratedRegex("`([a-zA-Z.-]+)`")]
    private static partial Regex Code();
}
