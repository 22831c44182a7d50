using Portal.Interaction.Announcements;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Consultations;

/// <summary>
/// What must hold for a step besides state and person. The desk offers a step only when nothing but its input is missing.
/// </summary>
internal static class ConsultationRules
{
    public const int MaximumTitle = 100;
    public const int MaximumText = 10_000;
    public const int MaximumClauses = 60_000;
    public const int MaximumReason = 500;
    public const int MaximumWords = 10_000;

    /// <summary>Why no opinion is taken now: the key of a message, or null.</summary>
    public static string? Closed(Consultation row, DateOnly today) => row.PhaseOn(today) switch
    {
        ConsultationPhase.Open => null,
        ConsultationPhase.Coming => "Fault.NotYet",
        ConsultationPhase.Cancelled => "Fault.Cancelled",
        _ => "Fault.Ended",
    };

    /// <summary>What stands in the way of a step now, whatever is filled in: the key of a message, or null.</summary>
    public static string? Hindrance(
        Consultation row, ConsultationTrigger trigger, AnnouncementStanding standing, ReportReadiness readiness, DateOnly today) => trigger switch
        {
            ConsultationTrigger.TakeBack or ConsultationTrigger.ReopenReport or ConsultationTrigger.Edit or ConsultationTrigger.Revise
                or ConsultationTrigger.Extend or ConsultationTrigger.Cancel or ConsultationTrigger.BeginHandling
                when !standing.IsFree => "Rule.UnderReview",
            ConsultationTrigger.Revise or ConsultationTrigger.Extend when today > row.ClosesOn => "Rule.Ended",
            ConsultationTrigger.BeginHandling when today <= row.ClosesOn => "Rule.NotEnded",
            ConsultationTrigger.SubmitReport when readiness.Waiting > 0 => "Rule.Waiting",
            ConsultationTrigger.SubmitReport when readiness.Undisposed > 0 => "Rule.Undisposed",
            _ => null,
        };

    /// <summary>What is still missing before the announcement can go to the reviewers: a field and the key of a message.</summary>
    public static IEnumerable<(string Field, string Key)> Missing(ConsultationText text, DateOnly today)
    {
        foreach (var fault in Faults(text))
        {
            yield return fault;
        }

        if (text.Background.Length == 0)
        {
            yield return (nameof(text.Background), "Fault.Background");
        }

        if (text.Explanation.Length == 0)
        {
            yield return (nameof(text.Explanation), "Fault.Explanation");
        }

        if (!text.Clauses.Any(clause => !clause.IsHeading))
        {
            yield return (nameof(text.Clauses), "Fault.Clauses");
        }

        if (text.Unit.Length == 0)
        {
            yield return (nameof(text.Unit), "Fault.Unit");
        }

        if (text.From is not { } from || text.To is not { } to)
        {
            yield return (nameof(text.From), "Fault.PeriodMissing");
        }
        else if (from < today)
        {
            yield return (nameof(text.From), "Fault.FromPast");
        }
        else if (text.Kind is { } kind && ConsultationLimits.IsShort(kind, from, to) && text.ShortReason.Length < 5)
        {
            // shorter only with a reason, which the public reads.
            yield return (nameof(text.ShortReason), "Fault.ShortReason");
        }
    }

    /// <summary>What is wrong with a text however unfinished it may be.</summary>
    public static IEnumerable<(string Field, string Key)> Faults(ConsultationText text)
    {
        if (text.Title.Length < 4 || !PublicText.Fits(text.Title, MaximumTitle))
        {
            yield return (nameof(text.Title), "Fault.Title");
        }

        if (text.Kind is null)
        {
            yield return (nameof(text.Kind), "Fault.Kind");
        }

        if (text is { From: { } from, To: { } to } && to <= from)
        {
            yield return (nameof(text.To), "Fault.Period");
        }

        (string Field, string Words, int Most)[] words =
        [
            (nameof(text.Background), text.Background, MaximumText), (nameof(text.Explanation), text.Explanation, MaximumText),
            (nameof(text.ShortReason), text.ShortReason, MaximumReason), (nameof(text.Post), text.Post, 200),
            (nameof(text.Unit), text.Unit, 100), (nameof(text.Contact), text.Contact, 100),
        ];
        foreach (var (field, written, most) in words)
        {
            if (!PublicText.Fits(written, most))
            {
                yield return (field, "Fault.TooLong");
            }
        }

        if (text.Clauses.Count > DraftClauses.Most)
        {
            yield return (nameof(text.Clauses), "Fault.ClausesMany");
        }

        if (text.Email.Length > 0 && !IdentityRules.IsEmail(text.Email))
        {
            yield return (nameof(text.Email), "Fault.Email");
        }

        if (text.Phone.Length > 0 && !IdentityRules.IsPhone(text.Phone))
        {
            yield return (nameof(text.Phone), "Fault.Phone");
        }
    }

    public static Failure? Refused(IEnumerable<(string Field, string Key)> faults, Func<string, string> text)
    {
        List<FieldError> errors = [.. faults.Select(fault => new FieldError(fault.Field, text(fault.Key)))];
        return errors.Count > 0 ? new Failure(FailureKind.Invalid, errors) : null;
    }
}
