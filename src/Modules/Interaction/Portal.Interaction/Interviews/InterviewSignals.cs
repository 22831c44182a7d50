using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Messaging;

namespace Portal.Interaction.Interviews;

/// <summary>What a line of the live page shows.</summary>
/// <param name="N">Its place; a correction has that of the line it corrects.</param>
/// <param name="Role">What kind of speaker: <c>host</c>, <c>guest-1</c>, <c>question</c>.</param>
/// <param name="Label">The same in words: 主持人, 嘉宾, 网友提问.</param>
/// <param name="Name">Who.</param>
/// <param name="Text">What was said.</param>
/// <param name="At">When, as people read it.</param>
/// <param name="Corrected">It was corrected.</param>
internal sealed record LiveLine(int N, string Role, string Label, string Name, string Text, string At, bool Corrected);

/// <summary>A question that was selected.</summary>
internal sealed record LiveQuestion(string Name, string Text);

/// <summary>Where the interview is now, in words.</summary>
/// <param name="State">The state.</param>
/// <param name="Text">What visitors read.</param>
/// <param name="Over">Nothing more comes.</param>
internal sealed record LiveState(string State, string Text, bool Over);

/// <summary>
/// Adds signals. Each takes the next number of its interview by a write to the interview's row, which is held until the
/// transaction ends: the next writer waits, so numbers become visible in order and without gaps.
/// </summary>
internal sealed class InterviewSignals(InteractionDbContext db, TimeProvider clock)
{
    public const string Channel = "portal_interviews";

    /// <summary>Adds a signal to the transaction that is open; it is told to the hosts when that commits.</summary>
    public async Task AddAsync<T>(Guid interviewId, SignalKind kind, T data, CancellationToken cancellationToken)
    {
        var numbers = await db.Database
            .SqlQuery<long>($"update interaction.interviews set last_signal = last_signal + 1 where id = {interviewId} returning last_signal as \"Value\"")
            .ToListAsync(cancellationToken);
        db.Add(new InterviewSignal
        {
            InterviewId = interviewId,
            Sequence = numbers[0],
            Kind = kind,
            Data = JsonSerializer.Serialize(data, MessageJson.Options),
            At = clock.GetUtcNow(),
        });
        var told = interviewId.ToString("N");
        await db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, {told})", cancellationToken);
    }

    /// <summary>The next number of what is said; held like that of a signal.</summary>
    public async Task<int> NextUtteranceAsync(Guid interviewId, CancellationToken cancellationToken)
    {
        var numbers = await db.Database
            .SqlQuery<int>($"update interaction.interviews set last_utterance = last_utterance + 1 where id = {interviewId} returning last_utterance as \"Value\"")
            .ToListAsync(cancellationToken);
        return numbers[0];
    }
}
