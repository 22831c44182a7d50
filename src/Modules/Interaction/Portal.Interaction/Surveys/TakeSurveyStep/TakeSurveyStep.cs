using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys.TakeSurveyStep;

/// <summary>A step of staff that <see cref="SurveyFlow"/> lists: to the reviews, back, longer, off, result.</summary>
public sealed record TakeSurveyStep : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;

    public Guid SurveyId { get; init; }

    public SurveyTrigger? Trigger { get; init; }

    public int Version { get; init; }

    /// <summary>Why it is extended or cancelled.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The new last day.</summary>
    public DateOnly? ClosesOn { get; init; }

    /// <summary>运用情况</summary>
    public string Usage { get; init; } = "";

    /// <summary>Pairs of questions to cross: <c>q1:q2</c>.</summary>
    public IReadOnlyList<string> Crosses { get; init; } = [];

    /// <summary>The numbers of persons in what is submitted were looked at, and belong before the public.</summary>
    public bool NumbersSeen { get; init; }
}

internal sealed class TakeSurveyStepHandler(
    InteractionDbContext db, SurveyScope scope, SurveyPapers papers, AnnouncementDesk desk, SurveyResults results,
    IStringLocalizer<SurveyDeskText> text, TimeProvider clock) : IRequestHandler<TakeSurveyStep, Outcome<Done>>
{
    private const int LongestReason = 300;
    private const int LongestUsage = 3000;

    public async Task<Outcome<Done>> Handle(TakeSurveyStep request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SurveyId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (survey, actor, _) = reached.Value;
        if (request.Trigger is not (SurveyTrigger.Submit or SurveyTrigger.Reopen or SurveyTrigger.Extend or SurveyTrigger.Cancel or SurveyTrigger.SubmitResult))
        {
            return Failure.NotFound;
        }

        var stage = survey.StageOf(BeijingTime.Date(clock.GetUtcNow()));
        if (survey.Version != request.Version)
        {
            return Conflict("Survey.Stale");
        }

        if (!stage.May(request.Trigger.Value))
        {
            return Conflict("Step.Not", text["Trigger." + request.Trigger].Value, text["Stage." + stage].Value);
        }

        return request.Trigger switch
        {
            SurveyTrigger.Submit => await SubmitAsync(survey, actor, request, cancellationToken),
            SurveyTrigger.Reopen => await ReopenAsync(survey, actor, cancellationToken),
            SurveyTrigger.Extend => await ExtendAsync(survey, actor, request, cancellationToken),
            SurveyTrigger.Cancel => await CancelAsync(survey, actor, stage, request, cancellationToken),
            _ => await ReportAsync(survey, actor, request, cancellationToken),
        };
    }

    private async Task<Outcome<Done>> SubmitAsync(Survey survey, Actor actor, TakeSurveyStep request, CancellationToken cancellationToken)
    {
        var definition = SurveyJson.Read<SurveyDefinition>(survey.Definition);
        if (SurveyChecks.Of(definition, text) is { Count: > 0 } faults)
        {
            return new Failure(FailureKind.Invalid, [.. faults.Select(fault => fault with { Field = "" })]);
        }

        if (survey.ClosesOn < BeijingTime.Date(clock.GetUtcNow()))
        {
            return Failure.Invalid("", text["Step.Past"]);
        }

        var canonical = SurveyJson.Canonical(definition);
        survey.Hash = SurveyJson.Hash(canonical);
        if (!await db.SurveyVersions.AnyAsync(row => row.SurveyId == survey.Id && row.Hash == survey.Hash, cancellationToken))
        {
            var now = clock.GetUtcNow();
            db.SurveyVersions.Add(new SurveyVersion
            {
                Id = Guid.CreateVersion7(now),
                SiteId = survey.SiteId,
                SurveyId = survey.Id,
                Hash = survey.Hash,
                Content = canonical,
                At = now,
            });
        }

        survey.State = SurveyState.UnderReview;
        Note(survey, actor, "submitted", null, ("hash", survey.Hash));
        return await SentAsync(papers.Notice(survey, SurveyNotice.Of(survey), definition), request, actor, cancellationToken);
    }

    private async Task<Outcome<Done>> ReopenAsync(Survey survey, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await desk.StandingAsync(AnnouncementKind.SurveyNotice, survey.Id, cancellationToken)).IsFree)
        {
            return Conflict("Step.InReview");
        }

        if (await results.HasAnswersAsync(survey, cancellationToken))
        {
            return Conflict("Step.HasAnswers");
        }

        survey.State = SurveyState.Draft;
        Note(survey, actor, "reopened", null);
        return await SavedAsync(cancellationToken);
    }

    private async Task<Outcome<Done>> ExtendAsync(Survey survey, Actor actor, TakeSurveyStep request, CancellationToken cancellationToken)
    {
        List<FieldError> faults = [];
        if (request.ClosesOn is not { } closesOn || closesOn <= survey.ClosesOn || closesOn > survey.ClosesOn.AddMonths(3))
        {
            faults.Add(new FieldError(nameof(request.ClosesOn), text["Step.Fault.ClosesOn"]));
        }

        var reason = ReasonOf(request);
        if (reason is null)
        {
            faults.Add(new FieldError(nameof(request.Reason), text["Step.Fault.Reason", LongestReason]));
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        // The row changes when the public is told.
        var notice = SurveyNotice.Of(survey) with
        {
            ClosesOn = request.ClosesOn!.Value,
            FirstClosesOn = survey.FirstClosesOn ?? survey.ClosesOn,
            ExtensionReason = reason,
        };
        Note(survey, actor, "extension-submitted", reason, ("closes", notice.ClosesOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        return await SentAsync(papers.Notice(survey, notice, SurveyJson.Read<SurveyDefinition>(survey.Definition)), request, actor, cancellationToken);
    }

    private async Task<Outcome<Done>> CancelAsync(
        Survey survey, Actor actor, SurveyStage stage, TakeSurveyStep request, CancellationToken cancellationToken)
    {
        if (ReasonOf(request) is not { } reason)
        {
            return Failure.Invalid(nameof(request.Reason), text["Step.Fault.Reason", LongestReason]);
        }

        if (stage is SurveyStage.Upcoming or SurveyStage.Open)
        {
            Note(survey, actor, "cancellation-submitted", reason);
            return await SentAsync(
                papers.Notice(survey, SurveyNotice.Of(survey) with { CancelReason = reason }, SurveyJson.Read<SurveyDefinition>(survey.Definition)),
                request, actor, cancellationToken);
        }

        if (!(await desk.StandingAsync(AnnouncementKind.SurveyNotice, survey.Id, cancellationToken)).IsFree)
        {
            return Conflict("Step.InReview");
        }

        survey.State = SurveyState.Cancelled;
        survey.CancelReason = reason;
        Note(survey, actor, "cancelled", reason);
        return await SavedAsync(cancellationToken);
    }

    private async Task<Outcome<Done>> ReportAsync(Survey survey, Actor actor, TakeSurveyStep request, CancellationToken cancellationToken)
    {
        var usage = PublicText.Paragraphs(request.Usage);
        if (usage.Length is < 20 or > LongestUsage)
        {
            return Failure.Invalid(nameof(request.Usage), text["Step.Fault.Usage", LongestUsage]);
        }

        var figures = await results.OfAsync(survey, request.Crosses, cancellationToken);
        if (figures is null)
        {
            return Failure.Invalid("Crosses", text["Step.Fault.Crosses"]);
        }

        survey.Usage = usage;
        survey.Figures = SurveyJson.Canonical(figures);
        survey.State = SurveyState.ResultUnderReview;
        Note(
            survey, actor, "result-submitted", null, ("answers", figures.Answers.ToString(CultureInfo.InvariantCulture)),
            ("figures", SurveyJson.Hash(survey.Figures)));
        return await SentAsync(papers.Result(survey, new SurveyReport(figures, usage)), request, actor, cancellationToken);
    }

    private void Note(Survey survey, Actor actor, string act, string? opinion, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        survey.Version++;
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "interaction.survey." + act, survey.SiteId, "survey", survey.Id.ToString(), survey.Title, opinion, survey.Hash, facts));
    }

    private async Task<Outcome<Done>> SentAsync(AnnouncementDraft draft, TakeSurveyStep request, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            var sent = await desk.SubmitAsync(draft with { NumbersSeen = request.NumbersSeen }, actor, cancellationToken);
            return sent.Succeeded ? Done.Value : sent.Failure;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict("Survey.Stale");
        }
    }

    private async Task<Outcome<Done>> SavedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Done.Value;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Conflict("Survey.Stale");
        }
    }

    private static string? ReasonOf(TakeSurveyStep request) =>
        PublicText.Paragraphs(request.Reason) is { Length: >= 5 and <= LongestReason } reason ? reason : null;

    private Failure Conflict(string key, params object[] arguments) =>
        new(FailureKind.Conflict, [new FieldError("", text[key, arguments])]);
}
