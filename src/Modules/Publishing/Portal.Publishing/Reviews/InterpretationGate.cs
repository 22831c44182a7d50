using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Contracts;
using Portal.Publishing.Documents;

namespace Portal.Publishing.Reviews;

/// <summary>Asks Disclosure whether a policy has its interpretation plan (S-06, Q-03: 无解读方案不予办理).</summary>
internal sealed class InterpretationGate(PublishingDbContext db, ISender sender)
{
    /// <summary>
    /// Null where nothing is asked: the type needs no plan, the edition takes content away or is in another language, or
    /// the document is public already. Its interpretation was due with its first edition, not with a correction.
    /// </summary>
    public async Task<InterpretationCheck?> CheckAsync(Edition edition, Document document, CancellationToken cancellationToken)
    {
        if (edition.Unpublishing is not null || edition.Language != "zh-CN")
        {
            return null;
        }

        var answers = await sender.Send(
            new CheckInterpretations([new InterpretationQuestion(document.Id, edition.SiteId, document.Type)]), cancellationToken);
        return answers.Count == 0
            || await db.Pages.AnyAsync(page => page.DocumentId == document.Id, cancellationToken)
            ? null
            : answers[0];
    }
}
