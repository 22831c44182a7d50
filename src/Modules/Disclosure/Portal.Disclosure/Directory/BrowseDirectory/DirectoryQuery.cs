using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory.BrowseDirectory;

/// <summary>What a visitor or a program asks of the directory, as it stands in the address.</summary>
/// <param name="Request">What was understood.</param>
/// <param name="Typed">What was typed into the fields that people fill in, by their keys.</param>
/// <param name="Errors">What could not be understood: nothing is dropped in silence, for that would find everything.</param>
internal sealed record DirectoryQuery(
    BrowseDirectory Request, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors)
{
    public const int LongestText = 100;

    private static readonly string[] Fields = ["q", "number", "index", "from", "to"];

    /// <summary>Reads the address; null when it names something that no list has: nothing is there.</summary>
    public static DirectoryQuery? Read(
        IQueryCollection query, SiteInfo scope, ISites sites, IStringLocalizer<DirectoryText> text)
    {
        var known = true;
        List<FieldError> errors = [];
        var typed = Fields.ToDictionary(key => key, key => query[key].ToString().Trim(), StringComparer.Ordinal);
        string Text(string key) => query[key].ToString().Trim() is var value && value.Length <= LongestText ? value : value[..LongestText];
        void Wrong(string key, string message) => errors.Add(new FieldError(key, message));
        string? Code(string key, Classification list)
        {
            var code = Text(key);
            known &= code.Length == 0 || list.ItemOf(code) is not null;
            return code.Length == 0 ? null : code;
        }

        string Words(string key, string unsearchable, Func<string, bool> isSearchable)
        {
            var words = typed[key];
            if (words.Length > LongestText)
            {
                Wrong(key, text["Find.Long", LongestText]);
            }
            else if (words.Length > 0 && (words.Any(char.IsControl) || !isSearchable(words)))
            {
                Wrong(key, text[unsearchable]);
            }

            return words;
        }

        DateOnly? Day(string key)
        {
            if (typed[key].Length == 0)
            {
                return null;
            }

            if (DateOnly.TryParseExact(typed[key], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day.Year is > 1900 and < 9000)
            {
                return day;
            }

            Wrong(key, text["Find.NoDay"]);
            return null;
        }

        var owner = Text("site") is { Length: > 0 } siteKey ? sites.ByKey(siteKey) : null;
        known &= Text("site").Length == 0 || (owner is not null && owner.Path.Contains(scope.Id));
        var year = int.TryParse(Text("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        known &= Text("year").Length == 0 || year is >= DirectoryBrowser.FirstYear and < 9000;
        var cursor = Cursor.Parse(Text("cursor"));
        known &= Text("cursor").Length == 0 || cursor is not null;
        var request = new BrowseDirectory
        {
            ScopeId = scope.Id,
            Title = Words("q", "Find.Unsearchable", DirectoryBrowser.IsSearchable),
            Number = Words("number", "Find.NoNumber", value => value.Any(char.IsLetterOrDigit)),
            Index = Words("index", "Find.NoIndex", value => value.Any(char.IsLetterOrDigit)),
            SiteId = owner?.Id,
            Subject = Code("subject", Classifications.Subjects),
            Genre = Code("genre", Classifications.Genres),
            Item = Code("item", Classifications.StatutoryItems),
            FiveOpenness = Code("five", Classifications.FiveOpenness),
            Validity = Code("validity", Classifications.Validity),
            Year = year > 0 ? year : null,
            From = Day("from"),
            To = Day("to"),
            Cursor = cursor,
        };
        if (request.From > request.To)
        {
            Wrong("to", text["Find.Backwards"]);
        }

        return known ? new DirectoryQuery(request, typed, errors) : null;
    }
}
