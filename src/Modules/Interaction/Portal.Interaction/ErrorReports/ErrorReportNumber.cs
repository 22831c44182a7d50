using Portal.Shared.Submissions;

namespace Portal.Interaction.ErrorReports;

/// <summary>The number of a report: <c>JC2026-0001234-5</c>. The serial comes from a sequence, as that of letters does.</summary>
internal static class ErrorReportNumber
{
    public const string Sequence = "error_report_serials";

    private static readonly CheckedNumber Form = new("JC", 7);

    public static async Task<string> NextAsync(InteractionDbContext db, int year, CancellationToken cancellationToken) =>
        Form.Write(year, await db.NextSerialAsync(Sequence, cancellationToken));

    public static string Write(int year, int serial) => Form.Write(year, serial);

    public static string Normalise(string? typed) => Form.Normalise(typed);

    public static bool IsValid(string number) => Form.IsValid(number);
}
