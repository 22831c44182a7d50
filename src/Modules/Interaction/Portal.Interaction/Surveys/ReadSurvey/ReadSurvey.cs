using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys.ReadSurvey;

/// <summary>
/// A survey at the desk. While it is open there is one number, how many have answered; figures come when it is over. In the
/// anonymous mode nobody ever sees an answer as a whole.
/// </summary>
public sealed record ReadSurvey(Guid SurveyId) : IRequest<Outcome<SurveyView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;
}

public sealed record SurveyView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Key { get; init; }

    public required string Title { get; init; }

    public required string SiteName { get; init; }

    public required Uri Address { get; init; }

    public required SurveyStage Stage { get; init; }

    public required SurveyMode Mode { get; init; }

    public required DateOnly OpensOn { get; init; }

    public required DateOnly ClosesOn { get; init; }

    public required string Purpose { get; init; }

    public string? Hash { get; init; }

    public required int Sections { get; init; }

    public required int Questions { get; init; }

    public required int Answers { get; init; }

    /// <summary>How many codes were issued.</summary>
    public required int Codes { get; init; }

    public required IReadOnlyList<(DateOnly Day, int Answers)> Days { get; init; }

    public SurveyFigures? Figures { get; init; }

    public required string Usage { get; init; }

    public string? CancelReason { get; init; }

    /// <summary>How it stands with the reviews of the notice and of the result: the stage's name and the edition.</summary>
    public required string NoticeStage { get; init; }

    public Guid? NoticeEdition { get; init; }

    public required string ResultStage { get; init; }

    public Guid? ResultEdition { get; init; }

    /// <summary>The notice is on its way to the public: nothing else of it can be submitted.</summary>
    public required bool InReview { get; init; }

    public required IReadOnlyList<string> Faults { get; init; }

    public required IReadOnlyList<SurveyTrigger> May { get; init; }

    /// <summary>Pairs that may be crossed.</summary>
    public required IReadOnlyList<Choice> Pairs { get; init; }

    public required bool Late { get; init; }
}

internal sealed class ReadSurveyHandler(
    InteractionDbContext db, SurveyScope scope, SurveyTally tally, SurveyResults results, AnnouncementDesk desk, ISites sites,
    IStringLocalizer<SurveyDeskText> text, TimeProvider clock) : IRequestHandler<ReadSurvey, Outcome<SurveyView>>
{
    public async Task<Outcome<SurveyView>> Handle(ReadSurvey request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SurveyId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (survey, _, site) = reached.Value;
        var today = BeijingTime.Date(clock.GetUtcNow());
        var stage = survey.StageOf(today);
        var definition = SurveyJson.Read<SurveyDefinition>(survey.Definition);
        var notice = await desk.StandingAsync(AnnouncementKind.SurveyNotice, survey.Id, cancellationToken);
        var result = await desk.StandingAsync(AnnouncementKind.SurveyResult, survey.Id, cancellationToken);
        SurveyQuestion[] crossable = [.. definition.Questions.Where(SurveyTally.CanCross)];
        return new SurveyView
        {
            Id = survey.Id,
            Version = survey.Version,
            Key = survey.Key,
            Title = survey.Title,
            SiteName = site.Name,
            Address = sites.AddressOf(site, "surveys/" + survey.Key),
            Stage = stage,
            Mode = survey.Mode,
            OpensOn = survey.OpensOn,
            ClosesOn = survey.ClosesOn,
            Purpose = survey.Purpose,
            Hash = survey.Hash,
            Sections = definition.Sections.Count,
            Questions = definition.Questions.Count(),
            Answers = (await tally.NumbersAsync([survey.Id], cancellationToken)).GetValueOrDefault(survey.Id),
            Codes = survey.Mode == SurveyMode.Code ? await db.SurveyCodes.CountAsync(row => row.SurveyId == survey.Id, cancellationToken) : 0,
            Days = await DaysAsync(survey, cancellationToken),
            Figures = stage switch
            {
                SurveyStage.Closed => await results.OfAsync(survey, [], cancellationToken),
                SurveyStage.ResultUnderReview or SurveyStage.Reported => SurveyJson.Read<SurveyFigures>(survey.Figures!),
                _ => null,
            },
            Usage = survey.Usage ?? "",
            CancelReason = survey.CancelReason,
            NoticeStage = notice.Stage.ToString(),
            NoticeEdition = notice.EditionId,
            ResultStage = result.Stage.ToString(),
            ResultEdition = result.EditionId,
            InReview = !notice.IsFree,
            Faults = stage == SurveyStage.Draft ? [.. SurveyChecks.Of(definition, text).Select(fault => fault.Message)] : [],
            May = [.. Enum.GetValues<SurveyTrigger>().Where(trigger => SurveyFlow.Find(stage, trigger) is { Who: SurveyParty.Editor }
                && (trigger is not (SurveyTrigger.Submit or SurveyTrigger.Reopen or SurveyTrigger.Extend or SurveyTrigger.Cancel) || notice.IsFree)
                && (trigger != SurveyTrigger.SubmitResult || result.IsFree)
                && (trigger != SurveyTrigger.IssueCodes || survey.Mode == SurveyMode.Code))],
            Pairs =
            [
                .. crossable.SelectMany((row, index) => crossable.Skip(index + 1).Select(column =>
                    new Choice($"{row.Key}:{column.Key}", text["Result.Pair", row.Title, column.Title]))),
            ],
            Late = SurveyFlow.IsLate(stage, survey.ClosesOn, today),
        };
    }

    private async Task<IReadOnlyList<(DateOnly Day, int Answers)>> DaysAsync(Survey survey, CancellationToken cancellationToken)
    {
        if (survey.Mode != SurveyMode.Anonymous)
        {
            return [.. (await db.SurveyAnswers.Where(row => row.SurveyId == survey.Id).GroupBy(row => row.Day)
                .Select(group => new { group.Key, Count = group.Count() }).OrderBy(group => group.Key).ToListAsync(cancellationToken))
                .Select(group => (group.Key, group.Count))];
        }

        return [.. (await db.SurveyDays.AsNoTracking().Where(row => row.SurveyId == survey.Id).OrderBy(row => row.Day).ToListAsync(cancellationToken))
            .Select(row => (row.Day, row.Answers))];
    }
}
