using Portal.Shared.Settings;

namespace Portal.Interaction.Surveys;

/// <summary>How a site deals with surveys, and the limits of their forms.</summary>
public sealed record SurveySettings
{
    /// <summary>Cells of cross tables that count fewer are not shown.</summary>
    [Setting(Tightening = Tightening.UpOnly, Minimum = 3, Maximum = 50)]
    public int SmallestCell { get; init; } = 5;

    /// <summary>Days a survey is open at least.</summary>
    [Setting(Tightening = Tightening.UpOnly, Minimum = 1, Maximum = 60)]
    public int FewestDays { get; init; } = 7;

    /// <summary>Days after the end for which names and proofs are kept.</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 365)]
    public int RetentionDays { get; init; } = 90;

    /// <summary>Answers a day from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 20, Maximum = 1_000_000)]
    public int PerNetworkAndDay { get; init; } = 2000;

    /// <summary>Codes and proofs tried an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int TriesPerNetworkAndHour { get; init; } = 60;
}
