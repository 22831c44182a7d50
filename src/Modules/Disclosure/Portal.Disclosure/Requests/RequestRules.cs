using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>
/// What must hold for a step besides state and person. Answers a field and the key of a message, or null. The forms of
/// the case page offer a step only when nothing but its input is missing.
/// </summary>
internal static class RequestRules
{
    public const int MaximumText = 4000;
    public const int MaximumNote = 500;
    private const int MaximumUnits = 100_000;
    private const int ShortestNote = 5;
    private const string Day = nameof(RequestInput.Day);

    // Steps that say nothing of the course of the case.
    private static readonly RequestTrigger[] Aside = [RequestTrigger.Reveal, RequestTrigger.Recount, RequestTrigger.Assign];

    /// <summary>What stands in the way of a step now, whatever is filled in.</summary>
    public static string? Hindrance(RequestCase found, RequestTrigger trigger, DateTimeOffset now, Guid? actorId, Party parties)
    {
        var today = BeijingTime.Date(now);
        return trigger switch
        {
            RequestTrigger.AskCorrection when found.Last(RequestTrigger.AskCorrection) is not null => "Rule.CorrectionOnce",
            RequestTrigger.AskCorrection when found.ReceivedOn is { } received
                && found.Calendar.CountWorkdays(received, today) > found.CorrectionNoticeDays => "Rule.CorrectionLate",
            RequestTrigger.LapseCorrection when found.CorrectionDue is { } due && today <= due => "Rule.CorrectionRuns",
            RequestTrigger.LapseFee when found.FeeDue is { } due && today <= due => "Rule.FeeRuns",
            RequestTrigger.AskReasons when found.Last(RequestTrigger.AskReasons) is not null => "Rule.ReasonsOnce",
            RequestTrigger.GiveReasons when !found.AwaitsReasons => "Rule.ReasonsNone",
            RequestTrigger.Defer when found.Last(RequestTrigger.GiveReasons) is null => "Rule.DeferReasons",
            RequestTrigger.Defer when found.Last(RequestTrigger.Defer) is not null => "Rule.DeferOnce",
            RequestTrigger.Defer when found.Reply?.IsLate(now) == true => "Rule.ExtensionLate",
            RequestTrigger.AskExtension when found.PendingExtension is not null => "Rule.ExtensionPending",
            RequestTrigger.AskExtension or RequestTrigger.GrantExtension when IsExtended(found) => "Rule.ExtensionOnce",
            RequestTrigger.GrantExtension or RequestTrigger.RefuseExtension when found.PendingExtension is null => "Rule.ExtensionNone",
            // before the first limit passes, or not at all.
            RequestTrigger.AskExtension or RequestTrigger.GrantExtension when found.Reply?.IsLate(now) == true => "Rule.ExtensionLate",
            RequestTrigger.ProposeFee when found.PendingFee is not null => "Rule.FeePending",
            RequestTrigger.ProposeFee when found.Last(RequestTrigger.GrantFee) is not null => "Rule.FeeOnce",
            RequestTrigger.GrantFee or RequestTrigger.RefuseFee when found.PendingFee is null => "Rule.FeeNone",
            RequestTrigger.SubmitAnswer when found.PendingExtension is not null => "Rule.ExtensionPending",
            RequestTrigger.ApproveAnswer or RequestTrigger.ReturnAnswer
                when actorId is { } actor && found.Drafters.Contains(actor) => "Rule.OwnDraft",
            RequestTrigger.GrantExtension or RequestTrigger.RefuseExtension
                when actorId is { } actor && found.PendingExtension?.ActorId == actor => "Rule.OwnProposal",
            RequestTrigger.GrantFee or RequestTrigger.RefuseFee
                when actorId is { } actor && found.PendingFee?.ActorId == actor => "Rule.OwnProposal",
            // Staff enter what the applicant has written to whoever handles the case.
            RequestTrigger.Withdraw when actorId is { } actor && !parties.HasFlag(Party.Head)
                && found.Request.HandlerId is { } handler && handler != actor => "Rule.WithdrawHandler",
            _ => null,
        };
    }

    /// <summary>What is wrong with what was filled in.</summary>
    public static IEnumerable<FieldError> Faults(RequestCase found, RequestInput input, DateTimeOffset now, Party parties, Func<string, string> text)
    {
        foreach (var field in input.Unread)
        {
            yield return new FieldError(field, text("Fault.Unread." + field));
        }

        if (input.Trigger == RequestTrigger.Withdraw && parties != Party.Applicant && input.Note.Length < ShortestNote)
        {
            yield return new FieldError(nameof(input.Note), text("Fault.WithdrawNote"));
        }

        var today = BeijingTime.Date(now);
        var day = input.Day ?? today;
        if (day > today)
        {
            yield return new FieldError(Day, text("Fault.DayAhead"));
        }
        else if (day < found.Events.Where(row => !Aside.Contains(row.Trigger)).Max(row => row.Day))
        {
            yield return new FieldError(Day, text("Fault.DayBefore"));
        }

        if (!PublicText.Fits(input.Note, MaximumNote))
        {
            yield return new FieldError(nameof(input.Note), text("Fault.NoteLong"));
        }

        foreach (var field in new[] { (nameof(input.Text), input.Text), (nameof(input.Grounds), input.Grounds), (nameof(input.Content), input.Content) })
        {
            if (!PublicText.Fits(field.Item2, MaximumText))
            {
                yield return new FieldError(field.Item1, text("Fault.TextLong"));
            }
        }

        foreach (var fault in Missing(found, input, today))
        {
            yield return new FieldError(fault.Field, text(fault.Key));
        }
    }

