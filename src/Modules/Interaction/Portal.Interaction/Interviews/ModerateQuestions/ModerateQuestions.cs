using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Interaction.Interviews.ModerateQuestions;

/// <summary>The questions of an interview in one state, in the order in which they came.</summary>
public sealed record ListQuestions : IRequest<Outcome<QuestionQueue>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;

    public Guid InterviewId { get; init; }

    public QuestionState State { get; init; }

    public string? Cursor { get; init; }
}

/// <summary>A queue and the sizes of all.</summary>
public sealed record QuestionQueue(
    Guid InterviewId, string Topic, bool Open, Page<QuestionRow> Rows, IReadOnlyDictionary<QuestionState, int> Counts);

/// <summary>A question as moderators see it: numbers of persons are masked, a phone is not shown.</summary>
public sealed record QuestionRow
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Number { get; init; }

    public required string Name { get; init; }

    public required string Text { get; init; }

    public required QuestionState State { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool WantsAnswer { get; init; }

    public required IReadOnlyList<string> Suspicions { get; init; }

    public RejectReason? Reason { get; init; }

    public string? LetterNumber { get; init; }

    public string? MergedInto { get; init; }
}

/// <summary>Reads questions for staff.</summary>
internal sealed class QuestionRows(InteractionDbContext db, LetterKeyring keyring, IStringLocalizer<InterviewText> text)
{
    public async Task<List<QuestionRow>> ReadAsync(IQueryable<InterviewQuestion> ordered, CancellationToken cancellationToken)
    {
        var rows = await ordered
            .Select(row => new
            {
                Question = row,
                Into = db.InterviewQuestions.Where(other => other.Id == row.MergedInto).Select(other => other.Number).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => RowOf(row.Question, row.Into));
    }

    /// <summary>Name and text as they are proposed to the public: the copy that staff made, else what was sent, masked.</summary>
    public (string Name, string Text) Proposed(InterviewQuestion row)
    {
        if (row.PublicText.Length > 0)
        {
            return (row.PublicName, row.PublicText);
        }

        var sent = keyring.Unwrap(row.SealedKey) is { } key ? CaseKeyring.OpenJson<SentQuestion>(key, row.Id, row.Sealed) : new SentQuestion();
        return (sent.Name.Length > 0 ? Masking.ForPublic(sent.Name).CutTo(20) : text["Anonymous"], PersonalSpans.Starred(sent.Text));
    }

    private QuestionRow RowOf(InterviewQuestion row, string? into)
    {
        var (name, words) = Proposed(row);
        return new QuestionRow
        {
            Id = row.Id,
            Version = row.Version,
            Number = row.Number,
            Name = name,
            Text = words,
            State = row.State,
            At = row.At,
            WantsAnswer = row.WantsAnswer,
            Suspicions = row.Suspicion?.Split(' ') ?? [],
            Reason = row.Reason,
            LetterNumber = row.LetterNumber,
            MergedInto = into,
        };
    }
}

internal sealed class ListQuestionsHandler(InteractionDbContext db, InterviewScope scope, QuestionRows rows)
    : IRequestHandler<ListQuestions, Outcome<QuestionQueue>>
{
    private const int Size = 40;

    public async Task<Outcome<QuestionQueue>> Handle(ListQuestions request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.InterviewId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var interview = reached.Value.Interview;
        var all = db.InterviewQuestions.AsNoTracking().Where(row => row.InterviewId == interview.Id);
        var counts = await all.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        return new QuestionQueue(
            interview.Id, interview.Topic, InterviewFlow.Moderates.Contains(interview.State),
            await PageAsync(all.Where(row => row.State == request.State), Cursor.Parse(request.Cursor), cancellationToken), counts);
    }

    // The oldest first; the next page is the later one.
    private async Task<Page<QuestionRow>> PageAsync(IQueryable<InterviewQuestion> found, Cursor? cursor, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            found = back
                ? found.Where(row => row.At < edge.At || (row.At == edge.At && row.Id < edge.Id))
                : found.Where(row => row.At > edge.At || (row.At == edge.At && row.Id > edge.Id));
        }

        var items = await rows.ReadAsync(
            (back ? found.OrderByDescending(row => row.At).ThenByDescending(row => row.Id) : found.OrderBy(row => row.At).ThenBy(row => row.Id))
            .Take(Size + 1), cancellationToken);
        var more = items.Count > Size;
        if (more)
        {
            items.RemoveAt(Size);
        }

        if (back)
        {
            items.Reverse();
        }

        return new Page<QuestionRow>(
            items,
            items.Count > 0 && (back || more) ? new Cursor(items[^1].At, items[^1].Id, false).ToString() : null,
            items.Count > 0 && (back ? more : cursor is not null) ? new Cursor(items[0].At, items[0].Id, true).ToString() : null);
    }
}

