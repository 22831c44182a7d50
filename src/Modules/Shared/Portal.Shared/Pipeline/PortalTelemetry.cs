using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Portal.Shared.Pipeline;

/// <summary>Names under which the platform reports traces and metrics.</summary>
public static class PortalTelemetry
{
    /// <summary>The name of source and meter.</summary>
    public const string Name = "Portal";

    /// <summary>Spans of requests and of message delivery.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Counters and histograms.</summary>
    public static Meter Meter { get; } = new(Name);
}
