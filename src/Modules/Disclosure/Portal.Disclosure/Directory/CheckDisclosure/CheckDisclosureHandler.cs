using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Contracts;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory.CheckDisclosure;

internal sealed class CheckDisclosureHandler(
    DisclosureDbContext db, MetadataValidator validator, ISites sites, ISettings settings, TimeProvider clock,
    IStringLocalizer<DirectoryText> text) : IRequestHandler<Contracts.CheckDisclosure, DisclosureCheck>
{
    public async Task<DisclosureCheck> Handle(Contracts.CheckDisclosure request, CancellationToken cancellationToken)
    {
        var options = settings.For<DisclosureSettings>(request.SiteId);
        if (!options.ConfirmBeforeRelease || !options.Types.Contains(request.Type)
            || sites.ById(request.SiteId) is not { } site)
        {
            return new DisclosureCheck(false, [], null);
        }

        var staff = await db.DocumentMetadata.AsNoTracking()
            .SingleOrDefaultAsync(row => row.DocumentId == request.DocumentId, cancellationToken);
        var kept = await db.Entries.AsNoTracking().Where(entry => entry.DocumentId == request.DocumentId)
            .Select(entry => entry.CodeVersions).SingleOrDefaultAsync(cancellationToken);
        var facts = DocumentFacts.Of(request, site.OrganisationName);
        var now = clock.GetUtcNow();
        var composed = MetadataComposer.Compose(
            facts, staff is null ? null : (staff.Values, staff.CodeVersions), kept ?? [],
            BeijingTime.Date(now));
        List<DisclosureProblem> problems =
        [
            .. validator.Problems(composed.Values, composed.Versions, now, allotted: false)
                .Select(problem => new DisclosureProblem(problem.Field, problem.Message)),
        ];
        if (AccessRights.Of(composed.Values) != AccessRight.Public)
        {
            problems.Add(new DisclosureProblem(AccessRights.Element, text["Confirm.Openness"]));
        }

        if (staff?.ConfirmedAt is null)
        {
            problems.Add(new DisclosureProblem("", text["Problem.Unconfirmed"]));
        }
        else if (staff.FactsHash != facts.Hash())
        {
            problems.Add(new DisclosureProblem("", text["Problem.Outdated", staff.ConfirmedByName ?? ""]));
        }

        return new DisclosureCheck(true, problems, $"/console/disclosure/documents/{request.DocumentId}");
    }
}
