using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.ErrorReports;
using Portal.Interaction.Letters;

namespace Portal.Interaction.HotTopics.Signals.Surges;

/// <summary>
/// Opens letters and error reports one after the other, to be counted and forgotten. What is erased has no key any more
/// and is passed over; nothing that is read here is written anywhere.
/// </summary>
internal sealed class HeardTexts(InteractionDbContext db, LetterKeyring letterKeys, ErrorReportKeyring reportKeys)
{
    public async IAsyncEnumerable<(DateTimeOffset At, HeardText Text)> ReadAsync(
        Guid[] sites, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in Letters(sites, from, to).WithCancellation(cancellationToken))
        {
            var written = Shared.Submissions.CaseKeyring.OpenJson<WrittenLetter>(letterKeys.Unwrap(row.Key)!, row.PaperId, row.Sealed);
            var sender = written.Phone.Length > 0 ? written.Phone : written.Name;
            yield return (row.At, new HeardText(sender, SignalWords.Counted(written.Title + "\n" + written.Text, written), row.Number));
        }

        await foreach (var report in Reports(sites, from, to).WithCancellation(cancellationToken))
        {
            var written = reportKeys.Open(report)!;
            var sender = written.Phone.Length > 0 ? written.Phone : written.Email;
            yield return (
                report.SubmittedAt,
                new HeardText(sender, SignalWords.Counted(written.Problem, new WrittenLetter { Phone = written.Phone }), report.Number));
        }
    }

    private IAsyncEnumerable<SealedLetter> Letters(Guid[] sites, DateTimeOffset from, DateTimeOffset to) =>
        db.Letters.AsNoTracking()
            .Where(row => row.SubmittedAt >= from && row.SubmittedAt < to && sites.Contains(row.SiteId) && row.SealedKey != null)
            .Join(
                db.LetterPapers.Where(paper => paper.Kind == LetterPaperKind.Letter), letter => letter.Id, paper => paper.LetterId,
                (letter, paper) => new SealedLetter(letter.SubmittedAt, letter.Number, letter.SealedKey!, paper.Id, paper.Sealed))
            .AsAsyncEnumerable();

    private IAsyncEnumerable<ErrorReport> Reports(Guid[] sites, DateTimeOffset from, DateTimeOffset to) =>
        db.ErrorReports.AsNoTracking()
            .Where(row => row.SubmittedAt >= from && row.SubmittedAt < to && sites.Contains(row.SiteId) && row.SealedKey != null)
            .AsAsyncEnumerable();

    private sealed record SealedLetter(DateTimeOffset At, string Number, string Key, Guid PaperId, byte[] Sealed);
}
