using Portal.Shared.Submissions;

namespace Portal.Interaction.Consultations;

/// <summary>The number of an opinion: <c>YJ2026-000123-0</c>, from a sequence of its own.</summary>
internal static class OpinionNumber
{
    public const string Sequence = "opinion_serials";

    private static readonly CheckedNumber Form = new("YJ", 6);

    public static async Task<string> NextAsync(InteractionDbContext db, int year, CancellationToken cancellationToken) =>
        Form.Write(year, await db.NextSerialAsync(Sequence, cancellationToken));

    public static string Normalise(string? typed) => Form.Normalise(typed);
}
