using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Templates;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>
/// The only writer of steps: checks the table and the rules, seals what was written, adds the step and brings the cache of
/// the letter up to it. What is added commits with the caller's save.
/// </summary>
internal sealed class LetterWriter(
    InteractionDbContext db,
    LetterCalendars calendars,
    LetterKeyring keyring,
    LetterPapers papers,
    ISites sites,
    IStringLocalizer<LetterText> text,
    IStringLocalizer<ReplyTemplateText> templates,
    TimeProvider clock)
{
    private static readonly string[] TrailFacts = ["channel", "kind", "reason", "unit", "helpers", "into", "days", "outcome", "rating", "suspicion", "version", "masks"];

    /// <summary>Reads a letter for a step.</summary>
    public async Task<LetterCase?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var letter = await db.Letters.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (letter is null)
        {
            return null;
        }

        var events = await db.LetterEvents.AsNoTracking().Where(row => row.LetterId == id)
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        var assignments = await db.LetterAssignments.Where(row => row.LetterId == id && row.EndedAt == null)
            .OrderByDescending(row => row.Leads).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return new LetterCase(letter, events, assignments, calendars.Of(letter.SiteId));
    }

    /// <summary>Takes a step. The caller has found that the person may reach the letter.</summary>
    public async Task<Outcome<LetterEvent>> TakeAsync(
        LetterCase found, LetterInput input, LetterParty parties, Actor? actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        input = Cleaned(input);
        if (LetterFlow.Find(found.Letter.State, input.Trigger) is not { } step)
        {
            return Conflict("Rule.State");
        }

        if (!step.Allows(parties))
        {
            return Failure.Forbidden;
        }

        if (LetterRules.Hindrance(found, input.Trigger, now, actor?.Id) is { } hindrance)
        {
            return Conflict(hindrance);
        }

        var faults = LetterRules.Faults(found, input, now, key => text[key]).ToList();
        faults.AddRange(UnitFaults(found, input));
        faults.AddRange(BlankFaults(input));
        Letter? into = null;
        if (input is { Trigger: LetterTrigger.Merge, Into.Length: > 0 })
        {
            into = await db.Letters.SingleOrDefaultAsync(row => row.SiteId == found.Letter.SiteId && row.Number == input.Into, cancellationToken);
            if (IntoFault(found.Letter, into) is { } fault)
            {
                faults.Add(new FieldError(nameof(input.Into), fault));
            }
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        var taken = EventOf(found, step.To ?? found.Letter.State, input.Trigger, actor, now, input.Note, FactsOf(found, input, into));
        if (keyring.KeyOf(found.Letter) is { } key
            && await PaperAsync(found, input, key, cancellationToken) is { } paper)
        {
            taken.Facts["paper"] = paper.Id.ToString();
        }

        Assign(found, input, actor, now);
        var letter = found.Letter;
        letter.MergedInto = into?.Id ?? letter.MergedInto;
        letter.Rating = input.Trigger == LetterTrigger.Rate ? input.Rating : letter.Rating;
        letter.MayPublish = input.Trigger == LetterTrigger.AllowPublishing
            || (letter.MayPublish && input.Trigger != LetterTrigger.ForbidPublishing);
        Add(found, taken, actor);
        return taken;
    }

    /// <summary>Adds the first step of a new letter.</summary>
    public LetterEvent Open(Letter letter, LetterTrigger trigger, DateOnly day, Actor? actor, string? question = null)
    {
        var taken = new LetterEvent
        {
            Id = Guid.CreateVersion7(letter.SubmittedAt),
            LetterId = letter.Id,
            Sequence = 1,
            Trigger = trigger,
            State = LetterState.Submitted,
            At = letter.SubmittedAt,
            Day = day,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
            Facts = new(StringComparer.Ordinal) { ["channel"] = letter.Channel.ToString(), ["kind"] = letter.Kind.ToString() },
        };
        if (letter.Suspicion is { } suspicion)
        {
            taken.Facts["suspicion"] = suspicion;
        }

        // The number under which it was asked in an interview: the writer knows it by that, and by no other.
        if (question is not null)
        {
            taken.Facts["question"] = question;
        }

        db.Letters.Add(letter);
        Bring(new LetterCase(letter, [taken], [], calendars.Of(letter.SiteId)), taken);
        db.LetterEvents.Add(taken);
        db.Record(DecisionOf(letter, taken, actor, letter.TextHash));
        return taken;
    }

    /// <summary>Adds a step that is no form's: a look at the personal data, an erasure, a moved date.</summary>
    public LetterEvent Note(
        LetterCase found, LetterTrigger trigger, Actor? actor, string? note, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var taken = EventOf(found, found.Letter.State, trigger, actor, clock.GetUtcNow(), note, facts);
        if (LetterFlow.Apart.Contains(trigger))
        {
            // A look changes nothing: forms that are open elsewhere stay good.
            db.LetterEvents.Add(taken);
            db.Record(DecisionOf(found.Letter, taken, actor));
        }
        else
        {
            Add(found, taken, actor);
        }

        return taken;
    }

    /// <summary>Adds a step of a public copy; the trail seals the hash of what became, or is to become, public.</summary>
    public LetterEvent NoteCopy(
        LetterCase found, LetterTrigger trigger, Actor? actor, string? note, string contentHash, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var taken = EventOf(found, found.Letter.State, trigger, actor, clock.GetUtcNow(), note, facts);
        db.LetterEvents.Add(taken);
        db.Record(DecisionOf(found.Letter, taken, actor, contentHash));
        return taken;
    }

    private void Add(LetterCase found, LetterEvent taken, Actor? actor)
    {
        db.LetterEvents.Add(taken);
        Bring(new LetterCase(found.Letter, [.. found.Events, taken], found.Assignments, found.Calendar), taken);
        db.Record(DecisionOf(found.Letter, taken, actor));
    }

    // The same writer cannot be told from a name: the office says which letter it is, of the same site and not itself joined to another.
    private string? IntoFault(Letter letter, Letter? into) => into switch
    {
        null => text["Fault.IntoUnknown"].Value,
        { Id: var id } when id == letter.Id => text["Fault.IntoSelf"].Value,
        { State: LetterState.Merged or LetterState.NotAccepted or LetterState.Withdrawn } => text["Fault.IntoEnded", text["State." + into.State].Value].Value,
        _ => null,
    };

    // A letter stays with the mailbox's own site and those below it: nobody above or beside gets to read it.
    private IEnumerable<FieldError> UnitFaults(LetterCase found, LetterInput input)
    {
        if (input.Trigger is not (LetterTrigger.Dispatch or LetterTrigger.Transfer))
        {
            yield break;
        }

        if (input.LeadSiteId is { } lead && !MayHave(found, lead))
        {
            yield return new FieldError(nameof(input.LeadSiteId), text["Fault.LeadFar"]);
        }

        if (input.HelperSiteIds.Any(id => !MayHave(found, id)))
        {
            yield return new FieldError(nameof(input.HelperSiteIds), text["Fault.Helper"]);
        }
    }

    // What a template left to be written must not reach the writer of the letter.
    private IEnumerable<FieldError> BlankFaults(LetterInput input)
    {
        if (input.Trigger == LetterTrigger.Draft && TemplateText.BlanksOf(input.Text) is { Count: > 0 } blanks)
        {
            yield return new FieldError(nameof(input.Text), templates["Fault.Blanks", string.Join('、', blanks)]);
        }
    }

    private bool MayHave(LetterCase found, Guid unit) =>
        sites.ById(unit) is { } site && LetterUnits.Below(found.Letter.SiteId, site);

    // Who has the letter: the last dispatch says it, a return ends the answering unit's part.
    private void Assign(LetterCase found, LetterInput input, Actor? actor, DateTimeOffset now)
    {
        var letter = found.Letter;
        switch (input.Trigger)
        {
            case LetterTrigger.Dispatch or LetterTrigger.Transfer:
                Dictionary<Guid, bool> wanted = input.HelperSiteIds.Distinct().ToDictionary(id => id, _ => false);
                wanted[input.LeadSiteId!.Value] = true;
                foreach (var current in found.Assignments)
                {
                    if (wanted.TryGetValue(current.UnitSiteId, out var leads) && leads == current.Leads
                        && current.InnerDueOn == (leads ? null : input.InnerDueOn))
                    {
                        wanted.Remove(current.UnitSiteId);
                    }
                    else
                    {
                        current.EndedAt = now;
                    }
                }

                foreach (var (unit, leads) in wanted)
                {
                    db.LetterAssignments.Add(new LetterAssignment
                    {
                        Id = Guid.CreateVersion7(now),
                        LetterId = letter.Id,
                        UnitSiteId = unit,
                        UnitName = sites.ById(unit)!.OrganisationName,
                        Leads = leads,
                        InnerDueOn = leads ? null : input.InnerDueOn,
                        AssignedAt = now,
                    });
                }

                if (letter.LeadSiteId != input.LeadSiteId)
                {
                    (letter.HandlerId, letter.HandlerName) = (null, null);
                }

                (letter.LeadSiteId, letter.LeadName) = (input.LeadSiteId, sites.ById(input.LeadSiteId.Value)!.OrganisationName);
                break;
            case LetterTrigger.TakeOn:
                (letter.HandlerId, letter.HandlerName) = (actor?.Id, actor?.Name);
                break;
            case LetterTrigger.Return:
                foreach (var current in found.Assignments.Where(row => row.Leads))
                {
                    current.EndedAt = now;
                }

                (letter.LeadSiteId, letter.LeadName, letter.HandlerId, letter.HandlerName) = (null, null, null, null);
                break;
        }
    }

    private async Task<LetterPaper?> PaperAsync(LetterCase found, LetterInput input, byte[] key, CancellationToken cancellationToken)
    {
        var id = found.Letter.Id;
        switch (input.Trigger)
        {
            case LetterTrigger.Decline:
                return papers.Add(id, key, LetterPaperKind.Refusal, input.Text);
            case LetterTrigger.AskSupplement:
                return papers.Add(id, key, LetterPaperKind.SupplementNotice, input.Text);
            case LetterTrigger.Supplement or LetterTrigger.FollowUp:
                foreach (var file in input.Files)
                {
                    await papers.AddFileAsync(id, key, file, cancellationToken);
                }

                return papers.Add(id, key, LetterPaperKind.Supplement, input.Text);
            case LetterTrigger.GiveOpinion:
                return papers.Add(id, key, LetterPaperKind.CoOpinion, input.Text);
            case LetterTrigger.AskExtension:
                return papers.Add(id, key, LetterPaperKind.ExtensionNotice, input.Text);
            case LetterTrigger.Draft:
                return papers.Add(id, key, LetterPaperKind.Draft, new ReplyDraft(input.Outcome!.Value, input.Text));
            case LetterTrigger.ApproveReply:
                var draft = Guid.Parse(found.Last(LetterTrigger.Draft)!.Facts["paper"], CultureInfo.InvariantCulture);
                var paper = await db.LetterPapers.AsNoTracking().SingleAsync(row => row.Id == draft, cancellationToken);
                return papers.Add(id, key, LetterPaperKind.Reply, LetterPapers.Read<ReplyDraft>(key, paper));
            case LetterTrigger.Rate when input.Text.Length > 0:
                return papers.Add(id, key, LetterPaperKind.RatingComment, input.Text);
            default:
                return null;
        }
    }

    private (string, string)[] FactsOf(LetterCase found, LetterInput input, Letter? into) => input.Trigger switch
    {
        LetterTrigger.Decline => [("reason", input.Reason!.Value.ToString())],
        LetterTrigger.Merge => [("into", into!.Number)],
        LetterTrigger.Dispatch or LetterTrigger.Transfer =>
        [
            ("unit", sites.ById(input.LeadSiteId!.Value)!.OrganisationName),
            ("helpers", string.Join('、', input.HelperSiteIds.Distinct().Select(id => sites.ById(id)!.OrganisationName))),
        ],
        LetterTrigger.Return => [("unit", found.Letter.LeadName ?? "")],
        LetterTrigger.AskSupplement => [("days", input.Days.ToString(CultureInfo.InvariantCulture))],
        LetterTrigger.Draft => [("outcome", input.Outcome!.Value.ToString())],
        LetterTrigger.ApproveReply => [("outcome", found.Last(LetterTrigger.Draft)!.Facts["outcome"])],
        LetterTrigger.Rate => [("rating", input.Rating.ToString(CultureInfo.InvariantCulture))],
        _ => [],
    };

    private static LetterEvent EventOf(
        LetterCase found, LetterState state, LetterTrigger trigger, Actor? actor, DateTimeOffset now, string? note,
        params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var taken = new LetterEvent
        {
            Id = Guid.CreateVersion7(now),
            LetterId = found.Letter.Id,
            Sequence = found.Events.Count + 1,
            Trigger = trigger,
            State = state,
            At = now,
            Day = BeijingTime.Date(now),
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
            Note = note is { Length: > 0 } ? Masking.InText(note) : null,
        };
        foreach (var (key, value) in facts)
        {
            if (value.Length > 0)
            {
                taken.Facts[key] = value;
            }
        }

        return taken;
    }

    // State, due date and closing are what the steps say.
    private static void Bring(LetterCase after, LetterEvent taken)
    {
        var letter = after.Letter;
        letter.State = taken.State;
        var reading = after.Reply;
        letter.DueOn = reading is { DoneAt: null, IsPaused: false } ? reading.DueOn : null;
        letter.CalendarVersion = letter.DueOn is null ? null : after.Calendar.Version;
        letter.AwaitsHead = after.PendingExtension is not null || letter.State == LetterState.Reviewing;
        letter.AcceptedOn ??= taken.Trigger == LetterTrigger.Accept ? taken.Day : null;
        if (taken.Trigger == LetterTrigger.ApproveReply)
        {
            letter.RepliedOn = taken.Day;
            (letter.Workdays, letter.OnTime) = after.Answered(taken, letter.Workdays, letter.OnTime);
        }

        letter.ClosedOn ??= LetterFlow.Ended.Contains(letter.State) ? taken.Day : null;
        letter.Version++;
    }

    private DecisionTaken DecisionOf(Letter letter, LetterEvent taken, Actor? actor, string? hash = null)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["state"] = taken.State.ToString() };
        foreach (var name in TrailFacts)
        {
            if (taken.Facts.TryGetValue(name, out var value))
            {
                facts[name] = value;
            }
        }

        return new DecisionTaken
        {
            Id = Guid.CreateVersion7(taken.At),
            OccurredAt = taken.At,
            Action = "interaction.letter." + LetterFlow.ActOf(taken.Trigger),
            ActorId = actor?.Id,
            ActorName = actor?.Name ?? text["Actor." + LetterFlow.Doer(taken.Trigger)],
            ActorUnit = actor?.Unit,
            SiteId = letter.SiteId,
            ObjectType = "letter",
            ObjectId = letter.Id.ToString(),
            ObjectTitle = letter.Number,
            ContentHash = hash,
            Facts = facts,
        };
    }

    private static LetterInput Cleaned(LetterInput input) => input with
    {
        Note = PublicText.Paragraphs(input.Note),
        Text = PublicText.Paragraphs(input.Text),
        Into = LetterNumber.Normalise(input.Into),
    };

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