    private static IEnumerable<(string Field, string Key)> Missing(RequestCase found, RequestInput input, DateOnly today)
    {
        switch (input.Trigger)
        {
            case RequestTrigger.AskCorrection or RequestTrigger.AskReasons or RequestTrigger.Defer:
                if (input.Text.Length == 0)
                {
                    yield return (nameof(input.Text), input.Trigger switch
                    {
                        RequestTrigger.AskCorrection => "Fault.CorrectionText",
                        RequestTrigger.AskReasons => "Fault.ReasonsText",
                        _ => "Fault.DeferText",
                    });
                }

                if (input.Days is < 5 or > 60)
                {
                    yield return (nameof(input.Days), "Fault.Days");
                }

                break;
            case RequestTrigger.Correct or RequestTrigger.GiveReasons when input.Text.Length == 0:
                yield return (nameof(input.Text), input.Trigger == RequestTrigger.Correct ? "Fault.CorrectText" : "Fault.ReasonsGiven");
                break;
            case RequestTrigger.Consult:
                if (input.Party.Length is 0 or > 100)
                {
                    yield return (nameof(input.Party), "Fault.Party");
                }

                break;
            case RequestTrigger.EndConsultation:
                if (input.Opinion is null)
                {
                    yield return (nameof(input.Opinion), "Fault.Opinion");
                }
                else if (input.Opinion == ConsultedOpinion.Silent && found.ConsultationDue is { } due && today <= due)
                {
                    yield return (nameof(input.Opinion), "Fault.OpinionEarly");
                }
                else if (input.Opinion == ConsultedOpinion.Objects && input.Note.Length == 0)
                {
                    yield return (nameof(input.Note), "Fault.OpinionReason");
                }

                break;
            case RequestTrigger.AskExtension when input.Text.Length == 0:
                yield return (nameof(input.Text), "Fault.ExtensionReason");
                break;
            case RequestTrigger.RefuseExtension or RequestTrigger.RefuseFee or RequestTrigger.ReturnAnswer or RequestTrigger.LapseCorrection
                when input.Note.Length == 0:
                yield return (nameof(input.Note), "Fault.Reason");
                break;
            case RequestTrigger.ProposeFee:
                if (input.Units is < 1 or > MaximumUnits)
                {
                    yield return (nameof(input.Units), "Fault.UnitsRange");
                }
                else if (ProcessingFee.Of(input.FeeMode, input.Units, found.ReceivedOn ?? default) == 0)
                {
                    yield return (nameof(input.Units), "Fault.Units");
                }

                break;
            case RequestTrigger.Draft:
                foreach (var fault in DraftFaults(found, input, today))
                {
                    yield return fault;
                }

                break;
            case RequestTrigger.Deliver when input.Proof.Length > 100:
                yield return (nameof(input.Proof), "Fault.Proof");
                break;
            case RequestTrigger.Assign when input.HandlerId is null:
                yield return (nameof(input.HandlerId), "Fault.Handler");
                break;
        }
    }

    private static IEnumerable<(string Field, string Key)> DraftFaults(RequestCase found, RequestInput input, DateOnly today)
    {
        var row = ReplyRows.Current.Answers.FirstOrDefault(row => row.Code == input.Outcome);
        if (row is null)
        {
            yield return (nameof(input.Outcome), "Fault.Outcome");
            yield break;
        }

        if (row.Requires == "correction" && found.Last(RequestTrigger.Correct) is null)
        {
            yield return (nameof(input.Outcome), "Fault.OutcomeUncorrected");
        }

        if (row.Requires == "reasons" && !ReasonsHeard(found, today))
        {
            yield return (nameof(input.Outcome), "Fault.OutcomeReasons");
        }

        if (row.Requires == "earlier" && input.Earlier.Length == 0)
        {
            yield return (nameof(input.Earlier), "Fault.Earlier");
        }

        if (row.Grounds && input.Grounds.Length == 0)
        {
            yield return (nameof(input.Grounds), "Fault.Grounds");
        }

        if (row.Group is "open" or "partial" && input.Content.Length == 0)
        {
            yield return (nameof(input.Content), "Fault.Content");
        }
    }

    // asked, and answered or left unanswered to the end of the time that was set.
    private static bool ReasonsHeard(RequestCase found, DateOnly today) =>
        found.Last(RequestTrigger.AskReasons) is not null && (!found.AwaitsReasons || today > found.ReasonsDue);

    // A correction starts the time anew, and with it the one extension.
    private static bool IsExtended(RequestCase found) =>
        found.Events.LastOrDefault(row => row.Trigger is RequestTrigger.GrantExtension or RequestTrigger.Correct or RequestTrigger.Pay)
            ?.Trigger == RequestTrigger.GrantExtension;
}
