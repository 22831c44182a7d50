using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Openness;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Interpretations.WritePlan;

/// <summary>Writes the next version of a policy's interpretation plan (Q-03: 解读提纲、形式、途径、时间). As typed.</summary>
public sealed record WritePlan : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <summary>The policy is to be interpreted.</summary>
    public const string Yes = "yes";

    /// <summary>It needs no interpretation.</summary>
    public const string No = "no";

    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>The document.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>Number of the version that the person worked from; 0: there was none.</summary>
    public int Number { get; init; }

    /// <summary><see cref="Yes"/> or <see cref="No"/>.</summary>
    public string Needed { get; init; } = "";

    /// <summary>Why it needs none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>解读形式</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>解读提纲</summary>
    public string Outline { get; init; } = "";

    /// <summary>责任单位</summary>
    public string Unit { get; init; } = "";

    /// <summary>责任人</summary>
    public string Person { get; init; } = "";

    /// <summary>发布途径</summary>
    public string Channel { get; init; } = "";

    /// <summary>计划发布时间, local.</summary>
    public string PlannedAt { get; init; } = "";
}

internal sealed class WritePlanValidator : AbstractValidator<WritePlan>
{
    public WritePlanValidator(IStringLocalizer<InterpretationText> text)
    {
        RuleFor(plan => plan.Needed).Must(needed => needed is WritePlan.Yes or WritePlan.No)
            .WithMessage(_ => text["Needed.Required"]);
        When(plan => plan.Needed == WritePlan.No, () =>
            RuleFor(plan => plan.Reason).Must(reason => TypedText.Paragraphs(reason).Length is > 0 and <= 500)
                .WithMessage(_ => text["Reason.Required", 500]));
        When(plan => plan.Needed == WritePlan.Yes, () =>
        {
            RuleFor(plan => plan.Forms).Must(forms => forms.Count > 0 && forms.All(InterpretationPlan.KnownForms.Contains))
                .WithMessage(_ => text["Forms.Required"]);
            RuleFor(plan => plan.Outline).Must(outline => TypedText.Paragraphs(outline).Length is > 0 and <= 2000)
                .WithMessage(_ => text["Outline.Required", 2000]);
            RuleFor(plan => plan.Unit).Must(unit => TypedText.Line(unit).Length is > 0 and <= 100)
                .WithMessage(_ => text["Unit.Required", 100]);
            RuleFor(plan => plan.Person).Must(person => TypedText.Line(person).Length is > 0 and <= 60)
                .WithMessage(_ => text["Person.Required", 60]);
            RuleFor(plan => plan.Channel).Must(channel => TypedText.Line(channel).Length is > 0 and <= 200)
                .WithMessage(_ => text["Channel.Required", 200]);
            RuleFor(plan => plan.PlannedAt).Must(at => StaffInstants.Read(at) is not null)
                .WithMessage(_ => text["PlannedAt.Required"]);
        });
    }
}

internal sealed class WritePlanHandler(
    DisclosureDbContext db, PlanScope scope, OpennessItems items, TimeProvider clock, IStringLocalizer<InterpretationText> text)
    : IRequestHandler<WritePlan, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(WritePlan request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.DocumentId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (document, site, actor, mayWrite) = found.Value;
        if (!mayWrite)
        {
            return Failure.Forbidden with { About = PlanScope.About(document) };
        }

        var stale = new Failure(FailureKind.Conflict, [new FieldError("", text["Stale"])]);
        var newest = await db.InterpretationPlans.AsNoTracking().Where(plan => plan.DocumentId == document.Id)
            .OrderByDescending(plan => plan.Number).FirstOrDefaultAsync(cancellationToken);
        if ((newest?.Number ?? 0) != request.Number)
        {
            return stale;
        }

        var now = clock.GetUtcNow();
        var plan = PlanOf(request, document.Id, site.Id, actor, now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.InterpretationPlans.Add(plan);
        db.Record(Decision.By(
            actor, now, "disclosure.interpretation.planned", site.Id, "document", document.Id.ToString(), document.Title,
            plan.Reason, document.ContentHash, [
                ("number", plan.Number.ToString(CultureInfo.InvariantCulture)),
                ("needed", plan.IsNeeded ? "yes" : "no"),
                ("forms", string.Join(',', plan.Forms)),
            ]));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await items.RenewAsync([document.Id], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(InterpretationPlanConfiguration.OneNumber))
        {
            return stale;
        }

        return Done.Value;
    }

    private static InterpretationPlan PlanOf(
        WritePlan request, Guid documentId, Guid siteId, Actor actor, DateTimeOffset now)
    {
        var needed = request.Needed == WritePlan.Yes;
        return new InterpretationPlan
        {
            Id = Guid.CreateVersion7(now),
            SiteId = siteId,
            DocumentId = documentId,
            Number = request.Number + 1,
            IsNeeded = needed,
            Reason = needed ? null : TypedText.Paragraphs(request.Reason),
            Forms = needed ? [.. InterpretationPlan.KnownForms.Where(request.Forms.Contains)] : [],
            Outline = needed ? TypedText.Paragraphs(request.Outline) : "",
            Unit = needed ? TypedText.Line(request.Unit) : "",
            Person = needed ? TypedText.Line(request.Person) : "",
            Channel = needed ? TypedText.Line(request.Channel) : "",
            PlannedAt = needed ? StaffInstants.Read(request.PlannedAt) : null,
            WrittenBy = actor.Id,
            WrittenByName = actor.Name,
            WrittenByUnit = actor.Unit,
            WrittenAt = now,
        };
    }
}
