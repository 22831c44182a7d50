using Portal.Shared.Settings;

namespace Portal.Disclosure.Requests;

/// <summary>What a site says about receiving requests, and the limits of its form.</summary>
public sealed record RequestSettings
{
    /// <summary>公开工作机构: the office that receives requests; empty: the organisation's own.</summary>
    [Setting(Maximum = 100)]
    public string Office { get; init; } = "";

    /// <summary>Office hours.</summary>
    [Setting(Maximum = 200)]
    public string Hours { get; init; } = "工作日上午9:00—12:00，下午13:30—17:30";

    /// <summary>Where letters go and visitors come; empty: the site's address.</summary>
    [Setting(Maximum = 200)]
    public string Address { get; init; } = "";

    [Setting(Maximum = 60)]
    public string Phone { get; init; } = "";

    [Setting(Maximum = 60)]
    public string Fax { get; init; } = "";

    /// <summary>Who hears a 行政复议 about this organisation.</summary>
    [Setting(Maximum = 200)]
    public string ReviewOrgan { get; init; } = "";

    /// <summary>Working days that a correction notice gives unless staff say otherwise .</summary>
    [Setting(Minimum = 5, Maximum = 60)]
    public int CorrectionDays { get; init; } = 15;

    /// <summary>Working days before the last one from which a request is near due.</summary>
    [Setting(Minimum = 1, Maximum = 15)]
    public int NearDays { get; init; } = 5;

    /// <summary>Days after its end when a case is filed by itself, so that its retention begins.</summary>
    [Setting(Minimum = 10, Maximum = 365)]
    public int ArchiveDays { get; init; } = 90;

    /// <summary>Years after archiving for which personal data is kept.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 30)]
    public int RetentionYears { get; init; } = 10;

    /// <summary>Submissions an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int PerNetworkAndHour { get; init; } = 60;

    /// <summary>Submissions of the same content a day.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 100)]
    public int SameContentPerDay { get; init; } = 2;

    /// <summary>Look-ups by number and code an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int LookUpsPerNetworkAndHour { get; init; } = 120;

    /// <summary>Failed look-ups of one number an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 3, Maximum = 100)]
    public int LookUpsPerNumberAndHour { get; init; } = 20;
}
