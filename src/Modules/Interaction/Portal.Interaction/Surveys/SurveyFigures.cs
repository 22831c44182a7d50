using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Portal.Interaction.Surveys;

/// <summary>A line of a question's figures.</summary>
/// <param name="Key">Option, row, or bracket of numbers.</param>
/// <param name="Label">What readers see.</param>
/// <param name="Count">How many.</param>
/// <param name="Mean">Mean place in a ranking, or mean point of a row.</param>
/// <param name="Counts">Of a matrix: by point of the scale.</param>
public sealed record FigureLine(string Key, string Label, int Count, decimal? Mean = null, IReadOnlyList<int>? Counts = null);

/// <summary>The figures of a question.</summary>
public sealed record QuestionFigures
{
    public required string Key { get; init; }

    public required QuestionKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>How many answered it: hidden and skipped questions have fewer than the survey.</summary>
    public required int Answered { get; init; }

    public IReadOnlyList<FigureLine> Lines { get; init; } = [];

    /// <summary>Points of a matrix's scale.</summary>
    public IReadOnlyList<string> Scale { get; init; } = [];

    public decimal? Mean { get; init; }

    public decimal? Median { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>Words that staff chose and masked.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];
}

/// <summary>All figures of a survey, as they are laid before the reviews and then shown to the public.</summary>
public sealed record SurveyFigures
{
    public required int Answers { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }

    public required SurveyMode Mode { get; init; }

    public required string Hash { get; init; }

    public required IReadOnlyList<QuestionFigures> Questions { get; init; }

    /// <summary>Pairs of questions that staff found worth crossing.</summary>
    public IReadOnlyList<CrossTable> Crosses { get; init; } = [];
}

/// <summary>Counts answers.</summary>
internal sealed class SurveyTally(InteractionDbContext db)
{
    private const int Brackets = 8;

    public async Task<SurveyFigures> CountAsync(Survey survey, SurveyDefinition definition, CancellationToken cancellationToken)
    {
        var counters = definition.Questions.ToDictionary(question => question.Key, question => new Counter(question), StringComparer.Ordinal);
        var answers = 0;
        await foreach (var content in Contents(survey).WithCancellation(cancellationToken))
        {
            answers++;
            foreach (var (key, value) in SurveyAnswers.Read(content))
            {
                counters.GetValueOrDefault(key)?.Add(value);
            }
        }

        var words = await db.SurveyWords.Where(row => row.SurveyId == survey.Id).GroupBy(row => row.Question)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var quotes = await db.SurveyQuotes.AsNoTracking().Where(row => row.SurveyId == survey.Id)
            .OrderBy(row => row.Source).Select(row => new { row.Question, row.Text }).ToListAsync(cancellationToken);
        return new SurveyFigures
        {
            Answers = answers,
            From = survey.OpensOn,
            Until = survey.ClosesOn,
            Mode = survey.Mode,
            Hash = survey.Hash!,
            Questions =
            [
                .. definition.Questions.Select(question => counters[question.Key].Figures(
                    question.IsText && survey.Mode == SurveyMode.Anonymous ? words.GetValueOrDefault(question.Key) : null) with
                {
                    Quotes = [.. quotes.Where(quote => quote.Question == question.Key).Select(quote => quote.Text)],
                }),
            ],
        };
    }