/// <summary>What a moderator does to a question.</summary>
public sealed record ModerateQuestions : IRequest<Outcome<QuestionTrigger>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;

    public Guid InterviewId { get; init; }

    public Guid QuestionId { get; init; }

    public int Version { get; init; }

    public QuestionTrigger? Trigger { get; init; }

    /// <summary>Name and text for the public.</summary>
    public string Name { get; init; } = "";

    public string Text { get; init; } = "";

    public RejectReason? Reason { get; init; }

    /// <summary>The number of the question it says the same as.</summary>
    public string Into { get; init; } = "";
}

internal sealed class ModerateQuestionsHandler(
    InteractionDbContext db, InterviewScope scope, InterviewSignals signals, InterviewWriter writer, IStringLocalizer<InterviewText> text,
    TimeProvider clock) : IRequestHandler<ModerateQuestions, Outcome<QuestionTrigger>>
{
    public async Task<Outcome<QuestionTrigger>> Handle(ModerateQuestions request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.InterviewId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (interview, actor, _) = reached.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var question = await db.InterviewQuestions.SingleOrDefaultAsync(
            row => row.Id == request.QuestionId && row.InterviewId == interview.Id, cancellationToken);
        if (question is null || request.Trigger is not { } trigger)
        {
            return Failure.NotFound;
        }

        if (!InterviewFlow.Moderates.Contains(interview.State) || QuestionFlow.Find(question.State, trigger) is not { } step)
        {
            return Conflict("Rule.State");
        }

        if (question.Version != request.Version)
        {
            return Conflict("Rule.Stale");
        }

        if (await ChangeAsync(question, request, cancellationToken) is { } failure)
        {
            return failure;
        }

        question.State = step.To;
        question.Version++;
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "interaction.question." + QuestionFlow.ActOf(trigger), interview.SiteId, "question",
            question.Id.ToString(), question.Number, null, null,
            [("interview", interview.Topic), .. request.Reason is { } reason && trigger == QuestionTrigger.Reject ? new[] { ("reason", reason.ToString()) } : []]));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            if (trigger is QuestionTrigger.Select && interview.AnnouncedAt is not null)
            {
                await signals.AddAsync(
                    interview.Id, SignalKind.Question, new LiveQuestion(question.PublicName, question.PublicText), cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict("Rule.Stale");
        }

        await transaction.CommitAsync(cancellationToken);
        await writer.EvictAsync(interview, cancellationToken);
        return trigger;
    }

    private async Task<Failure?> ChangeAsync(InterviewQuestion question, ModerateQuestions request, CancellationToken cancellationToken)
    {
        switch (request.Trigger)
        {
            case QuestionTrigger.Select:
                // The public copy: whatever looks like somebody's number is masked again, whoever typed it.
                var (name, words) = (Masking.ForPublic(PublicText.Line(request.Name)), Masking.ForPublic(PublicText.Paragraphs(request.Text)));
                if (words.Length < 5 || !PublicText.Fits(words, 1000) || !PublicText.Fits(name, 20))
                {
                    return Failure.Invalid(nameof(request.Text), text["Fault.PublicText"]);
                }

                (question.PublicName, question.PublicText) = (name.Length > 0 ? name : text["Anonymous"], words);
                question.SelectedAt = clock.GetUtcNow();
                return null;
            case QuestionTrigger.Reject:
                if (request.Reason is null)
                {
                    return Failure.Invalid(nameof(request.Reason), text["Fault.Reject"]);
                }

                question.Reason = request.Reason;
                return null;
            case QuestionTrigger.Merge:
                return await MergeAsync(question, QuestionNumber.Normalise(request.Into), cancellationToken);
            case QuestionTrigger.Restore:
                (question.Reason, question.MergedInto) = (null, null);
                return null;
            case QuestionTrigger.Unselect:
                (question.PublicName, question.PublicText, question.SelectedAt) = ("", "", null);
                return null;
            default:
                return null;
        }
    }

    private async Task<Failure?> MergeAsync(InterviewQuestion question, string number, CancellationToken cancellationToken)
    {
        var into = number.Length == 0
            ? null
            : await db.InterviewQuestions.AsNoTracking().SingleOrDefaultAsync(
                row => row.InterviewId == question.InterviewId && row.Number == number && row.Id != question.Id
                    && row.State != QuestionState.Merged && row.State != QuestionState.Rejected, cancellationToken);
        // What others were joined to stays where it is: nobody has to follow a chain.
        var isTarget = await db.InterviewQuestions.AnyAsync(row => row.MergedInto == question.Id, cancellationToken);
        if (into is null || isTarget)
        {
            return Failure.Invalid(nameof(ModerateQuestions.Into), text[isTarget ? "Fault.MergeTarget" : "Fault.Into"]);
        }

        question.MergedInto = into.Id;
        return null;
    }

    private Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
