using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Openness;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Interpretations.ReadPlan;

/// <summary>Shows a policy's interpretation plan, what it became, and its history.</summary>
public sealed record ReadPlan(Guid DocumentId) : IRequest<Outcome<PlanView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>A policy's interpretation plan.</summary>
public sealed record PlanView
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The edition that is on its way, or live.</summary>
    public required Guid EditionId { get; init; }

    /// <summary>Title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>Name of its site.</summary>
    public required string SiteName { get; init; }

    /// <summary>Its type needs a plan.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>The reader may write a plan.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>The form: the newest plan, or what is known without one.</summary>
    public required WritePlan.WritePlan Form { get; init; }

    /// <summary>All versions, newest first.</summary>
    public required IReadOnlyList<PlanVersion> Versions { get; init; }

    /// <summary>When the policy was published; null before.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>From when the interpretation is late; null where no time runs.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>It is or was late.</summary>
    public bool IsLate { get; init; }

    /// <summary>What interprets it, oldest first.</summary>
    public required IReadOnlyList<PlanPage> Interpretations { get; init; }
}

/// <summary>A version of a plan.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Summary">What it says, in one sentence.</param>
/// <param name="Outline">解读提纲</param>
/// <param name="Channel">发布途径</param>
/// <param name="By">Who wrote it.</param>
/// <param name="Unit">The person's unit.</param>
/// <param name="At">When.</param>
public sealed record PlanVersion(
    int Number, string Summary, string Outline, string Channel, string By, string Unit, DateTimeOffset At);

/// <summary>A published interpretation.</summary>
public sealed record PlanPage(string Title, Uri Address, DateTimeOffset PublishedAt);

internal sealed class ReadPlanHandler(
    DisclosureDbContext db, PlanScope scope, ISender sender, ISites sites, ISettings settings, TimeProvider clock,
    IStringLocalizer<InterpretationText> text) : IRequestHandler<ReadPlan, Outcome<PlanView>>
{
    public async Task<Outcome<PlanView>> Handle(ReadPlan request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.DocumentId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (document, site, actor, mayWrite) = found.Value;
        var plans = await db.InterpretationPlans.AsNoTracking().Where(plan => plan.DocumentId == document.Id)
            .OrderByDescending(plan => plan.Number).ToListAsync(cancellationToken);
        var published = (await sender.Send(new GetPublishedDocuments([document.Id]), cancellationToken)).SingleOrDefault();
        var item = await db.OpennessItems.AsNoTracking().SingleOrDefaultAsync(
            row => row.SubjectId == document.Id && row.Kind == OpennessKind.Interpretation, cancellationToken);
        return new PlanView
        {
            DocumentId = document.Id,
            EditionId = document.EditionId,
            Title = document.Title,
            SiteName = site.Name,
            IsRequired = settings.For<OpennessSettings>(site.Id).Interpreted.Contains(document.Type),
            MayWrite = mayWrite,
            Form = FormOf(document.Id, plans.FirstOrDefault(), actor),
            Versions =
            [
                .. plans.Select(plan => new PlanVersion(
                    plan.Number, text.Summary(plan), plan.Outline, plan.Channel, plan.WrittenByName, plan.WrittenByUnit, plan.WrittenAt)),
            ],
            PublishedAt = published?.PublishedAt,
            DueAt = item?.DueAt,
            IsLate = item is not null && item.IsLate(clock.GetUtcNow()),
            Interpretations =
            [
                .. (published?.Interpretations ?? []).Where(page => sites.ById(page.SiteId) is not null)
                    .Select(page => new PlanPage(
                        page.Title, sites.AddressOf(sites.ById(page.SiteId)!, "/" + page.Path), page.PublishedAt)),
            ],
        };
    }

    private static WritePlan.WritePlan FormOf(Guid document, InterpretationPlan? plan, Actor actor) => new()
    {
        DocumentId = document,
        Number = plan?.Number ?? 0,
        Needed = plan is null ? "" : plan.IsNeeded ? WritePlan.WritePlan.Yes : WritePlan.WritePlan.No,
        Reason = plan?.Reason ?? "",
        Forms = plan?.Forms ?? [],
        Outline = plan?.Outline ?? "",
        Unit = plan is { IsNeeded: true } ? plan.Unit : actor.Unit,
        Person = plan is { IsNeeded: true } ? plan.Person : actor.Name,
        Channel = plan?.Channel ?? "",
        PlannedAt = plan?.PlannedAt is { } at ? StaffInstants.Field(at) : "",
    };
}
