using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys.ChooseSurveyWords;

/// <summary>Words of one's own of a question, once the survey is over: apart from whoever wrote them and in no order of theirs.</summary>
public sealed record ReadSurveyWords(Guid SurveyId, string? Question, string? After) : IRequest<Outcome<SurveyWordsView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;
}

/// <summary>Shows words to the public as they were masked by a person, or takes them back.</summary>
public sealed record ChooseSurveyWords(Guid SurveyId, string Question, string Source, string Text, bool Chosen) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;
}

public sealed record SurveyWordsView
{
    public required Guid SurveyId { get; init; }

    public required string Title { get; init; }

    /// <summary>Questions that asked for words.</summary>
    public required IReadOnlyList<Choice> Questions { get; init; }

    public required string Question { get; init; }

    public required IReadOnlyList<WordsLine> Lines { get; init; }

    public string? Next { get; init; }

    public required bool Editable { get; init; }
}

/// <summary>Words, what is proposed for the public, and whether they were chosen.</summary>
public sealed record WordsLine(string Source, string Text, string Proposed, bool Chosen);

internal sealed class SurveyWordsHandler(
    InteractionDbContext db, SurveyScope scope, SurveyKeyring keyring, FrozenQuestionnaires questionnaires, MixBallots.MixBallots mixer,
    IStringLocalizer<SurveyDeskText> text, TimeProvider clock)
    : IRequestHandler<ReadSurveyWords, Outcome<SurveyWordsView>>, IRequestHandler<ChooseSurveyWords, Outcome<Done>>
{
    private const int Size = 50;
    private const int Longest = 2000;

    public async Task<Outcome<SurveyWordsView>> Handle(ReadSurveyWords request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SurveyId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var survey = reached.Value.Survey;
        var stage = survey.StageOf(BeijingTime.Date(clock.GetUtcNow()));
        if (stage is not (SurveyStage.Closed or SurveyStage.ResultUnderReview or SurveyStage.Reported))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Words.Not"])]);
        }

        await mixer.MixAsync(survey.Id, cancellationToken);
        var definition = await questionnaires.OfAsync(db, survey, cancellationToken);
        Choice[] asked =
        [
            .. definition.Questions.Where(question => question.IsText || question.Options.Any(option => option.Other))
                .Select(question => new Choice(question.Key, question.Title)),
        ];
        var chosen = asked.FirstOrDefault(choice => choice.Value == request.Question) ?? asked.FirstOrDefault();
        if (chosen is null)
        {
            return new SurveyWordsView
            {
                SurveyId = survey.Id,
                Title = survey.Title,
                Questions = [],
                Question = "",
                Lines = [],
                Editable = false,
            };
        }

        var (lines, next) = await LinesAsync(survey, chosen.Value, request.After, cancellationToken);
        return new SurveyWordsView
        {
            SurveyId = survey.Id,
            Title = survey.Title,
            Questions = asked,
            Question = chosen.Value,
            Lines = lines,
            Next = next,
            Editable = stage.May(SurveyTrigger.ChooseWords),
        };
    }

    public async Task<Outcome<Done>> Handle(ChooseSurveyWords request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SurveyId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (survey, actor, _) = reached.Value;
        if (!survey.StageOf(BeijingTime.Date(clock.GetUtcNow())).May(SurveyTrigger.ChooseWords))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Words.Fixed"])]);
        }

        var quote = await db.SurveyQuotes.SingleOrDefaultAsync(
            row => row.SurveyId == survey.Id && row.Source == request.Source && row.Question == request.Question, cancellationToken);
        if (quote is not null)
        {
            db.SurveyQuotes.Remove(quote);
        }

        var words = PublicText.Paragraphs(request.Text);
        if (request.Chosen)
        {
            if (words.Length is 0 or > Longest || request.Source.Length != 64)
            {
                return Failure.Invalid("Text", text["Words.Fault", Longest]);
            }

            if (Masking.ForPublic(words) != words)
            {
                return Failure.Invalid("Text", text["Words.Unmasked"]);
            }

            var now = clock.GetUtcNow();
            db.SurveyQuotes.Add(new SurveyQuote
            {
                Id = Guid.CreateVersion7(now),
                SiteId = survey.SiteId,
                SurveyId = survey.Id,
                Question = request.Question,
                Text = words,
                Source = request.Source,
            });
        }

        db.Record(Decision.By(
            actor, clock.GetUtcNow(), request.Chosen ? "interaction.survey.words-chosen" : "interaction.survey.words-dropped", survey.SiteId, "survey",
            survey.Id.ToString(), survey.Title, null, null, ("question", request.Question)));
        return await db.TrySaveAsync(
            cancellationToken, exception => exception.Breaks(SurveyQuoteConfiguration.Once) ? Failure.Conflict : null) is { } failure ? failure : Done.Value;
    }

    // Anonymous words lie mixed, by random ids. Others are read in the order of a keyed hash, which is as random.
    private async Task<(IReadOnlyList<WordsLine> Lines, string? Next)> LinesAsync(
        Survey survey, string question, string? after, CancellationToken cancellationToken)
    {
        List<string> words;
        if (survey.Mode == SurveyMode.Anonymous)
        {
            words = await db.SurveyWords.AsNoTracking().Where(row => row.SurveyId == survey.Id && row.Question == question)
                .Select(row => row.Text).ToListAsync(cancellationToken);
        }
        else
        {
            words = [];
            await foreach (var content in db.SurveyAnswers.Where(row => row.SurveyId == survey.Id).Select(row => row.Content)
                .AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (SurveyAnswers.Read(content).TryGetValue(question, out var value) && (value.Text ?? value.Other) is { } written)
                {
                    words.Add(written);
                }
            }
        }

        List<(string Source, string Text)> sourced = [];
        foreach (var written in words.Distinct(StringComparer.Ordinal))
        {
            sourced.Add((await keyring.WordsAsync(survey.Id, question, written, cancellationToken), written));
        }

        var page = sourced.Where(line => after is null || string.CompareOrdinal(line.Source, after) > 0)
            .OrderBy(line => line.Source, StringComparer.Ordinal).Take(Size + 1).ToList();
        string[] sources = [.. page.Select(line => line.Source)];
        var quotes = await db.SurveyQuotes.AsNoTracking().Where(row => row.SurveyId == survey.Id && sources.Contains(row.Source))
            .ToDictionaryAsync(row => row.Source, row => row.Text, cancellationToken);
        return (
            [
                .. page.Take(Size).Select(line => new WordsLine(
                    line.Source, line.Text, quotes.GetValueOrDefault(line.Source) ?? PersonalSpans.Starred(line.Text), quotes.ContainsKey(line.Source))),
            ],
            page.Count > Size ? page[Size - 1].Source : null);
    }
}
