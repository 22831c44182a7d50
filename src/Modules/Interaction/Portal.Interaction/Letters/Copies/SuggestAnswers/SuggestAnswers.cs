using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Interaction.Letters.Copies.SuggestAnswers;

/// <summary>Public answers to letters much like the one that is being written (G-33). What was typed is kept nowhere.</summary>
public sealed record SuggestAnswers(string Title, string Text) : IRequest<Outcome<IReadOnlyList<SuggestedAnswer>>>, IPublicRequest;

/// <summary>A public letter that may answer the question.</summary>
public sealed record SuggestedAnswer(string Number, string Title, string UnitName, DateOnly RepliedOn);

internal sealed class SuggestAnswersHandler(InteractionDbContext db, ICurrentSite current)
    : IRequestHandler<SuggestAnswers, Outcome<IReadOnlyList<SuggestedAnswer>>>
{
    private const int Most = 5;
    private const int MostRead = 200;
    private const int MostPairs = 40;
    private const double Like = 0.12;

    // Words that letters of every matter share.
    private static readonly string[] Common = ["建议", "反映", "关于", "希望", "请问", "问题", "怎么", "如何", "什么", "咨询", "投诉", "举报", "感谢", "我们", "能否", "是否", "可以"];

    public async Task<Outcome<IReadOnlyList<SuggestedAnswer>>> Handle(SuggestAnswers request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var title = Grams.Fold(PublicText.Line(request.Title));
        var asked = title.Length >= 4 ? title : title + " " + Grams.Fold(PublicText.Line(request.Text).CutTo(60));
        var pairs = PairsOf(asked).Distinct(StringComparer.Ordinal).Take(MostPairs).ToList();
        if (pairs.Count == 0)
        {
            return Array.Empty<SuggestedAnswer>();
        }

        // Three signs in a row that a title has too; among those, the titles that share most.
        var expression = $"{Grams.Quote(CopyTags.OfSite(site.Id))} & ({string.Join(" | ", pairs)})";
        var found = await db.LetterCopies
            .FromSql($"select * from interaction.letter_copies c where c.search_vector @@ {expression}::tsquery and c.state = 'Published'")
            .AsNoTracking().OrderByDescending(row => row.RepliedOn).ThenByDescending(row => row.Id).Take(MostRead)
            .Select(row => new { row.Number, row.Title, row.UnitName, row.RepliedOn })
            .ToListAsync(cancellationToken);
        var grams = Bigrams(asked);
        return found
            .Select(row => (Row: row, Score: Likeness(grams, Bigrams(Grams.Fold(row.Title.ToString())))))
            .Where(row => row.Score >= Like).OrderByDescending(row => row.Score).ThenByDescending(row => row.Row.RepliedOn).Take(Most)
            .Select(row => new SuggestedAnswer(row.Row.Number, row.Row.Title.ToString(), row.Row.UnitName, row.Row.RepliedOn))
            .ToArray();
    }

    private static IEnumerable<string> PairsOf(string text)
    {
        Rune[] signs = [.. text.EnumerateRunes()];
        for (var i = 0; i + 2 < signs.Length; i++)
        {
            var (first, second) = ($"{signs[i]}{signs[i + 1]}", $"{signs[i + 1]}{signs[i + 2]}");
            if (IsHan(signs[i]) && IsHan(signs[i + 1]) && IsHan(signs[i + 2]) && !Common.Contains(first) && !Common.Contains(second))
            {
                yield return $"({Grams.Quote(CopyTags.OfTitle(first))} & {Grams.Quote(CopyTags.OfTitle(second))})";
            }
        }
    }

    private static HashSet<string> Bigrams(string text)
    {
        Rune[] signs = [.. text.EnumerateRunes().Where(Rune.IsLetterOrDigit)];
        return [.. signs.Zip(signs.Skip(1), (first, second) => $"{first}{second}").Where(gram => !Common.Contains(gram))];
    }

    private static double Likeness(HashSet<string> one, HashSet<string> other) =>
        one.Count + other.Count == 0 ? 0 : 2.0 * one.Count(other.Contains) / (one.Count + other.Count);

    private static bool IsHan(Rune sign) => sign.Value is (>= 0x3400 and <= 0x9fff) or (>= 0x20000 and <= 0x3ffff);
}
