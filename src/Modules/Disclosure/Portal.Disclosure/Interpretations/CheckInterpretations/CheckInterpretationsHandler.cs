using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Contracts;
using Portal.Disclosure.Openness;
using Portal.Shared.Settings;

namespace Portal.Disclosure.Interpretations.CheckInterpretations;

internal sealed class CheckInterpretationsHandler(
    DisclosureDbContext db, ISettings settings, IStringLocalizer<InterpretationText> text)
    : IRequestHandler<Contracts.CheckInterpretations, IReadOnlyList<InterpretationCheck>>
{
    public async Task<IReadOnlyList<InterpretationCheck>> Handle(
        Contracts.CheckInterpretations request, CancellationToken cancellationToken)
    {
        List<Guid> asked =
        [
            .. request.Documents
                .Where(document => settings.For<OpennessSettings>(document.SiteId).Interpreted.Contains(document.Type))
                .Select(document => document.DocumentId).Distinct(),
        ];
        var plans = await db.InterpretationPlans.NewestAsync(asked, cancellationToken);
        return
        [
            .. asked.Select(document => plans.TryGetValue(document, out var plan)
                ? new InterpretationCheck(document, null, text.Summary(plan), PathOf(document))
                : new InterpretationCheck(document, text["Gate.Missing"], null, PathOf(document))),
        ];
    }

    public static string PathOf(Guid document) => $"/console/disclosure/interpretations/{document}";
}
