using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Consultations.ReadConsultation;

/// <summary>A consultation as the public reads it.</summary>
public sealed record ReadConsultation(string Key) : IRequest<Outcome<ConsultationView>>, IPublicRequest;

/// <summary>A consultation with the numbers of opinions shown.</summary>
public sealed record ConsultationView
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required ConsultationText Text { get; init; }

    public required ConsultationKind Kind { get; init; }

    public required ConsultationPhase Phase { get; init; }

    public required DateOnly OpensOn { get; init; }

    public required DateOnly ClosesOn { get; init; }

    public DateOnly? FirstClosesOn { get; init; }

    public DateOnly? ReportDueOn { get; init; }

    public DateOnly? ReportedOn { get; init; }

    public DateOnly? CancelledOn { get; init; }

    public required int DaysLeft { get; init; }

    public required int MinimumDays { get; init; }

    public string? NoticePath { get; init; }

    /// <summary>Opinions that were taken, shown or not.</summary>
    public required int Received { get; init; }

    /// <summary>Opinions shown by clause; the empty key is the draft as a whole.</summary>
    public required IReadOnlyDictionary<string, int> Shown { get; init; }
}

internal sealed class ReadConsultationHandler(InteractionDbContext db, ConsultationReader reader, TimeProvider clock)
    : IRequestHandler<ReadConsultation, Outcome<ConsultationView>>
{
    public async Task<Outcome<ConsultationView>> Handle(ReadConsultation request, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(request.Key, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var row = found.Value;
        var counts = await db.Opinions.AsNoTracking().Where(opinion => opinion.ConsultationId == row.Id)
            .GroupBy(opinion => new { opinion.ClauseId, Shown = opinion.State == OpinionState.Displayed })
            .Select(group => new { group.Key.ClauseId, group.Key.Shown, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var today = clock.Today();
        return new ConsultationView
        {
            Id = row.Id,
            Key = row.Key,
            // An extension may have made the period long enough: then there is nothing to give a reason for.
            Text = ConsultationLimits.IsShort(row.Kind, row.OpensOn!.Value, row.ClosesOn!.Value)
                ? row.Released! : row.Released! with { ShortReason = "" },
            Kind = row.Kind,
            Phase = row.PhaseOn(today),
            OpensOn = row.OpensOn!.Value,
            ClosesOn = row.ClosesOn!.Value,
            FirstClosesOn = row.FirstClosesOn,
            ReportDueOn = row.ReportDueOn,
            ReportedOn = row.ReportedOn,
            CancelledOn = row.CancelledOn,
            DaysLeft = row.ClosesOn!.Value.DayNumber - today.DayNumber,
            MinimumDays = ConsultationLimits.Of(row.Kind, row.OpensOn!.Value).Period,
            NoticePath = row.NoticePath,
            Received = counts.Sum(count => count.Count),
            Shown = counts.Where(count => count.Shown).ToDictionary(count => count.ClauseId ?? "", count => count.Count),
        };
    }
}
