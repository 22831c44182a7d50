using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Commands;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Interaction.Surveys.MixBallots;

/// <summary>
/// Opens the envelopes of days that are over and mixes what was in them with all that was mixed before, in one transaction:
/// every row of the survey is written anew, in a random order. Neither where a ballot lies nor which transaction wrote it
/// tells when it came. Names of real-name answers are erased here too.
/// </summary>
internal sealed class MixBallots(
    InteractionDbContext db, SurveyEnvelopes envelopes, ISites sites, ISettings settings, TimeProvider clock)
{
    // A form can be sent again for a day; after that nobody asks whether it was.
    private const int FormDays = 3;

    private DateOnly Today => BeijingTime.Date(clock.GetUtcNow());

    /// <summary>Mixes all surveys; answers how many envelopes were opened.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = Today;
        var waiting = await db.SurveyEnvelopes.Where(row => row.Sealed != null && row.Day < today)
            .Select(row => row.SurveyId).Distinct().ToListAsync(cancellationToken);
        var opened = 0;
        foreach (var survey in waiting)
        {
            opened += await MixAsync(survey, cancellationToken);
        }

        var forgotten = today.AddDays(-FormDays);
        await db.SurveyEnvelopes.Where(row => row.Sealed == null && row.Day < forgotten).ExecuteDeleteAsync(cancellationToken);
        await EraseAsync(cancellationToken);
        return opened;
    }

    /// <summary>Mixes one survey: what came before today, or, once it has ended, all of it.</summary>
    public async Task<int> MixAsync(Guid surveyId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One at a time for a survey, on whichever host. An answer that is being sent waits for nobody.
        var closesOn = await db.Database
            .SqlQuery<DateOnly>($"""select closes_on as "Value" from interaction.surveys where id = {surveyId} for update""")
            .SingleAsync(cancellationToken);
        var today = Today;
        var ended = today > closesOn;
        var waiting = await db.SurveyEnvelopes.AsNoTracking()
            .Where(row => row.SurveyId == surveyId && row.Sealed != null && (ended || row.Day < today)).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        foreach (var envelope in waiting)
        {
            Add(envelope, envelopes.Open(envelope.Sealed!));
        }

        await CountAsync(surveyId, waiting, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        string[] forms = [.. waiting.Select(row => row.Form)];
        await db.SurveyEnvelopes.Where(row => forms.Contains(row.Form))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, (byte[]?)null), cancellationToken);
        await ShuffleAsync(surveyId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return waiting.Count;
    }

    private void Add(SurveyEnvelope envelope, SealedBallot ballot)
    {
        Dictionary<string, SurveyValue> kept = new(StringComparer.Ordinal);
        foreach (var (question, value) in ballot.Answers)
        {
            if ((value.Text ?? value.Other) is { } words)
            {
                db.SurveyWords.Add(new SurveyWords
                {
                    Id = NewId(),
                    SiteId = envelope.SiteId,
                    SurveyId = envelope.SurveyId,
                    Question = question,
                    Text = words,
                });
            }

            if (value.Text is null)
            {
                kept[question] = value with { Other = null };
            }
        }

        db.SurveyBallots.Add(new SurveyBallot
        {
            Id = NewId(),
            SiteId = envelope.SiteId,
            SurveyId = envelope.SurveyId,
            Hash = ballot.Hash,
            Content = SurveyAnswers.Write(kept),
        });
    }

    private async Task CountAsync(Guid surveyId, IReadOnlyList<SurveyEnvelope> opened, CancellationToken cancellationToken)
    {
        var days = await db.SurveyDays.Where(row => row.SurveyId == surveyId).ToDictionaryAsync(row => row.Day, cancellationToken);
        foreach (var group in opened.GroupBy(row => row.Day))
        {
            if (!days.TryGetValue(group.Key, out var day))
            {
                day = new SurveyDay { SurveyId = surveyId, Day = group.Key, SiteId = group.First().SiteId };
                db.SurveyDays.Add(day);
            }

            day.Answers += group.Count();
        }
    }

    private async Task ShuffleAsync(Guid surveyId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            with taken as (delete from interaction.survey_ballots where survey_id = {surveyId} returning site_id, survey_id, hash, content)
            insert into interaction.survey_ballots (id, site_id, survey_id, hash, content)
            select gen_random_uuid(), site_id, survey_id, hash, content from taken order by random()
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            with taken as (delete from interaction.survey_words where survey_id = {surveyId} returning site_id, survey_id, question, text)
            insert into interaction.survey_words (id, site_id, survey_id, question, text)
            select gen_random_uuid(), site_id, survey_id, question, text from taken order by random()
            """,
            cancellationToken);
    }

    // The keys of names go; what was answered stays, and is nobody's.
    private async Task EraseAsync(CancellationToken cancellationToken)
    {
        var today = Today;
        var due = await db.Surveys.Where(row => row.Mode == SurveyMode.RealName && row.ErasedAt == null && row.ClosesOn < today)
            .ToListAsync(cancellationToken);
        foreach (var survey in due.Where(row =>
            sites.ById(row.SiteId) is not null
            && row.ClosesOn.AddDays(settings.For<SurveySettings>(row.SiteId).RetentionDays) < today))
        {
            await db.SurveyAnswers.Where(row => row.SurveyId == survey.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SealedKey, (string?)null).SetProperty(row => row.Sealed, (byte[]?)null), cancellationToken);
            survey.ErasedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static Guid NewId() => new(RandomNumberGenerator.GetBytes(16));
}

/// <summary>Mixes soon after midnight, and whenever the host starts.</summary>
internal sealed class MixWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MixWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(5), clock, logger)
{
    private readonly TimeProvider _clock = clock;

    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await SurveysCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<MixBallots>().RunAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        return BeijingTime.StartOf(BeijingTime.Date(now).AddDays(1)).AddMinutes(5) - now;
    }
}

/// <summary><c>surveys mix</c>.</summary>
internal sealed class SurveysCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var mix = new Command(
            "mix", "Opens and mixes the anonymous answers of days that are over, and erases names whose time is up; the worker does so every night.");
        mix.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            await LoadAsync(scope.ServiceProvider, cancellationToken);
            var opened = await scope.ServiceProvider.GetRequiredService<MixBallots>().RunAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{opened} answers mixed.");
            return 0;
        });
        return new Command("surveys", "Surveys.") { mix };
    }

    /// <summary>A command and a worker that is the first at work come before anybody has loaded these.</summary>
    internal static async Task LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<ISites>().EnsureLoadedAsync(cancellationToken);
        await services.GetRequiredService<ISettings>().EnsureLoadedAsync(cancellationToken);
    }
}
