using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Docking.ChangeSourceState;

/// <summary>Lets a unit in, releases what a guard holds, suspends or resumes; with a reason, for the trail.</summary>
public sealed record ChangeSourceState : IRequest<Outcome<SourceAct>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;

    /// <summary>Which unit.</summary>
    public Guid Id { get; init; }

    /// <summary>What to do.</summary>
    public SourceAct? Act { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

internal sealed class ChangeSourceStateValidator : AbstractValidator<ChangeSourceState>
{
    public ChangeSourceStateValidator(IStringLocalizer<DockingText> text)
    {
        RuleFor(form => form.Reason).Must(reason => reason?.Trim() is { Length: > 0 and <= 500 }).WithMessage(_ => text["Reason.Fault"]);
        RuleFor(form => form.Act).NotNull().IsInEnum().OverridePropertyName("Reason").WithMessage(_ => text["Act.Fault"]);
    }
}

internal sealed class ChangeSourceStateHandler(
    DisclosureDbContext db, SourceScope scope, DockedItems items, TimeProvider clock, IStringLocalizer<DockingText> text)
    : IRequestHandler<ChangeSourceState, Outcome<SourceAct>>
{
    private static readonly TimeSpan Waiver = TimeSpan.FromDays(1);

    public async Task<Outcome<SourceAct>> Handle(ChangeSourceState request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var source = await items.LockAsync(request.Id, cancellationToken);
        var act = request.Act!.Value;
        if (!SourceActs.Of(source.State, source.Mode, source.TrialRunId is not null).Contains(act))
        {
            return Failure.Invalid("Reason", text["Act.Fault"]);
        }

        var before = source.State;
        var heldFor = source.HeldFor;
        source.State = act switch
        {
            SourceAct.Activate or SourceAct.Release => SourceState.Active,
            SourceAct.TryAgain => SourceState.Trial,
            SourceAct.Suspend => SourceState.Suspended,
            _ => source.Mode == SourceMode.Reader ? SourceState.Active : SourceState.Trial,
        };
        source.HeldFor = null;
        source.NextPullAt = null;
        if (act is SourceAct.TryAgain or SourceAct.Suspend)
        {
            source.TrialRunId = null;
        }

        if (act == SourceAct.Release)
        {
            // For a day: what was stopped comes again, and the guards let it pass.
            source.WaivedUntil = clock.GetUtcNow() + Waiver;
        }

        scope.Record(
            NameOf(act), source, request.Reason!.Trim(), ("from", before.ToString()),
            ("to", source.State.ToString()), ("held", heldFor ?? ""));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return act;
    }
    private static string NameOf(SourceAct act) => act switch
    {
        SourceAct.Activate => "activated",
        SourceAct.Release => "released",
        SourceAct.TryAgain => "retried",
        SourceAct.Suspend => "suspended",
        SourceAct.Resume => "resumed",
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };
}
