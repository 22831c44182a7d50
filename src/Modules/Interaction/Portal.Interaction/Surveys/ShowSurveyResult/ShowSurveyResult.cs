using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys.ShowSurveyResult;

/// <summary>The result that went through the reviews, and a cross table of the reader's choice.</summary>
/// <param name="Key">The survey.</param>
/// <param name="Rows">Question of the rows.</param>
/// <param name="Columns">Question of the columns.</param>
public sealed record ShowSurveyResult(string Key, string? Rows, string? Columns) : IRequest<Outcome<SurveyResult>>, IPublicRequest;

public sealed record SurveyResult
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    public required string Title { get; init; }

    public required string Unit { get; init; }

    public required SurveyFigures Figures { get; init; }

    /// <summary>运用情况</summary>
    public required string Usage { get; init; }

    public required DateOnly ReportedOn { get; init; }

    public string? ReportPath { get; init; }

    /// <summary>Questions that can be crossed.</summary>
    public required IReadOnlyList<Choice> Crossable { get; init; }

    public string? Rows { get; init; }

    public string? Columns { get; init; }

    /// <summary>What was asked for.</summary>
    public CrossTable? Cross { get; init; }
}

internal sealed class ShowSurveyResultHandler(
    InteractionDbContext db, FrozenQuestionnaires questionnaires, SurveyTally tally, ICurrentSite current, ISettings settings)
    : IRequestHandler<ShowSurveyResult, Outcome<SurveyResult>>
{
    public async Task<Outcome<SurveyResult>> Handle(ShowSurveyResult request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site
            || await db.Surveys.AsNoTracking().SingleOrDefaultAsync(row => row.SiteId == site.Id && row.Key == request.Key, cancellationToken)
                is not { State: SurveyState.Reported } survey)
        {
            return Failure.NotFound;
        }

        var definition = await questionnaires.OfAsync(db, survey, cancellationToken);
        SurveyQuestion[] crossable = [.. definition.Questions.Where(SurveyTally.CanCross)];
        var rows = crossable.FirstOrDefault(question => question.Key == request.Rows);
        var columns = crossable.FirstOrDefault(question => question.Key == request.Columns);
        return new SurveyResult
        {
            Id = survey.Id,
            Key = survey.Key,
            Title = survey.Title,
            Unit = survey.Unit,
            Figures = SurveyJson.Read<SurveyFigures>(survey.Figures!),
            Usage = survey.Usage!,
            ReportedOn = survey.ReportedOn!.Value,
            ReportPath = survey.ResultPath,
            Crossable = [.. crossable.Select(question => new Choice(question.Key, question.Title))],
            Rows = rows?.Key,
            Columns = columns?.Key,
            Cross = rows is null || columns is null || rows == columns
                ? null
                : await tally.CrossAsync(survey, rows, columns, settings.For<SurveySettings>(site.Id).SmallestCell, cancellationToken),
        };
    }
}
