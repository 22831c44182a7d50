using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Interaction.Consultations;

internal static class ConsultationSteps
{
    /// <summary>Adds a step and its entry of the trail; both commit with the caller's save.</summary>
    public static void AddStep(
        this InteractionDbContext db, Consultation consultation, ConsultationTrigger trigger, Actor? actor, DateTimeOffset now,
        string? note = null, Opinion? opinion = null, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var step = new ConsultationStep
        {
            Id = Guid.CreateVersion7(now),
            ConsultationId = consultation.Id,
            OpinionId = opinion?.Id,
            Trigger = trigger,
            State = consultation.State,
            At = now,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
            Note = note is { Length: > 0 } ? Masking.InText(note).CutTo(1000) : null,
        };
        foreach (var (key, value) in facts)
        {
            if (value.Length > 0)
            {
                step.Facts[key] = value;
            }
        }

        db.ConsultationSteps.Add(step);
        db.Record(Decision.By(
            actor, now, "interaction." + ConsultationFlow.ActOf(trigger), consultation.SiteId,
            opinion is null ? "consultation" : "opinion", (opinion?.Id ?? consultation.Id).ToString(),
            opinion?.Number ?? consultation.Title, step.Note, null, [.. step.Facts.Select(fact => (fact.Key, fact.Value))]));
    }
}
