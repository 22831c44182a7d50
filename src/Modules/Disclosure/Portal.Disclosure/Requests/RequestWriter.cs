using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>
/// The only writer of steps: checks the table and the rules, writes letters, adds the step and brings the cache of the
/// case up to it. What is added commits with the caller's save.
/// </summary>
internal sealed class RequestWriter(
    DisclosureDbContext db,
    RequestCalendars calendars,
    RequestKeyring keyring,
    RequestFiles files,
    RequestLetters letters,
    RequestCounts counts,
    IStringLocalizer<RequestText> text,
    TimeProvider clock)
{
    /// <summary>Reads a case for a step.</summary>
    public async Task<RequestCase?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var request = await db.Requests.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (request is null)
        {
            return null;
        }

        var events = await db.RequestEvents.AsNoTracking().Where(row => row.RequestId == id)
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        return new RequestCase(request, events, calendars.Of(request.SiteId));
    }

    /// <summary>Takes a step. The caller has found that the person may reach the case.</summary>
    public async Task<Outcome<RequestEvent>> TakeAsync(
        RequestCase found, RequestInput input, Party parties, Actor? actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        input = Cleaned(input);
        if (RequestFlow.Find(found.Request.State, input.Trigger) is not { } step)
        {
            return Conflict("Rule.State");
        }

        if (!step.Allows(parties))
        {
            return Failure.Forbidden;
        }

        if (RequestRules.Hindrance(found, input.Trigger, now, actor?.Id, parties) is { } hindrance)
        {
            return Conflict(hindrance);
        }

        var faults = RequestRules.Faults(found, input, now, parties, key => text[key]).ToList();
        if (input.Trigger == RequestTrigger.Draft && input.Earlier.Length > 0
            && !await IsAnsweredAsync(found.Request, input.Earlier, cancellationToken))
        {
            faults.Add(new FieldError(nameof(input.Earlier), text["Fault.EarlierUnknown"]));
        }

        // What is counted by requests is what the applicant has sent in the month, and nothing else.
        if (input is { Trigger: RequestTrigger.ProposeFee, FeeMode: FeeMode.PerItem } && faults.Count == 0
            && (await counts.OfApplicantAsync(found.Request, cancellationToken)).Month is var month && input.Units > month)
        {
            faults.Add(new FieldError(nameof(input.Units), text["Fault.UnitsMonth", month]));
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        var taken = await AddAsync(found, step, input, actor, now, cancellationToken);
        db.Record(DecisionOf(found.Request, taken, actor));
        return taken;
    }

    /// <summary>Adds the first step of a new case.</summary>
    public RequestEvent Open(InformationRequest request, RequestTrigger trigger, DateOnly day, Actor? actor, string? note)
    {
        var taken = new RequestEvent
        {
            Id = Guid.CreateVersion7(request.SubmittedAt),
            RequestId = request.Id,
            Sequence = 1,
            Trigger = trigger,
            State = RequestFlow.Opening(request.Channel),
            At = clock.GetUtcNow(),
            Day = day,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
            Note = note is { Length: > 0 } ? Masking.InText(note) : null,
            Facts = new(StringComparer.Ordinal) { ["channel"] = request.Channel.ToString() },
        };
        Bring(new RequestCase(request, [taken], calendars.Of(request.SiteId)), taken);
        db.Requests.Add(request);
        db.RequestEvents.Add(taken);
        db.Record(DecisionOf(request, taken, actor, request.TextHash));
        return taken;
    }

    /// <summary>Adds a step that is no form's: a look at the personal data, an erasure, a moved date.</summary>
    public RequestEvent Note(RequestCase found, RequestTrigger trigger, Actor? actor, string? note, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var now = clock.GetUtcNow();
        var taken = EventOf(found, found.Request.State, trigger, BeijingTime.Date(now), actor, now, note, facts);
        db.RequestEvents.Add(taken);
        // A look changes nothing: forms that are open elsewhere stay good.
        if (trigger != RequestTrigger.Reveal)
        {
            Bring(new RequestCase(found.Request, [.. found.Events, taken], found.Calendar), taken);
        }

        db.Record(DecisionOf(found.Request, taken, actor));
        return taken;
    }

    // R-20(六): the same applicant, an earlier request of this office, and an answer to it.
    private Task<bool> IsAnsweredAsync(InformationRequest request, string number, CancellationToken cancellationToken) =>
        db.Requests.AnyAsync(
            row => row.SiteId == request.SiteId && row.Number == number && row.Id != request.Id
                && row.ApplicantHash != null && row.ApplicantHash == request.ApplicantHash
                && row.Outcome != null && !row.Outcome.StartsWith("3.6"),
            cancellationToken);

    private async Task<RequestEvent> AddAsync(
        RequestCase found, RequestStep step, RequestInput input, Actor? actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = found.Request;
        var day = input.Day ?? BeijingTime.Date(now);
        var taken = EventOf(found, step.To ?? request.State, input.Trigger, day, actor, now, input.Note, FactsOf(found, input));
        var after = new RequestCase(request, [.. found.Events, taken], found.Calendar);
        if (keyring.KeyOf(request) is { } key
            && await PaperAsync(found, after, taken, input, key, cancellationToken) is { } paper)
        {
            taken.Facts["paper"] = paper.Id.ToString();
            if (paper.ContentHash is { } hash)
            {
                taken.Facts["hash"] = hash;
            }
        }

        db.RequestEvents.Add(taken);
        switch (input.Trigger)
        {
            case RequestTrigger.TakeOn or RequestTrigger.AskCorrection or RequestTrigger.Confirm when request.HandlerId is null && actor is not null:
                (request.HandlerId, request.HandlerName) = (actor.Id, actor.Name);
                break;
            case RequestTrigger.Assign:
                (request.HandlerId, request.HandlerName) = (input.HandlerId, input.HandlerName);
                break;
            case RequestTrigger.ApproveAnswer:
                request.Outcome = found.Last(RequestTrigger.Draft)!.Facts["outcome"];
                break;
            case RequestTrigger.LapseCorrection or RequestTrigger.LapseFee or RequestTrigger.Withdraw:
                request.Outcome = ReplyRows.Current.Closing(input.Trigger).Code;
                break;
        }

        Bring(after, taken);
        if (input.Trigger == RequestTrigger.ApproveAnswer)
        {
            db.Publish(
                new RequestAnswered
                {
                    Id = Guid.CreateVersion7(now),
                    OccurredAt = now,
                    ActorId = actor?.Id,
                    SiteId = request.SiteId,
                    OrganisationId = request.OrganisationId,
                    RequestId = request.Id,
                    Number = request.Number,
                    ReceivedOn = found.ReceivedOn!.Value,
                    AnsweredOn = day,
                    Outcome = request.Outcome!,
                    ApplicantKind = request.ApplicantKind.ToString(),
                    Late = after.Reply!.IsLate(now),
                },
                now);
        }

        return taken;
    }

    private async Task<RequestPaper?> PaperAsync(
        RequestCase found, RequestCase after, RequestEvent taken, RequestInput input, byte[] key, CancellationToken cancellationToken)
    {
        var request = found.Request;
        var day = taken.Day;
        // The date of a letter is that of the day it is made on; its state is the one in front of the step.
        switch (input.Trigger)
        {
            case RequestTrigger.Draft:
                var kept = found.Last(RequestTrigger.Draft) is { } before
                    ? (await ReadAsync<AnswerDraft>(before, key, cancellationToken)).Files.Where(file => input.KeptFiles.Contains(file.PaperId))
                    : [];
                var added = await KeepFilesAsync(PaperKind.AnswerFile);
                return files.Add(request.Id, key, PaperKind.Draft, new AnswerDraft(input.Outcome, input.Grounds, input.Content)
                {
                    Earlier = input.Earlier,
                    Files = [.. kept, .. added],
                });
            case RequestTrigger.Correct:
                // Which files came with it stands in the step.
                if (await KeepFilesAsync(PaperKind.Attachment) is { Count: > 0 } sent)
                {
                    taken.Facts["files"] = string.Join(',', sent.Select(file => file.PaperId));
                }

                return files.Add(request.Id, key, PaperKind.Correction, input.Text);
            case RequestTrigger.GiveReasons:
                return files.Add(request.Id, key, PaperKind.Reasons, input.Text);
            case RequestTrigger.AskExtension:
                return files.Add(request.Id, key, PaperKind.Draft, input.Text);
            case RequestTrigger.Consult:
                return Keep(PaperKind.ConsultationLetter, letters.Consultation(
                    found, input, day, found.Sub(found.ConsultationLimit(input.PartyKind), day)!.Value));
        }

        if (input.Trigger is not (RequestTrigger.AskCorrection or RequestTrigger.AskReasons or RequestTrigger.Defer or RequestTrigger.GrantExtension or RequestTrigger.GrantFee
            or RequestTrigger.LapseCorrection or RequestTrigger.LapseFee or RequestTrigger.ApproveAnswer))
        {
            return null;
        }

        var applicant = (await files.ApplicantAsync(request, cancellationToken))!;
        switch (input.Trigger)
        {
            case RequestTrigger.AskCorrection:
                return Keep(PaperKind.CorrectionNotice, letters.Correction(found, applicant, input, day, Sub(input.Days)));
            case RequestTrigger.AskReasons:
                return Keep(PaperKind.ReasonsNotice, letters.Reasons(found, applicant, input, day, Sub(input.Days)));
            case RequestTrigger.Defer:
                return Keep(PaperKind.DeferralNotice, letters.Deferral(found, applicant, input, day, after.Reply!.DueOn!.Value));
            case RequestTrigger.GrantExtension:
                var reason = await ReadAsync<string>(found.PendingExtension!, key, cancellationToken);
                return Keep(PaperKind.ExtensionNotice, letters.Extension(found, applicant, reason, day, after.Reply!.DueOn!.Value));
            case RequestTrigger.GrantFee:
                var fee = found.PendingFee!.Facts;
                return Keep(PaperKind.FeeNotice, letters.Fee(
                    found, applicant, Enum.Parse<FeeMode>(fee["mode"]), int.Parse(fee["units"], CultureInfo.InvariantCulture),
                    int.Parse(fee["yuan"], CultureInfo.InvariantCulture), day,
                    found.Sub(found.FeeLimit, day)!.Value));
            case RequestTrigger.ApproveAnswer:
                var draft = await ReadAsync<AnswerDraft>(found.Last(RequestTrigger.Draft)!, key, cancellationToken);
                return Keep(PaperKind.Reply, letters.Reply(found, applicant, draft, day));
            default:
                return Keep(PaperKind.ClosingNotice, letters.Abandoned(found, applicant, day));
        }

        DateOnly Sub(int days) => found.Calendar.AddWorkdays(day, days);

        async Task<List<AnswerFile>> KeepFilesAsync(PaperKind kind)
        {
            List<AnswerFile> sealedFiles = [];
            foreach (var file in input.Files)
            {
                var paper = await files.AddFileAsync(request.Id, key, kind, file, cancellationToken);
                sealedFiles.Add(new AnswerFile(paper.Id, file.Name, file.Content.Length));
            }

            return sealedFiles;
        }

        RequestPaper Keep(PaperKind kind, Letter letter) => files.Add(
            request.Id, key, kind, letter, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(letter.Text))));
    }

    private async Task<T> ReadAsync<T>(RequestEvent row, byte[] key, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(row.Facts["paper"], CultureInfo.InvariantCulture);
        return RequestFiles.Read<T>(key, await db.Papers.AsNoTracking().SingleAsync(paper => paper.Id == id, cancellationToken));
    }

    private static (string, string)[] FactsOf(RequestCase found, RequestInput input) => input.Trigger switch
    {
        RequestTrigger.AskCorrection or RequestTrigger.AskReasons or RequestTrigger.Defer => [("days", Text(input.Days))],
        RequestTrigger.Consult => [("kind", input.PartyKind switch
        {
            ConsultedParty.Maker => "maker",
            ConsultedParty.Agency => "agency",
            _ => "third",
        })],
        RequestTrigger.EndConsultation => [("opinion", input.Opinion.ToString()!)],
        RequestTrigger.ProposeFee =>
        [
            ("mode", input.FeeMode.ToString()), ("units", Text(input.Units)),
            ("yuan", Text(input.FeeMode == FeeMode.PerItem
                ? ProcessingFee.OfOneMore(input.FeeMode, input.Units - 1, 1, found.ReceivedOn!.Value)
                : ProcessingFee.Of(input.FeeMode, input.Units, found.ReceivedOn!.Value))),
            ("version", ProcessingFee.On(found.ReceivedOn!.Value).Version),
        ],
        RequestTrigger.GrantFee => [("yuan", found.PendingFee!.Facts["yuan"])],
        RequestTrigger.Draft => [("outcome", input.Outcome), ("earlier", input.Earlier)],
        RequestTrigger.Deliver => [("way", input.Way.ToString()), ("proof", input.Proof)],
        RequestTrigger.Assign => [("handler", input.HandlerName)],
        RequestTrigger.ApproveAnswer => [("outcome", found.Last(RequestTrigger.Draft)!.Facts["outcome"])],
        RequestTrigger.LapseCorrection or RequestTrigger.LapseFee or RequestTrigger.Withdraw =>
            [("outcome", ReplyRows.Current.Closing(input.Trigger).Code)],
        _ => [],
    };

    private static RequestEvent EventOf(
        RequestCase found, RequestState state, RequestTrigger trigger, DateOnly day, Actor? actor, DateTimeOffset now,
        string? note, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var taken = new RequestEvent
        {
            Id = Guid.CreateVersion7(now),
            RequestId = found.Request.Id,
            Sequence = found.Events.Count + 1,
            Trigger = trigger,
            State = state,
            At = now,
            Day = day,
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

    // State, receipt, due date and closing are what the steps say.
    private static void Bring(RequestCase after, RequestEvent taken)
    {
        var request = after.Request;
        request.State = taken.State;
        request.ReceivedOn = after.ReceivedOn;
        var reading = after.Reply;
        request.DueOn = reading is { DoneAt: null } ? reading.DueOn : null;
        request.CalendarVersion = request.DueOn is null ? null : after.Calendar.Version;
        request.Awaits = after.PendingExtension?.Trigger ?? after.PendingFee?.Trigger;
        request.ClosedOn ??= request.Outcome is null ? null : taken.Day;
        request.Version++;
    }

    private DecisionTaken DecisionOf(InformationRequest request, RequestEvent taken, Actor? actor, string? hash = null)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["day"] = taken.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["state"] = taken.State.ToString(),
        };
        foreach (var name in new[] { "outcome", "yuan", "days", "channel", "opinion" })
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
            Action = "disclosure.request." + RequestFlow.ActOf(taken.Trigger),
            ActorId = actor?.Id,
            ActorName = actor?.Name ?? text["Actor." + RequestFlow.Doer(taken.Trigger)],
            ActorUnit = actor?.Unit,
            SiteId = request.SiteId,
            ObjectType = "disclosure-request",
            ObjectId = request.Id.ToString(),
            ObjectTitle = request.Number,
            ContentHash = hash ?? taken.Facts.GetValueOrDefault("hash"),
            Facts = facts,
        };
    }

    private static RequestInput Cleaned(RequestInput input) => input with
    {
        Note = PublicText.Paragraphs(input.Note),
        Text = PublicText.Paragraphs(input.Text),
        Grounds = PublicText.Paragraphs(input.Grounds),
        Content = PublicText.Paragraphs(input.Content),
        Party = PublicText.Line(input.Party),
        Proof = PublicText.Line(input.Proof),
        Earlier = RequestNumber.Normalise(input.Earlier),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
