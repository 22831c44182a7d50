using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Portal.Disclosure.Directory.HarvestDirectory;

/// <summary>An error of the protocol: its code for programs, words for people.</summary>
internal sealed record HarvestError(string Code, string Words);

/// <summary>
/// A request of OAI-PMH 2.0, checked by the protocol's rules: each verb has its arguments, none twice, and a resumption
/// token stands alone.
/// </summary>
internal sealed record HarvestRequest
{
    public const string Identify = "Identify";
    public const string ListMetadataFormats = "ListMetadataFormats";
    public const string ListSets = "ListSets";
    public const string GetRecord = "GetRecord";
    public const string ListIdentifiers = "ListIdentifiers";
    public const string ListRecords = "ListRecords";

    private const string VerbKey = "verb";
    private const string TokenKey = "resumptionToken";
    private const string DayForm = "yyyy-MM-dd";
    private const string SecondForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    // The second after a bound must not run past the last instant that there is.
    private static readonly DateTimeOffset Latest = new(9998, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (string[] Must, string[] May)> Verbs = new(StringComparer.Ordinal)
    {
        [Identify] = ([], []),
        [ListMetadataFormats] = ([], ["identifier"]),
        [ListSets] = ([], []),
        [GetRecord] = (["identifier", "metadataPrefix"], []),
        [ListIdentifiers] = (["metadataPrefix"], ["from", "until", "set"]),
        [ListRecords] = (["metadataPrefix"], ["from", "until", "set"]),
    };

    public string Verb { get; private init; } = "";

    public string? Identifier { get; private init; }

    public string Prefix { get; private init; } = "";

    /// <summary>Where and with which filters to read a list.</summary>
    public HarvestToken? Place { get; private init; }

    /// <summary>It goes on with a list.</summary>
    public bool Resumes { get; private init; }

    /// <summary>The arguments as they were sent; what an answer repeats. None when they were wrong.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; private init; } = [];

    public IReadOnlyList<HarvestError> Errors { get; private init; } = [];

    public static HarvestRequest Of(
        IReadOnlyList<KeyValuePair<string, string>> arguments, Guid directoryId, IStringLocalizer<DirectoryText> text)
    {
        HarvestRequest Wrong(string code, LocalizedString words) => new() { Errors = [new HarvestError(code, words)] };

        var verbs = arguments.Where(argument => argument.Key == VerbKey).ToList();
        if (verbs.Count != 1 || !Verbs.TryGetValue(verbs[0].Value, out var known))
        {
            return Wrong("badVerb", text["Harvest.badVerb"]);
        }

        var verb = verbs[0].Value;
        var others = arguments.Where(argument => argument.Key != VerbKey).ToList();
        if (others.GroupBy(argument => argument.Key).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            return Wrong("badArgument", text["Harvest.repeated", repeated.Key]);
        }

        var values = others.ToDictionary(argument => argument.Key, argument => argument.Value, StringComparer.Ordinal);
        var resumable = verb is ListSets or ListIdentifiers or ListRecords;
        if (values.Keys.FirstOrDefault(key =>
            !known.Must.Contains(key) && !known.May.Contains(key) && !(resumable && key == TokenKey)) is { } foreign)
        {
            return Wrong("badArgument", text["Harvest.foreign", verb, foreign]);
        }

        if (values.FirstOrDefault(value => value.Value.Length == 0) is { Key: { } empty })
        {
            return Wrong("badArgument", text["Harvest.empty", empty]);
        }

        if (values.TryGetValue(TokenKey, out var token))
        {
            return values.Count > 1
                ? Wrong("badArgument", text["Harvest.exclusive"])
                : Resume(verb, token, arguments, directoryId, text);
        }

        if (known.Must.FirstOrDefault(key => !values.ContainsKey(key)) is { } missing)
        {
            return Wrong("badArgument", text["Harvest.missing", verb, missing]);
        }

        var request = new HarvestRequest
        {
            Verb = verb,
            Arguments = arguments,
            Identifier = values.GetValueOrDefault("identifier"),
            Prefix = values.GetValueOrDefault("metadataPrefix") ?? "",
        };
        if (known.Must.Contains("metadataPrefix") && !HarvestXml.Formats.Contains(request.Prefix))
        {
            return request with { Errors = [new("cannotDisseminateFormat", text["Harvest.format", request.Prefix])] };
        }

        return verb is ListIdentifiers or ListRecords ? request.WithPlace(values, directoryId, text) : request;
    }

    private static HarvestRequest Resume(
        string verb, string token, IReadOnlyList<KeyValuePair<string, string>> arguments, Guid directoryId,
        IStringLocalizer<DirectoryText> text)
    {
        var place = HarvestToken.Parse(token);
        var request = new HarvestRequest { Verb = verb, Arguments = arguments };
        var fault = place is null ? "Harvest.token"
            : place.DirectoryId != directoryId ? "Harvest.token.other"
            : place.Verb != verb || !HarvestXml.Formats.Contains(place.Prefix) ? "Harvest.token.verb"
            : null;
        return fault is null
            ? request with { Place = place, Prefix = place!.Prefix, Resumes = true }
            : request with { Errors = [new("badResumptionToken", text[fault])] };
    }

    private HarvestRequest WithPlace(
        Dictionary<string, string> values, Guid directoryId, IStringLocalizer<DirectoryText> text)
    {
        HarvestRequest Wrong(LocalizedString words) => this with { Arguments = [], Errors = [new("badArgument", words)] };

        var (from, until) = (values.GetValueOrDefault("from"), values.GetValueOrDefault("until"));
        DateTimeOffset? first = null;
        DateTimeOffset? before = null;
        if (from is not null && (first = At(from)) is null)
        {
            return Wrong(text["Harvest.date", "from", from]);
        }

        if (until is not null)
        {
            if (At(until) is not { } last)
            {
                return Wrong(text["Harvest.date", "until", until]);
            }

            before = until.Length == DayForm.Length ? last.AddDays(1) : last.AddSeconds(1);
        }

        if (from is not null && until is not null && from.Length != until.Length)
        {
            return Wrong(text["Harvest.granularity"]);
        }

        if (first >= before)
        {
            return Wrong(text["Harvest.order"]);
        }

        return this with
        {
            Place = new HarvestToken
            {
                DirectoryId = directoryId,
                Verb = Verb,
                Prefix = Prefix,
                Set = values.GetValueOrDefault("set"),
                From = first,
                Before = before,
            },
        };
    }

    private static DateTimeOffset? At(string text) => DateTimeOffset.TryParseExact(
        text, [DayForm, SecondForm], CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
        && instant >= DateTimeOffset.UnixEpoch && instant < Latest ? instant : null;
}
