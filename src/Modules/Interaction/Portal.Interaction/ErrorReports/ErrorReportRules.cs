using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

/// <summary>What must hold for a step besides state and person.</summary>
internal static class ErrorReportRules
{
    public const int MaximumText = 1000;
    public const int MaximumNote = 500;

    /// <summary>What stands in the way of a step now, whatever is filled in: the key of a message, or null.</summary>
    public static string? Hindrance(ErrorCase found, ErrorTrigger trigger) => trigger switch
    {
        // Twice would send a report around for good: the second time the desk decides.
        ErrorTrigger.Return when found.Has(ErrorTrigger.Return) => "Rule.ReturnOnce",
        ErrorTrigger.AwaitEdition when found.Report.DocumentId is null => "Rule.NoDocument",
        _ => null,
    };

    /// <summary>What is wrong with what was filled in: a field and the key of a message.</summary>
    public static IEnumerable<FieldError> Faults(ErrorInput input, Func<string, string> text)
    {
        if (!PublicText.Fits(input.Note, MaximumNote))
        {
            yield return new FieldError(nameof(input.Note), text("Fault.NoteLong"));
        }

        switch (input.Trigger)
        {
            case ErrorTrigger.Return when input.Note.Length == 0:
                yield return new FieldError(nameof(input.Note), text("Fault.Reason"));
                break;
            case ErrorTrigger.Join when input.Into.Length == 0:
                yield return new FieldError(nameof(input.Into), text("Fault.Into"));
                break;
            case ErrorTrigger.Answer:
                if (input.Result is null)
                {
                    yield return new FieldError(nameof(input.Result), text("Fault.Result"));
                }

                if (input.Text.Length < 10 || !PublicText.Fits(input.Text, MaximumText))
                {
                    yield return new FieldError(nameof(input.Text), text("Fault.Answer"));
                }

                break;
        }
    }

    /// <summary>May the unit be given reports of the site? Its own, and those below it that stand for an organisation.</summary>
    public static bool MayHave(Guid siteId, SiteInfo unit) =>
        unit.Kind != SiteKind.Subsite && unit.Status != SiteStatus.Closed && unit.Path.Contains(siteId);

    /// <summary>The units that reports of these sites can be given to.</summary>
    public static IReadOnlyList<Choice> Units(IReadOnlyCollection<Guid> siteIds, ISites sites) =>
        [
            .. sites.All.Where(unit => siteIds.Any(site => MayHave(site, unit)))
                .OrderBy(unit => unit.Path.Count).ThenBy(unit => unit.OrganisationName, StringComparer.Ordinal)
                .Select(unit => new Choice(unit.Id.ToString(), unit.OrganisationName)),
        ];
}
