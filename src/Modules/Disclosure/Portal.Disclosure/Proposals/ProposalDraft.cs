using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.EnterEntry;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Proposals;

/// <summary>Reads what was typed for an entry, and says what is wrong with it.</summary>
internal sealed class ProposalDraft(
    DisclosureDbContext db, MetadataValidator validator, TimeProvider clock, IStringLocalizer<DirectoryText> text)
{
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
}
