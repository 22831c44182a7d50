using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>
/// What must hold for a step besides state and person. The page of a letter offers a step only when nothing but its input is
/// missing.
/// </summary>
internal static class LetterRules
{
    public const int MaximumText = 4000;
    public const int MaximumNote = 500;

    /// <summary>What stands in the way of a step now, whatever is filled in: the key of a message, or null.</summary>
    public static string? Hindrance(LetterCase found, LetterTrigger trigger, DateTimeOffset now, Guid? actorId)
    {
        var today = BeijingTime.Date(now);
        return trigger switch
        {
            LetterTrigger.LapseSupplement when found.SupplementDue is { } due && today <= due => "Rule.SupplementRuns",
            LetterTrigger.AskExtension when found.PendingExtension is not null => "Rule.ExtensionPending",
            LetterTrigger.AskExtension or LetterTrigger.GrantExtension when found.IsExtended => "Rule.ExtensionOnce",
            LetterTrigger.AskExtension or LetterTrigger.GrantExtension
                when found.Limit.Extended <= found.Limit.Reply => "Rule.ExtensionNotForKind",
            // Opinion art. 4: before the first limit passes, or not at all.
            LetterTrigger.AskExtension or LetterTrigger.GrantExtension when found.Reply.IsLate(now) => "Rule.ExtensionLate",
            LetterTrigger.GrantExtension or LetterTrigger.RefuseExtension when found.PendingExtension is null => "Rule.ExtensionNone",
            LetterTrigger.GrantExtension or LetterTrigger.RefuseExtension
                when actorId is { } actor && found.PendingExtension?.ActorId == actor => "Rule.OwnProposal",
            LetterTrigger.SubmitReply when found.PendingExtension is not null => "Rule.ExtensionPending",
            LetterTrigger.ApproveReply or LetterTrigger.ReturnReply
                when actorId is { } actor && found.Drafters.Contains(actor) => "Rule.OwnDraft",
            LetterTrigger.FollowUp when found.Last(LetterTrigger.FollowUp) is not null => "Rule.FollowUpOnce",
            LetterTrigger.Rate when found.Letter.Rating is not null => "Rule.RatedOnce",
            LetterTrigger.AllowPublishing when found.Letter.MayPublish => "Rule.MayPublish",
            LetterTrigger.AllowPublishing when found.Letter.ErasedAt is not null => "Rule.Erased",
            LetterTrigger.ForbidPublishing when !found.Letter.MayPublish => "Rule.MayNotPublish",
            _ => null,
        };
    }

    /// <summary>What is wrong with what was filled in: a field and the key of a message.</summary>
    public static IEnumerable<FieldError> Faults(LetterCase found, LetterInput input, DateTimeOffset now, Func<string, string> text)
    {
        if (!PublicText.Fits(input.Note, MaximumNote))
        {
            yield return new FieldError(nameof(input.Note), text("Fault.NoteLong"));
        }

        if (!PublicText.Fits(input.Text, MaximumText))
        {
            yield return new FieldError(nameof(input.Text), text("Fault.TextLong"));
        }

        foreach (var (field, key) in Missing(found, input, BeijingTime.Date(now)))
        {
            yield return new FieldError(field, text(key));
        }
    }

    private static IEnumerable<(string Field, string Key)> Missing(LetterCase found, LetterInput input, DateOnly today)
    {
        switch (input.Trigger)
        {
            case LetterTrigger.Decline:
                if (input.Reason is null)
                {
                    yield return (nameof(input.Reason), "Fault.DeclineReason");
                }

                if (input.Text.Length == 0)
                {
                    yield return (nameof(input.Text), "Fault.DeclineText");
                }

                break;
            case LetterTrigger.Merge when input.Into.Length == 0:
                yield return (nameof(input.Into), "Fault.Into");
                break;
            case LetterTrigger.Dispatch or LetterTrigger.Transfer:
                if (input.LeadSiteId is not { } lead)
                {
                    yield return (nameof(input.LeadSiteId), "Fault.Lead");
                }
                else if (input.HelperSiteIds.Contains(lead))
                {
                    yield return (nameof(input.HelperSiteIds), "Fault.HelperLeads");
                }

                if (input.Trigger == LetterTrigger.Transfer && input.Note.Length == 0)
                {
                    yield return (nameof(input.Note), "Fault.Reason");
                }

                if (input.InnerDueOn is { } inner && (inner < today || inner > found.Reply.DueOn))
                {
                    yield return (nameof(input.InnerDueOn), "Fault.InnerDue");
                }

                break;
            case LetterTrigger.Return or LetterTrigger.RefuseExtension or LetterTrigger.ReturnReply when input.Note.Length == 0:
                yield return (nameof(input.Note), "Fault.Reason");
                break;
            case LetterTrigger.AskSupplement:
                if (input.Text.Length == 0)
                {
                    yield return (nameof(input.Text), "Fault.SupplementText");
                }

                if (input.Days is < 3 or > 30)
                {
                    yield return (nameof(input.Days), "Fault.Days");
                }

                break;
            case LetterTrigger.GiveOpinion or LetterTrigger.AskExtension or LetterTrigger.Supplement or LetterTrigger.FollowUp
                when input.Text.Length == 0:
                yield return (nameof(input.Text), "Fault." + input.Trigger);
                break;
            case LetterTrigger.Draft:
                if (input.Outcome is null)
                {
                    yield return (nameof(input.Outcome), "Fault.Outcome");
                }

                // Opinion art. 4: what cannot be handled is explained. An answer of a few words explains nothing.
                if (input.Text.Length < (input.Outcome == ReplyOutcome.Unable ? 30 : 10))
                {
                    yield return (nameof(input.Text), input.Outcome == ReplyOutcome.Unable ? "Fault.Explanation" : "Fault.ReplyText");
                }

                break;
            case LetterTrigger.Rate when input.Rating is < 1 or > 5:
                yield return (nameof(input.Rating), "Fault.Rating");
                break;
        }
    }
}
