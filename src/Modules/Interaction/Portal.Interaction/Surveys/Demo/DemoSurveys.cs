using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Portal.Host.Contracts;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys.Demo;

/// <summary>
/// Surveys in every state and mode, with answers of nobody: what is chosen follows from the key of the survey alone, so that
/// every demo has the same figures. Notices and results are laid before the reviews as always; the plan says where a survey is
/// already, because what the public has of it arrives only with the facts.
/// </summary>
internal sealed class DemoSurveys(
    InteractionDbContext db, ISites sites, ISender sender, IServiceProvider services, SurveyTally tally, SurveyKeyring keyring,
    SurveyPapers papers, IStringLocalizer<SurveyText> text, IStringLocalizer<SurveyDeskText> desk, TimeProvider clock) : IDemoSeed
{
    public int Order => 315;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "surveys.json"));
        var planned = (await JsonSerializer.DeserializeAsync<IReadOnlyList<Plan>>(file, SurveyJson.Options, cancellationToken))!;
        var people = (await sender.Send(new FindStaff([.. planned.Select(plan => plan.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName);
        var added = 0;
        foreach (var plan in planned)
        {
            if (sites.ByKey(plan.Site) is { } site && people.GetValueOrDefault(plan.By) is { } person
                && !await db.Surveys.AnyAsync(row => row.SiteId == site.Id && row.Key == plan.Key, cancellationToken))
            {
                await AddAsync(plan, site, new Actor(person.Id, person.Name, person.Unit, []), cancellationToken);
                added++;
            }
        }

        demo.Report($"Interaction: {added} surveys");
    }

    private async Task AddAsync(Plan plan, SiteInfo site, Actor actor, CancellationToken cancellationToken)
    {
        if (SurveyChecks.Of(plan.Definition, desk) is { Count: > 0 } faults)
        {
            throw new InvalidOperationException($"{plan.Key}: {string.Join(' ', faults.Select(fault => fault.Message))}");
        }

        var now = clock.GetUtcNow();
        var canonical = SurveyJson.Canonical(plan.Definition);
        var survey = new Survey
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            Key = plan.Key,
            Title = plan.Title,
            Purpose = plan.Purpose,
            Audience = plan.Audience,
            Unit = plan.Unit,
            Contact = plan.Contact,
            Minutes = plan.Minutes,
            Mode = plan.Mode,
            OpensOn = plan.OpensOn,
            ClosesOn = plan.ClosesOn,
            // What is told to the public was told; the figures come after the answers.
            State = plan.State is SurveyState.Draft or SurveyState.Cancelled ? plan.State : SurveyState.Published,
            CancelReason = plan.CancelReason,
            Definition = canonical,
            Hash = plan.State == SurveyState.Draft ? null : SurveyJson.Hash(canonical),
            CreatedAt = now,
            Version = 1,
        };
        db.Surveys.Add(survey);
        if (survey.Hash is { } hash)
        {
            db.SurveyVersions.Add(new SurveyVersion
            {
                Id = Guid.CreateVersion7(now),
                SiteId = site.Id,
                SurveyId = survey.Id,
                Hash = hash,
                Content = canonical,
                At = now,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        if (plan.State != SurveyState.Draft)
        {
            await AnnounceAsync(
                papers.Notice(survey, SurveyNotice.Of(survey) with { CancelReason = plan.CancelReason }, plan.Definition),
                plan.OpensOn.AddDays(-3), actor, cancellationToken);
        }

        await AnswerAsync(plan, survey, cancellationToken);
        if (plan.State is SurveyState.Reported or SurveyState.ResultUnderReview)
        {
            var crosses = plan.Crosses.Select(pair => pair.Split(':')).ToList();
            List<CrossTable> tables = [];
            foreach (var pair in crosses)
            {
                tables.Add(await tally.CrossAsync(
                    survey, plan.Definition.Find(pair[0])!, plan.Definition.Find(pair[1])!, new SurveySettings().SmallestCell, cancellationToken));
            }

            var figures = await tally.CountAsync(survey, plan.Definition, cancellationToken) with { Crosses = tables };
            survey.Figures = SurveyJson.Canonical(figures);
            survey.Usage = plan.Usage;
            survey.ReportedOn = plan.ReportedOn;
            survey.State = plan.State;
            await db.SaveChangesAsync(cancellationToken);
            await AnnounceAsync(
                papers.Result(survey, new SurveyReport(figures, plan.Usage!)), plan.ClosesOn.AddDays(5), actor, cancellationToken);
        }

        db.ChangeTracker.Clear();
    }

    private async Task AnnounceAsync(AnnouncementDraft draft, DateOnly day, Actor actor, CancellationToken cancellationToken)
    {
        var announcements = ActivatorUtilities.CreateInstance<AnnouncementDesk>(services, new DemoClock(BeijingTime.StartOf(day).AddHours(9)));
        var submitted = await announcements.SubmitAsync(draft, actor, cancellationToken);
        if (!submitted.Succeeded)
        {
            throw new InvalidOperationException($"{draft.Slug}: {string.Join(' ', submitted.Failure.Errors.Select(error => error.Message))}");
        }
    }

    private async Task AnswerAsync(Plan plan, Survey survey, CancellationToken cancellationToken)
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Key))));
        var last = BeijingTime.Date(clock.GetUtcNow()) is var today && today < survey.ClosesOn ? today.AddDays(-1) : survey.ClosesOn;
        var span = Math.Max(1, last.DayNumber - survey.OpensOn.DayNumber + 1);
        SortedDictionary<DateOnly, int> days = [];
        List<string> holders = [];
        for (var i = 0; i < Math.Max(plan.Codes, plan.Answers) && survey.Mode != SurveyMode.Anonymous; i++)
        {
            var proof = survey.Mode == SurveyMode.Code ? SecretCode.Of(RandomNumberGenerator.GetBytes(SecretCode.SeedBytes)) : $"139{i:00000000}";
            holders.Add(await keyring.HolderAsync(survey.Id, survey.Mode, proof, cancellationToken));
        }

        if (survey.Mode == SurveyMode.Code)
        {
            db.SurveyCodes.AddRange(holders.Select(holder => new SurveyCode
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                SiteId = survey.SiteId,
                SurveyId = survey.Id,
                Batch = 1,
                Hash = holder,
            }));
        }

        for (var i = 0; i < plan.Answers; i++)
        {
            var answers = Filled(plan, random);
            var day = survey.OpensOn.AddDays(random.Next(span));
            days[day] = days.GetValueOrDefault(day) + 1;
            if (survey.Mode == SurveyMode.Anonymous)
            {
                Ballot(survey, answers);
                continue;
            }

            var id = Guid.CreateVersion7(clock.GetUtcNow());
            var (wrapped, key) = keyring.NewKey();
            var named = survey.Mode == SurveyMode.RealName;
            db.SurveyAnswers.Add(new SurveyAnswer
            {
                Id = id,
                SiteId = survey.SiteId,
                SurveyId = survey.Id,
                Hash = survey.Hash!,
                Holder = holders[i],
                FormId = new Guid(RandomNumberGenerator.GetBytes(16)),
                Sealed = named ? CaseKeyring.SealAsJson(key, id, new SurveyPerson(plan.Title[..1], $"139{i:00000000}")) : null,
                SealedKey = named ? wrapped : null,
                Content = SurveyAnswers.Write(answers),
                Day = day,
            });
        }

        if (survey.Mode == SurveyMode.Anonymous)
        {
            db.SurveyDays.AddRange(days.Select(day => new SurveyDay { SurveyId = survey.Id, SiteId = survey.SiteId, Day = day.Key, Answers = day.Value }));
        }

        foreach (var (question, words) in plan.Words)
        {
            foreach (var quote in words.Take(plan.Quotes))
            {
                db.SurveyQuotes.Add(new SurveyQuote
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    SiteId = survey.SiteId,
                    SurveyId = survey.Id,
                    Question = question,
                    Text = quote,
                    Source = await keyring.WordsAsync(survey.Id, question, quote, cancellationToken),
                });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private void Ballot(Survey survey, IReadOnlyDictionary<string, SurveyValue> answers)
    {
        foreach (var (question, value) in answers)
        {
            if ((value.Text ?? value.Other) is { } words)
            {
                db.SurveyWords.Add(new SurveyWords
                {
                    Id = new Guid(RandomNumberGenerator.GetBytes(16)),
                    SiteId = survey.SiteId,
                    SurveyId = survey.Id,
                    Question = question,
                    Text = words,
                });
            }
        }

        db.SurveyBallots.Add(new SurveyBallot
        {
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            SiteId = survey.SiteId,
            SurveyId = survey.Id,
            Hash = survey.Hash!,
            Content = SurveyAnswers.Write(answers.Where(pair => pair.Value.Text is null)
                .ToDictionary(pair => pair.Key, pair => pair.Value with { Other = null })),
        });
    }

    // As somebody fills it in: every page, and what depends on it after.
    private IReadOnlyDictionary<string, SurveyValue> Filled(Plan plan, Random random)
    {
        Dictionary<string, IReadOnlyList<string>> fields = new(StringComparer.Ordinal);
        foreach (var section in plan.Definition.Sections)
        {
            foreach (var question in section.Questions.Where(question => question.Required || random.Next(3) > 0))
            {
                Fill(fields, plan, question, random);
            }
        }

        var sheet = SurveySheet.Of(plan.Definition, fields, text);
        return sheet.FirstFaulty is { } faulty
            ? throw new InvalidOperationException($"{plan.Key}: {string.Join(' ', sheet.ErrorsOf(faulty).Select(error => error.Message))}")
            : sheet.Answers;
    }

    private static void Fill(Dictionary<string, IReadOnlyList<string>> fields, Plan plan, SurveyQuestion question, Random random)
    {
        var name = SurveySheet.NameOf(question);
        switch (question.Kind)
        {
            case QuestionKind.One:
                fields[name] = [question.Options[Math.Min(random.Next(question.Options.Count), random.Next(question.Options.Count))].Key];
                break;
            case QuestionKind.Rating:
                fields[name] = [question.Options[Math.Max(random.Next(question.Options.Count), random.Next(question.Options.Count))].Key];
                break;
            case QuestionKind.Several:
                var most = (int)(question.Maximum ?? 3);
                var plain = question.Options.Where(option => !option.Exclusive && !option.Other).Select(option => option.Key).ToArray();
                random.Shuffle(plain);
                fields[name] = random.Next(9) == 0 && question.Options.FirstOrDefault(option => option.Exclusive) is { } alone
                    ? [alone.Key] : [.. plain.Take(1 + random.Next(Math.Min(most, plain.Length)))];
                break;
            case QuestionKind.Matrix:
                foreach (var row in question.Rows)
                {
                    fields[SurveySheet.NameOf(question, row.Key)] =
                        [question.Options[Math.Max(random.Next(question.Options.Count), random.Next(question.Options.Count))].Key];
                }

                break;
            case QuestionKind.Ranking:
                var ranked = question.Options.Select(option => option.Key).ToArray();
                random.Shuffle(ranked);
                foreach (var (option, place) in ranked.Take((int)(question.Maximum ?? ranked.Length)).Select((option, index) => (option, index + 1)))
                {
                    fields[SurveySheet.NameOf(question, option)] = [place.ToString(CultureInfo.InvariantCulture)];
                }

                break;
            case QuestionKind.Number:
                var (least, largest) = ((int)(question.Minimum ?? 0), (int)(question.Maximum ?? 100));
                fields[name] = [(least + Math.Min(random.Next(largest - least), random.Next(largest - least))).ToString(CultureInfo.InvariantCulture)];
                break;
            case QuestionKind.Date:
                fields[name] = [question.From!.Value.AddDays(random.Next(1500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
                break;
            default:
                if (plan.Words.TryGetValue(question.Key, out var words) && random.Next(4) == 0)
                {
                    fields[name] = [words[random.Next(words.Count)]];
                }

                break;
        }
    }

    private sealed record Plan
    {
        public required string Site { get; init; }

        public required string Key { get; init; }

        /// <summary>Who prepared it.</summary>
        public required string By { get; init; }

        public required string Title { get; init; }

        public required string Purpose { get; init; }

        public required string Audience { get; init; }

        public required string Unit { get; init; }

        public required string Contact { get; init; }

        public int Minutes { get; init; }

        public SurveyMode Mode { get; init; }

        public DateOnly OpensOn { get; init; }

        public DateOnly ClosesOn { get; init; }

        public SurveyState State { get; init; }

        public DateOnly? ReportedOn { get; init; }

        public string? CancelReason { get; init; }

        public string? Usage { get; init; }

        public int Answers { get; init; }

        public int Codes { get; init; }

        public int Quotes { get; init; }

        public IReadOnlyList<string> Crosses { get; init; } = [];

        public Dictionary<string, IReadOnlyList<string>> Words { get; init; } = [];

        public required SurveyDefinition Definition { get; init; }
    }
}
