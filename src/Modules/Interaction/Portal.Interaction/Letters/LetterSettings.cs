using Portal.Shared.Settings;

namespace Portal.Interaction.Letters;

/// <summary>How a site deals with letters, and the limits of its form.</summary>
public sealed record LetterSettings
{
    /// <summary>Working days before the last one from which a letter is near due.</summary>
    [Setting(Minimum = 1, Maximum = 10)]
    public int NearDays { get; init; } = 2;

    /// <summary>Working days that the writer has to add something unless staff say otherwise.</summary>
    [Setting(Minimum = 3, Maximum = 30)]
    public int SupplementDays { get; init; } = 10;

    /// <summary>Days after the reply when a letter is closed by itself: so long it can be rated and asked once more.</summary>
    [Setting(Minimum = 7, Maximum = 180)]
    public int CloseDays { get; init; } = 30;

    /// <summary>Years after closing for which personal data is kept.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 30)]
    public int RetentionYears { get; init; } = 3;

    /// <summary>Letters an hour from one network before those that follow have to wait their turn.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int PerNetworkAndHour { get; init; } = 60;

    /// <summary>Letters of the same content a day before those that follow have to wait their turn.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 1, Maximum = 100)]
    public int SameContentPerDay { get; init; } = 2;

    /// <summary>Letters an hour to one mailbox before those that follow have to wait their turn.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 50, Maximum = 100_000)]
    public int PerMailboxAndHour { get; init; } = 2000;

    /// <summary>Look-ups by number and code an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 5, Maximum = 10_000)]
    public int LookUpsPerNetworkAndHour { get; init; } = 120;

    /// <summary>Wrong look-ups of one number an hour from one network.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 3, Maximum = 100)]
    public int LookUpsPerNumberAndHour { get; init; } = 20;
}
