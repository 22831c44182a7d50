using Portal.Shared.Settings;

namespace Portal.Interaction.Interviews;

/// <summary>How a site holds its interviews.</summary>
public sealed record InterviewSettings
{
    /// <summary>Questions that one visitor may ask.</summary>
    [Setting(Minimum = 1, Maximum = 20)]
    public int MostQuestions { get; init; } = 3;

    /// <summary>Characters of a question.</summary>
    [Setting(Minimum = 50, Maximum = 1000)]
    public int QuestionLength { get; init; } = 200;

    /// <summary>Seconds after which the live page is loaded anew where no script runs.</summary>
    [Setting(Minimum = 5, Maximum = 120)]
    public int RefreshSeconds { get; init; } = 15;

    /// <summary>Years after the interview for which personal data of the askers is kept.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 30)]
    public int RetentionYears { get; init; } = 3;

    /// <summary>Questions an hour from one network before those that follow have to wait their turn.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int PerNetworkAndHour { get; init; } = 60;

    /// <summary>Look-ups by number and code an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int LookUpsPerNetworkAndHour { get; init; } = 120;

    /// <summary>Wrong look-ups of one number an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 3, Maximum = 100)]
    public int LookUpsPerNumberAndHour { get; init; } = 20;

    /// <summary>Live connections from one network to one host.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 10, Maximum = 10_000)]
    public int StreamsPerNetwork { get; init; } = 500;

    /// <summary>Live connections to one host.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 50, Maximum = 50_000)]
    public int StreamsPerHost { get; init; } = 5000;
}
