using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters;

/// <summary>
/// The number of a letter: <c>LX2026-0001234-5</c>. The serial comes from a sequence, not from a counted row: letters must
/// not wait for each other, and nothing asks that no serial be missing.
/// </summary>
internal static class LetterNumber
{
    public const string Sequence = "letter_serials";

    private static readonly CheckedNumber Form = new("LX", 7);

    public static async Task<string> NextAsync(InteractionDbContext db, int year, CancellationToken cancellationToken) =>
        Form.Write(year, await db.NextSerialAsync(Sequence, cancellationToken));

    public static string Write(int year, int serial) => Form.Write(year, serial);

    public static string Normalise(string? typed) => Form.Normalise(typed);

    public static bool IsValid(string number) => Form.IsValid(number);
}
