using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Interaction.Letters.SweepLetters;
using Portal.Shared.Decisions;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Interaction.Interviews.EraseQuestions;

/// <summary>
/// Destroys the keys of questions whose retention is over: nobody can read any more who asked and what. What staff made
/// public of them stays, and so do the figures.
/// </summary>
internal sealed class EraseQuestions(InteractionDbContext db, ISites sites, ISettings settings, TimeProvider clock)
{
    private static readonly InterviewState[] Over =
        [InterviewState.Ended, InterviewState.TranscriptUnderReview, InterviewState.Published, InterviewState.Cancelled];

    /// <summary>Erases what is due; answers how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var site in sites.All)
        {
            var before = BeijingTime.StartOf(
                BeijingTime.Date(clock.GetUtcNow()).AddYears(-settings.For<InterviewSettings>(site.Id).RetentionYears)).ToUniversalTime();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var here = await db.InterviewQuestions
                .Where(row => row.SealedKey != null && db.Interviews.Any(interview =>
                    interview.Id == row.InterviewId && interview.SiteId == site.Id && interview.StartsAt < before && Over.Contains(interview.State)))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SealedKey, (string?)null), cancellationToken);
            if (here > 0)
            {
                db.Record(Decision.By(
                    null, clock.GetUtcNow(), "interaction.question.erased", site.Id, "question", site.Id.ToString(), null, null, null,
                    ("lines", here.ToString(CultureInfo.InvariantCulture))));
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            erased += here;
        }

        return erased;
    }
}

/// <summary>Once a day.</summary>
internal sealed class QuestionWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<QuestionWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<EraseQuestions>().RunAsync(cancellationToken);
        return TimeSpan.FromDays(1);
    }
}
