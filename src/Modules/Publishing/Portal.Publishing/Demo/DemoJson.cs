using System.Text.Json;
using Portal.Shared.Messaging;

namespace Portal.Publishing.Demo;

/// <summary>Reads the demo's data files.</summary>
internal static class DemoJson
{
    public static async Task<T> ReadAsync<T>(string folder, string name, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(folder, name));
        return (await JsonSerializer.DeserializeAsync<T>(file, MessageJson.Options, cancellationToken))!;
    }
}
