using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.EnterEntry;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;

namespace Portal.Disclosure.Proposals;

/// <summary>Reads what was typed for an entry, and says what is wrong with it.</summary>
internal sealed class ProposalDraft(
    DisclosureDbContext db, MetadataValidator validator, TimeProvider clock, IStringLocalizer<DirectoryText> text)
{
    private const int MostLike = 3;

    /// <summary>What is to be proposed; the same checks hold again on release.</summary>
    public async Task<Outcome<ProposalContent>> ComposeAsync(
        ProposalContent to, EntryMetadata typed, string body, string indexNumber, CancellationToken cancellationToken)
    {
        var composed = DirectDraft.Compose(typed, clock.GetUtcNow());
        var content = to with
        {
            Values = composed.Values,
            CodeVersions = composed.Versions,
            Body = TypedText.Paragraphs(body),
            IndexNumber = to.Kind == ProposalKind.Enter ? IndexScheme.Normalise(indexNumber) : "",
        };
        var problems = await ProblemsAsync(content, cancellationToken);
        return problems.Count > 0 ? new Failure(FailureKind.Invalid, problems) : content;
    }

    public async Task<IReadOnlyList<FieldError>> ProblemsAsync(ProposalContent content, CancellationToken cancellationToken)
    {
        if (content.Kind == ProposalKind.Relist)
        {
            return [];
        }

        List<FieldError> problems =
        [
            .. validator.Problems(content.Values, content.CodeVersions, clock.GetUtcNow(), allotted: false),
        ];
        if (DirectDraft.BodyFault(content.Body, content.Values, text) is { } fault)
        {
            problems.Add(fault);
        }

        var number = content.IndexNumber;
        if (number.Length > 64 || number.Any(char.IsControl))
        {
            problems.Add(new FieldError(nameof(content.IndexNumber), text["Enter.Index.Long"]));
        }
        else if (number.Length > 0 && await db.Entries.AnyAsync(entry => entry.IndexNumber == number, cancellationToken))
        {
            problems.Add(new FieldError(nameof(content.IndexNumber), text["Enter.Index.Taken", number]));
        }

        return problems;
    }

    /// <summary>Public records that say the same: of the same 文号, or of the same title and day. Said, not refused.</summary>
    public async Task<IReadOnlyList<FieldError>> LikeAsync(
        ProposalContent content, Guid? entryId, CancellationToken cancellationToken)
    {
        var title = (content.Values.One("title") ?? "").CutTo(200);
        var day = DateOnly.TryParseExact(
            content.Values.One("writtenOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known)
            ? known : (DateOnly?)null;
        var key = content.Values.One("documentNumber") is { Length: > 0 and <= 100 } number ? DocumentNumbers.Key(number) : null;
        var like = await db.Entries.AsNoTracking()
            .Where(entry => entry.Id != entryId && entry.State == EntryState.Listed
                && ((key != null && entry.NumberKey == key) || (entry.Title == title && entry.WrittenOn == day)))
            .OrderBy(entry => entry.Id).Take(MostLike)
            .Select(entry => new { entry.Title, entry.IndexNumber }).ToListAsync(cancellationToken);
        return [.. like.Select(entry => new FieldError("title", text["Enter.Like", entry.Title, entry.IndexNumber]))];
    }
}
