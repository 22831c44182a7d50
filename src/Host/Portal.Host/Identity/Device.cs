namespace Portal.Host.Identity;

/// <summary>What of a browser's lengthy name tells its owner which device it is.</summary>
internal static class Device
{
    // In this order: most browsers also claim to be those further down.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger/", "WeChat"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("QQBrowser/", "QQ Browser"),
        ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Version/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Browser, version and system; the name itself where it tells neither; null: none was sent.</summary>
    public static string? Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return null;
        }

        var browser = Browsers.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.Ordinal));
        var system = Systems.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        if (browser.Mark is null || system is null)
        {
            return userAgent;
        }

        var version = userAgent
            .Skip(userAgent.IndexOf(browser.Mark, StringComparison.Ordinal) + browser.Mark.Length)
            .TakeWhile(char.IsAsciiDigit);
        return $"{browser.Name} {string.Concat(version)} · {system}";
    }
}