    /// <summary>How many answers there are, also those that nobody has opened yet.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> NumbersAsync(IReadOnlyCollection<Guid> surveys, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. surveys];
        return (await db.SurveyAnswers.Where(row => ids.Contains(row.SurveyId)).Select(row => new { row.SurveyId, Answers = 1 })
                .Concat(db.SurveyEnvelopes.Where(row => ids.Contains(row.SurveyId) && row.Sealed != null).Select(row => new { row.SurveyId, Answers = 1 }))
                .GroupBy(row => row.SurveyId).Select(group => new { group.Key, Answers = group.Sum(row => row.Answers) })
                .Concat(db.SurveyDays.Where(row => ids.Contains(row.SurveyId)).GroupBy(row => row.SurveyId)
                    .Select(group => new { group.Key, Answers = group.Sum(row => row.Answers) }))
                .ToListAsync(cancellationToken))
            .GroupBy(row => row.Key).ToDictionary(group => group.Key, group => group.Sum(row => row.Answers));
    }

    /// <summary>The cross table of two questions that have one answer each; its small cells are hidden.</summary>
    public async Task<CrossTable> CrossAsync(
        Survey survey, SurveyQuestion rows, SurveyQuestion columns, int smallest, CancellationToken cancellationToken)
    {
        // The table's name is a constant, never input.
        var table = survey.Mode == SurveyMode.Anonymous ? "survey_ballots" : "survey_answers";
        var sql = $$"""
            select content -> {1} -> 'chosen' ->> 0 as "Row", content -> {2} -> 'chosen' ->> 0 as "Column", count(*)::int as "Count"
            from interaction.{{table}} where survey_id = {0} and jsonb_exists(content, {1}) and jsonb_exists(content, {2}) group by 1, 2
            """;
        var counts = await db.Database
            .SqlQuery<CellCount>(FormattableStringFactory.Create(sql, survey.Id, rows.Key, columns.Key))
            .ToListAsync(cancellationToken);
        var cells = new int[rows.Options.Count, columns.Options.Count];
        foreach (var count in counts)
        {
            var (row, column) = (IndexOf(rows, count.Row), IndexOf(columns, count.Column));
            if (row >= 0 && column >= 0)
            {
                cells[row, column] = count.Count;
            }
        }

        return CrossTable.Of(rows, columns, cells, smallest);
    }

    /// <summary>A bracket ends before the next begins: 0–19, 20–39; 0–19.9 where tenths were asked for.</summary>
    public static string BracketName(decimal from, decimal width, int decimals)
    {
        var to = from + width - new decimal(1, 0, 0, false, (byte)decimals);
        return to == from ? FormattableString.Invariant($"{from:0.####}") : FormattableString.Invariant($"{from:0.####}–{to:0.####}");
    }

    /// <summary>Can the question stand in a cross table? One answer each, so that rows and columns add up.</summary>
    public static bool CanCross(SurveyQuestion question) => question.IsOneOfOptions && question.Options.Count <= 12;

    private static int IndexOf(SurveyQuestion question, string? key)
    {
        for (var i = 0; i < question.Options.Count; i++)
        {
            if (question.Options[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }

    private IAsyncEnumerable<string> Contents(Survey survey) => survey.Mode == SurveyMode.Anonymous
        ? db.SurveyBallots.Where(row => row.SurveyId == survey.Id).Select(row => row.Content).AsAsyncEnumerable()
        : db.SurveyAnswers.Where(row => row.SurveyId == survey.Id).Select(row => row.Content).AsAsyncEnumerable();

    private sealed record CellCount(string? Row, string? Column, int Count);

    private sealed class Counter(SurveyQuestion question)
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly Dictionary<(string Row, string Point), int> _cells = [];
        private readonly List<decimal> _numbers = [];
        private readonly SortedDictionary<string, int> _months = new(StringComparer.Ordinal);
        private int _answered;

        public void Add(SurveyValue value)
        {
            _answered++;
            foreach (var (chosen, place) in (value.Chosen ?? []).Select((chosen, index) => (chosen, index + 1)))
            {
                _counts[chosen] = _counts.GetValueOrDefault(chosen) + 1;
                _places[chosen] = _places.GetValueOrDefault(chosen) + place;
            }

            foreach (var (row, point) in value.Cells ?? new Dictionary<string, string>())
            {
                _cells[(row, point)] = _cells.GetValueOrDefault((row, point)) + 1;
            }

            if (value.Number is { } number)
            {
                _numbers.Add(number);
            }

            if (value.Day is { } day)
            {
                var month = FormattableString.Invariant($"{day:yyyy-MM}");
                _months[month] = _months.GetValueOrDefault(month) + 1;
            }
        }

        public QuestionFigures Figures(int? words) => new()
        {
            Key = question.Key,
            Kind = question.Kind,
            Title = question.Title,
            Unit = question.Unit,
            Answered = words ?? _answered,
            Lines = Lines(),
            Scale = question.Kind == QuestionKind.Matrix ? [.. question.Options.Select(option => option.Label)] : [],
            Mean = question.Kind == QuestionKind.Rating ? Mean(question.Options.Select(option => _counts.GetValueOrDefault(option.Key)))
                : _numbers.Count > 0 ? decimal.Round(_numbers.Average(), 2) : null,
            Median = Median(),
        };

        private IReadOnlyList<FigureLine> Lines() => question.Kind switch
        {
            QuestionKind.One or QuestionKind.Several or QuestionKind.Rating =>
                [.. question.Options.Select(option => new FigureLine(option.Key, option.Label, _counts.GetValueOrDefault(option.Key)))],
            QuestionKind.Ranking =>
            [
                .. question.Options.Select(option => new FigureLine(
                    option.Key, option.Label, _counts.GetValueOrDefault(option.Key),
                    _counts.TryGetValue(option.Key, out var count) ? decimal.Round((decimal)_places[option.Key] / count, 2) : null)),
            ],
            QuestionKind.Matrix =>
            [
                .. question.Rows.Select(row =>
                {
                    int[] counts = [.. question.Options.Select(option => _cells.GetValueOrDefault((row.Key, option.Key)))];
                    return new FigureLine(row.Key, row.Label, counts.Sum(), Mean(counts), counts);
                }),
            ],
            QuestionKind.Number => Bracketed(),
            QuestionKind.Date => [.. _months.Select(month => new FigureLine(month.Key, month.Key, month.Value))],
            _ => [],
        };

        private static decimal? Mean(IEnumerable<int> counts)
        {
            int[] all = [.. counts];
            var total = all.Sum();
            return total == 0 ? null : decimal.Round((decimal)all.Select((count, index) => (long)count * (index + 1)).Sum() / total, 2);
        }

        private decimal? Median()
        {
            if (_numbers.Count == 0)
            {
                return null;
            }

            _numbers.Sort();
            var middle = _numbers.Count / 2;
            return _numbers.Count % 2 == 1 ? _numbers[middle] : decimal.Round((_numbers[middle - 1] + _numbers[middle]) / 2, 2);
        }

        // Single numbers may be a person's own; brackets of a round width are not.
        private IReadOnlyList<FigureLine> Bracketed()
        {
            if (_numbers.Count == 0)
            {
                return [];
            }

            var (least, most) = (_numbers.Min(), _numbers.Max());
            var width = RoundUp((most - least) / Brackets);
            var start = decimal.Floor(least / width) * width;
            return
            [
                .. _numbers.GroupBy(number => (int)((number - start) / width)).OrderBy(group => group.Key).Select(group =>
                {
                    var from = start + (group.Key * width);
                    var label = BracketName(from, width, question.Decimals);
                    return new FigureLine(label, label, group.Count());
                }),
            ];
        }

        private static decimal RoundUp(decimal width)
        {
            var step = 0.0001m;
            while (true)
            {
                foreach (var factor in (decimal[])[1, 2, 5])
                {
                    if (step * factor >= width && step * factor >= 1)
                    {
                        return step * factor;
                    }
                }

                step *= 10;
            }
        }
    }
}
