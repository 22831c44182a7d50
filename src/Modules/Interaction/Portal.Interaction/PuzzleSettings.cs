using Portal.Shared.Settings;

namespace Portal.Interaction;

/// <summary>
/// The puzzle of a turn: what a device computes so that its form need not wait when too many come from one network. Each
/// further bit doubles the work; 15 take a second or so.
/// </summary>
public sealed record PuzzleSettings
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private const int MostSteps = 3;
    private const int OddBits = 2;

    /// <summary>Bits of the puzzle; 0: there is none, and everybody waits.</summary>
    [Setting(Tightening = Tightening.ProvinceOnly, Minimum = 0, Maximum = 22)]
    public int Bits { get; init; } = 15;

    /// <summary>The more came, and the odder the form looks, the more work: a bit for each quarter of an hour of the queue, two for what is odd.</summary>
    public int BitsFor(TimeSpan wait, bool odd) =>
        Bits == 0 ? 0 : Bits + Math.Clamp((int)(wait / Step), 0, MostSteps) + (odd ? OddBits : 0);
}
