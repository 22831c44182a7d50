using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews;

/// <summary>What the scribe filled in.</summary>
public sealed record UtteranceInput
{
    public string FormId { get; init; } = "";

    /// <summary><c>host</c>, <c>guest-1</c> …, or <c>question</c>.</summary>
    public string Speaker { get; init; } = "";

    /// <summary>The question that is read out.</summary>
    public Guid? QuestionId { get; init; }

    public string Text { get; init; } = "";

    /// <summary>The line that this corrects.</summary>
    public int Replaces { get; init; }

    /// <summary>The words of that line as the scribe had them; null: whatever stands there is replaced.</summary>
    public string? Seen { get; init; }
}

/// <summary>A line of the transcript as it stands now.</summary>
/// <param name="N">Its place.</param>
/// <param name="Speaker">Who, by kind.</param>
/// <param name="Guest">Which guest, from 1.</param>
/// <param name="Name">The name.</param>
/// <param name="Text">What was said.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Corrected">It was corrected.</param>
public sealed record TranscriptLine(int N, Speaker Speaker, int Guest, string Name, string Text, DateTimeOffset At, bool Corrected);

/// <summary>Writes and reads what was said.</summary>
internal sealed class InterviewStage(
    InteractionDbContext db, InterviewSignals signals, IStringLocalizer<InterviewText> text, TimeProvider clock)
{
    public const int MaximumText = 2000;

    /// <summary>The lines as they stand: what was corrected in its own place, with the words that hold now.</summary>
    public async Task<IReadOnlyList<TranscriptLine>> LinesAsync(Guid interviewId, CancellationToken cancellationToken) =>
        Standing(await db.InterviewUtterances.AsNoTracking().Where(row => row.InterviewId == interviewId)
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken));

    /// <summary>The same of rows in order.</summary>
    public static IReadOnlyList<TranscriptLine> Standing(IReadOnlyList<InterviewUtterance> rows)
    {
        var last = rows.Where(row => row.Replaces is not null).GroupBy(row => row.Replaces!.Value)
            .ToDictionary(group => group.Key, group => group.Last());
        return
        [
            .. rows.Where(row => row.Replaces is null).Select(row => last.TryGetValue(row.Sequence, out var now)
                ? new TranscriptLine(row.Sequence, now.Speaker, now.Guest, now.Name, now.Text, row.At, true)
                : new TranscriptLine(row.Sequence, row.Speaker, row.Guest, row.Name, row.Text, row.At, false)),
        ];
    }

    /// <summary>What live visitors are told of a line.</summary>
    public LiveLine Told(TranscriptLine line) => new(
        line.N, RoleOf(line.Speaker, line.Guest), text["Speaker." + line.Speaker], line.Name, line.Text,
        BeijingTime.In(line.At).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), line.Corrected);

    /// <summary>A speaker in the addresses of style and form.</summary>
    public static string RoleOf(Speaker speaker, int guest) => speaker switch
    {
        Speaker.Host => "host",
        Speaker.Guest => "guest-" + guest.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "question",
    };

    /// <summary>Numbers of persons are hidden in what the scribe typed.</summary>
    public static bool Hides(string typed) => Masking.ForPublic(typed) != typed;

    /// <summary>Adds what was said, or a correction; answers its number. Sent twice, it is said once.</summary>
    public async Task<Outcome<int>> SayAsync(Interview interview, UtteranceInput input, Actor? actor, CancellationToken cancellationToken)
    {
        if (!InterviewFlow.Transcribes.Contains(interview.State))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.State"])]);
        }

        if (!Guid.TryParse(input.FormId, out var form))
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        await using var transaction = await InterviewWriter.BeginAsync(db, cancellationToken);
        var corrected = input.Replaces == 0
            ? null
            : await db.InterviewUtterances.AsNoTracking().SingleOrDefaultAsync(
                row => row.InterviewId == interview.Id && row.Sequence == input.Replaces && row.Replaces == null, cancellationToken);
        var spoken = await SpokenAsync(interview, input, corrected, cancellationToken);
        if (!spoken.Succeeded)
        {
            return spoken.Failure;
        }

        var (speaker, guest, name, words, question) = spoken.Value;
        if (await db.InterviewUtterances.AsNoTracking().SingleOrDefaultAsync(
            row => row.InterviewId == interview.Id && row.FormId == form, cancellationToken) is { } known)
        {
            return (known.Speaker, known.Guest, known.Text) == (speaker, guest, words)
                ? known.Sequence
                : new Failure(FailureKind.Conflict, [new FieldError(nameof(input.FormId), text["Fault.LineFormUsed", known.Replaces ?? known.Sequence])]);
        }

        // The row of the interview is held from here on: of two forms sent at once the second finds the first.
        var sequence = await signals.NextUtteranceAsync(interview.Id, cancellationToken);
        if (corrected is not null && input.Seen is { } seen
            && await StandingAsync(interview.Id, corrected.Sequence, cancellationToken) is var standing
            && PublicText.Paragraphs(seen) != standing)
        {
            return new Failure(FailureKind.Conflict, [new FieldError(nameof(input.Text), text["Rule.LineChanged", standing])]);
        }

        var now = clock.GetUtcNow();
        var row = new InterviewUtterance
        {
            Id = Guid.CreateVersion7(now),
            InterviewId = interview.Id,
            Sequence = sequence,
            FormId = form,
            Speaker = speaker,
            Guest = guest,
            QuestionId = question?.Id,
            Name = name,
            Text = words,
            Replaces = corrected?.Sequence,
            At = now,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
        };
        db.InterviewUtterances.Add(row);
        if (question is { State: QuestionState.Selected })
        {
            question.State = QuestionState.Answered;
            question.Version++;
        }

        if (corrected is not null)
        {
            db.Record(Decision.By(
                actor, now, "interaction.interview.corrected", interview.SiteId, "interview", interview.Id.ToString(), interview.Topic,
                null, null, ("line", corrected.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }

        var line = new TranscriptLine(corrected?.Sequence ?? sequence, speaker, guest, name, words, corrected?.At ?? now, corrected is not null);
        await signals.AddAsync(
            interview.Id, corrected is null ? SignalKind.Utterance : SignalKind.Correction, Told(line), cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(InterviewUtteranceConfiguration.OneForm))
        {
            // The same form was a moment faster; the transaction takes back the number that it had.
            db.ChangeTracker.Clear();
            return 0;
        }

        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return sequence;
    }

    private Task<string> StandingAsync(Guid interviewId, int line, CancellationToken cancellationToken) =>
        db.InterviewUtterances.AsNoTracking()
            .Where(row => row.InterviewId == interviewId && (row.Sequence == line || row.Replaces == line))
            .OrderByDescending(row => row.Sequence).Select(row => row.Text).FirstAsync(cancellationToken);

    private async Task<Outcome<(Speaker Speaker, int Guest, string Name, string Text, InterviewQuestion? Question)>> SpokenAsync(
        Interview interview, UtteranceInput input, InterviewUtterance? corrected, CancellationToken cancellationToken)
    {
        if (input.Replaces != 0 && corrected is null)
        {
            return Failure.Invalid(nameof(input.Text), text["Fault.Line"]);
        }

        // What is said goes on air at once: no number of a person does, whoever typed it.
        var words = Masking.ForPublic(PublicText.Paragraphs(input.Text));
        InterviewQuestion? question = null;
        if (input.Speaker == "question" && corrected?.Speaker != Speaker.Question)
        {
            question = input.QuestionId is { } id
                ? await db.InterviewQuestions.SingleOrDefaultAsync(
                    row => row.Id == id && row.InterviewId == interview.Id
                        && (row.State == QuestionState.Selected || row.State == QuestionState.Answered), cancellationToken)
                : null;
            if (question is null)
            {
                return Failure.Invalid(nameof(input.QuestionId), text["Fault.Question"]);
            }

            words = words.Length > 0 ? words : question.PublicText;
        }

        if (words.Length == 0 || !PublicText.Fits(words, MaximumText))
        {
            return Failure.Invalid(nameof(input.Text), text["Fault.Words", MaximumText]);
        }

        if (input.Speaker == "question")
        {
            return (Speaker.Question, 0, question?.PublicName ?? corrected!.Name, words, question);
        }

        if (input.Speaker == "host")
        {
            return (Speaker.Host, 0, interview.Host, words, null);
        }

        for (var number = 1; number <= interview.Guests.Count; number++)
        {
            if (input.Speaker == RoleOf(Speaker.Guest, number))
            {
                return (Speaker.Guest, number, interview.Guests[number - 1].Name, words, null);
            }
        }

        return Failure.Invalid(nameof(input.Speaker), text["Fault.Speaker"]);
    }
}
