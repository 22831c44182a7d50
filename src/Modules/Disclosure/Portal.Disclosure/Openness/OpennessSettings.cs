using Portal.Shared.Settings;

namespace Portal.Disclosure.Openness;

/// <summary>Time limits of openness that are set by practice, not by law, and which policies need an interpretation.</summary>
public sealed record OpennessSettings
{
    /// <summary>Keys of the document types that need an interpretation plan, between commas.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Maximum = 200)]
    public string InterpretedTypes { get; init; } = "policy";

    /// <summary>Working days after the policy within which its interpretation is published; 0: on the same day .</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 0, Maximum = 20)]
    public int InterpretationDays { get; init; }

    /// <summary>Days after its last change within which basic information is looked after again (S-03).</summary>
    [Setting(Tightening = Tightening.DownOnly, Minimum = 1, Maximum = 366)]
    public int BasicDays { get; init; } = 365;

    /// <summary>Working days before a due date from which it is shown as near.</summary>
    [Setting(Tightening = Tightening.UpOnly, Minimum = 1, Maximum = 20)]
    public int WarnDays { get; init; } = 3;

    /// <summary>The types as a list.</summary>
    internal IReadOnlyList<string> Interpreted =>
        InterpretedTypes.Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
