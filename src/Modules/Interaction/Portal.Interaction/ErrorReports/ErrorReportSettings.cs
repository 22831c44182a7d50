using Portal.Shared.Settings;

namespace Portal.Interaction.ErrorReports;

/// <summary>How a site deals with error reports, and the limits of their form.</summary>
public sealed record ErrorReportSettings
{
    /// <summary>Days after the answer when a report is closed by itself.</summary>
    [Setting(Minimum = 1, Maximum = 90)]
    public int CloseDays { get; init; } = 7;

    /// <summary>Years after closing for which what was written is kept.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 30)]
    public int RetentionYears { get; init; } = 2;

    /// <summary>Reports an hour from one network before those that follow have to wait their turn.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int PerNetworkAndHour { get; init; } = 60;

    /// <summary>Look-ups by number and code an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int LookUpsPerNetworkAndHour { get; init; } = 120;

    /// <summary>Wrong look-ups of one number an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 3, Maximum = 100)]
    public int LookUpsPerNumberAndHour { get; init; } = 20;
}
