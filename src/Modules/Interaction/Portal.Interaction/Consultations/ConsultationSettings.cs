using Portal.Shared.Settings;

namespace Portal.Interaction.Consultations;

/// <summary>How a site takes opinions, and the limits of its form.</summary>
public sealed record ConsultationSettings
{
    /// <summary>Characters of one opinion.</summary>
    [Setting(Minimum = 200, Maximum = 5000)]
    public int MaximumText { get; init; } = 2000;

    /// <summary>Days before the last one of the report from which it is near due.</summary>
    [Setting(Minimum = 1, Maximum = 30)]
    public int NearDays { get; init; } = 7;

    /// <summary>Years after the result for which personal data is kept.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 30)]
    public int RetentionYears { get; init; } = 3;

    /// <summary>Opinions an hour from one network before those that follow have to wait their turn.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int PerNetworkAndHour { get; init; } = 60;

    /// <summary>Opinions of the same content a day before those that follow are marked.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 100)]
    public int SameContentPerDay { get; init; } = 2;

    /// <summary>Look-ups by number and code an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int LookUpsPerNetworkAndHour { get; init; } = 120;

    /// <summary>Wrong look-ups of one number an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 3, Maximum = 100)]
    public int LookUpsPerNumberAndHour { get; init; } = 20;
}
