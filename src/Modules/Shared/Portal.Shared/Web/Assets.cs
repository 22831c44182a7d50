using System.Collections.Frozen;
using System.Text.Json;

namespace Portal.Shared.Web;

/// <summary>
/// Addresses of the built front-end files: the build writes <c>manifest.json</c>, which maps <c>console.css</c> to a
/// name with its content hash, so that browsers keep a file for a year and never show an old one.
/// </summary>
public static class Assets
{
    private static FrozenDictionary<string, string> _names = FrozenDictionary<string, string>.Empty;

    /// <summary>The address of a built file: <c>/assets/console-1a2b3c.css</c>.</summary>
    public static string Url(string name) => "/assets/" + _names.GetValueOrDefault(name, name);

    /// <summary>Reads the manifest of <paramref name="folder"/>; without one, files keep their plain names.</summary>
    public static void Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var manifest = Path.Combine(folder, "manifest.json");
        if (File.Exists(manifest))
        {
            using var stream = File.OpenRead(manifest);
            _names = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
        }
    }
}
