using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys.ManageSurvey;

/// <summary>Starts a survey on the site that one works on, empty or like an earlier one, or changes the facts of a draft.</summary>
public sealed partial record ManageSurvey : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;

    /// <summary>Null: a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The version that the form was filled in from.</summary>
    public int Version { get; init; }

    /// <summary>Names it in addresses; only for a new one.</summary>
    public string Key { get; init; } = "";

    /// <summary>The survey whose questionnaire a new one begins with.</summary>
    public Guid? Like { get; init; }

    public string Title { get; init; } = "";

    public string Purpose { get; init; } = "";

    public string Audience { get; init; } = "";

    public string Unit { get; init; } = "";

    public string Contact { get; init; } = "";

    public int Minutes { get; init; }

    public SurveyMode? Mode { get; init; }

    public SurveyProof Proof { get; init; }

    public DateOnly? OpensOn { get; init; }

    public DateOnly? ClosesOn { get; init; }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    internal static partial Regex KeyForm();
}

internal sealed class ManageSurveyValidator : AbstractValidator<ManageSurvey>
{
    public ManageSurveyValidator(IStringLocalizer<SurveyDeskText> text, TimeProvider clock)
    {
        RuleFor(form => form.Key).Must(key => key.Length is >= 3 and <= 50 && ManageSurvey.KeyForm().IsMatch(key))
            .When(form => form.Id is null).WithMessage(_ => text["Survey.Fault.Key"]);
        RuleFor(form => form.Title).Must(title => IsLine(title, 4, 60)).WithMessage(_ => text["Survey.Fault.Title"]);
        RuleFor(form => form.Purpose).Must(words => PublicText.Paragraphs(words) is { Length: >= 10 and <= 2000 })
            .WithMessage(_ => text["Survey.Fault.Purpose"]);
        RuleFor(form => form.Audience).Must(line => IsLine(line, 0, 100)).WithMessage(_ => text["Survey.Fault.Audience"]);
        RuleFor(form => form.Unit).Must(line => IsLine(line, 2, 60)).WithMessage(_ => text["Survey.Fault.Unit"]);
        RuleFor(form => form.Contact).Must(line => IsLine(line, 0, 100)).WithMessage(_ => text["Survey.Fault.Contact"]);
        RuleFor(form => form.Minutes).InclusiveBetween(1, 60).WithMessage(_ => text["Survey.Fault.Minutes"]);
        RuleFor(form => form.Mode).NotNull().WithMessage(_ => text["Survey.Fault.Mode"]);
        RuleFor(form => form.OpensOn).NotNull().WithMessage(_ => text["Survey.Fault.OpensOn"]);
        RuleFor(form => form.ClosesOn).NotNull().WithMessage(_ => text["Survey.Fault.ClosesOn"])
            .GreaterThanOrEqualTo(_ => BeijingTime.Date(clock.GetUtcNow())).WithMessage(_ => text["Survey.Fault.ClosesPast"]);
    }

    private static bool IsLine(string text, int least, int most) =>
        PublicText.Line(text) is var line && line.Length >= least && line.Length <= most;
}

internal sealed class ManageSurveyHandler(
    InteractionDbContext db, SurveyScope scope, ISites sites, ICurrentActor current, ICurrentSite currentSite, ISettings settings,
    IStringLocalizer<SurveyDeskText> text, TimeProvider clock) : IRequestHandler<ManageSurvey, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(ManageSurvey request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var found = request.Id is { } id
            ? await ChangedAsync(id, request.Version, cancellationToken)
            : await StartedAsync(actor, request, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var survey = found.Value;
        var fewest = settings.For<SurveySettings>(survey.SiteId).FewestDays;
        if (request.ClosesOn!.Value.DayNumber - request.OpensOn!.Value.DayNumber + 1 < fewest)
        {
            return Failure.Invalid(nameof(request.ClosesOn), text["Survey.Fault.Days", fewest]);
        }

        survey.Title = PublicText.Line(request.Title);
        survey.Purpose = PublicText.Paragraphs(request.Purpose);
        survey.Audience = PublicText.Line(request.Audience);
        survey.Unit = PublicText.Line(request.Unit);
        survey.Contact = PublicText.Line(request.Contact);
        survey.Minutes = request.Minutes;
        survey.Mode = request.Mode!.Value;
        survey.Proof = request.Proof;
        (survey.OpensOn, survey.ClosesOn) = (request.OpensOn.Value, request.ClosesOn.Value);
        survey.Version++;
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), request.Id is null ? "interaction.survey.started" : "interaction.survey.changed", survey.SiteId, "survey",
            survey.Id.ToString(), survey.Title, null, null, ("key", survey.Key), ("mode", survey.Mode.ToString()),
            ("opens", Day(survey.OpensOn)), ("closes", Day(survey.ClosesOn))));
        var refused = await db.TrySaveAsync(
            cancellationToken,
            exception => exception.Breaks(SurveyConfiguration.OneKey) ? Failure.Invalid(nameof(request.Key), text["Survey.Fault.KeyTaken"]) : null);
        return refused?.Kind == FailureKind.Conflict ? Stale() : refused is not null ? refused : survey.Id;
    }

    private async Task<Outcome<Survey>> StartedAsync(Actor actor, ManageSurvey request, CancellationToken cancellationToken)
    {
        if (currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageSurveys, site))
        {
            return Failure.Forbidden;
        }

        var definition = SurveyJson.Canonical(new SurveyDefinition());
        if (request.Like is { } like)
        {
            var earlier = await db.Surveys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == like, cancellationToken);
            if (earlier is null || sites.ById(earlier.SiteId) is not { } home || !actor.Can(Permission.ManageSurveys, home))
            {
                return Failure.Invalid(nameof(request.Like), text["Survey.Fault.Like"]);
            }

            definition = earlier.Definition;
        }

        var now = clock.GetUtcNow();
        var survey = new Survey
        {
            Id = Guid.CreateVersion7(now),
            SiteId = site.Id,
            Key = request.Key,
            Title = "",
            Purpose = "",
            Unit = "",
            Definition = definition,
            CreatedAt = now,
        };
        db.Surveys.Add(survey);
        return survey;
    }

    private async Task<Outcome<Survey>> ChangedAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(id, cancellationToken);
        return !reached.Succeeded ? reached.Failure
            : reached.Value.Survey.State != SurveyState.Draft ? new Failure(FailureKind.Conflict, [new FieldError("", text["Survey.Frozen"])])
            : reached.Value.Survey.Version != version ? Stale()
            : reached.Value.Survey;
    }

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Survey.Stale"])]);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
