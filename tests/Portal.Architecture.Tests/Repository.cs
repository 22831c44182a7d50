using System.Reflection;
using System.Xml;
using Portal.Audit;
using Portal.Disclosure;
using Portal.Interaction;
using Portal.Publishing;
using Portal.Shared.Modules;

namespace Portal.Architecture.Tests;

/// <summary>The source tree and the assemblies that were built from it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The modules, found as the host's list names them: the host itself is one.</summary>
    public static IReadOnlyList<IModule> Modules { get; } =
    [
        (IModule)Activator.CreateInstance(
            Assembly.Load("Portal.Host").GetType("Portal.Host.HostModule", throwOnError: true)!)!,
        new PublishingModule(),
        new DisclosureModule(),
        new InteractionModule(),
        new AuditModule(),
    ];

    public static IEnumerable<Type> ModuleTypes => Modules.SelectMany(module => module.Assembly.GetTypes());

    /// <summary>Every project below src with the projects it references, by file name.</summary>
    public static IReadOnlyList<(string Project, IReadOnlyList<string> References)> Projects { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => (Path.GetFileNameWithoutExtension(file), ReferencesOf(file))),
    ];

    /// <summary>The C# sources of a module.</summary>
    public static IEnumerable<(string File, string Text)> SourcesOf(string module)
    {
        var folder = module == "Host"
            ? Path.Combine(Root, "src", "Host", "Portal.Host")
            : Path.Combine(Root, "src", "Modules", module, "Portal." + module);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Migrations", StringComparison.Ordinal)
                && !file.Contains("node_modules", StringComparison.Ordinal))
            .Select(file => (Path.GetRelativePath(Root, file), File.ReadAllText(file)));
    }

    private static List<string> ReferencesOf(string file)
    {
        List<string> references = [];
        using var reader = XmlReader.Create(file);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "ProjectReference" }
                && reader.GetAttribute("Include") is { } include)
            {
                references.Add(Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));
            }
        }

        return references;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Portal.sln is not above the tests.");
    }
}
