using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys;

/// <summary>What the reviews released becomes what the survey is: its days, its end, its result.</summary>
internal sealed class SurveyAnnounced(InteractionDbContext db) : IAnnounced
{
    public bool Takes(AnnouncementKind kind) => kind is AnnouncementKind.SurveyNotice or AnnouncementKind.SurveyResult;

    public async Task PublishedAsync(Announcement announcement, AnnouncedDocument document, CancellationToken cancellationToken)
    {
        if (await FindAsync(document, cancellationToken) is not { } survey)
        {
            return;
        }

        if (document.Kind == AnnouncementKind.SurveyNotice)
        {
            var notice = SurveyJson.Read<SurveyNotice>(announcement.Content);
            survey.NoticePath = document.Path;
            (survey.OpensOn, survey.ClosesOn) = (notice.OpensOn, notice.ClosesOn);
            (survey.FirstClosesOn, survey.ExtensionReason, survey.CancelReason) =
                (notice.FirstClosesOn, notice.ExtensionReason, notice.CancelReason);
            survey.State = notice.CancelReason is not null ? SurveyState.Cancelled
                : survey.State is SurveyState.UnderReview or SurveyState.Cancelled ? SurveyState.Published
                : survey.State;
        }
        else
        {
            var report = SurveyJson.Read<SurveyReport>(announcement.Content);
            survey.ResultPath = document.Path;
            survey.Figures = SurveyJson.Canonical(report.Figures);
            survey.Usage = report.Usage;
            survey.ReportedOn = BeijingTime.Date(document.FirstPublishedAt ?? announcement.At);
            survey.State = SurveyState.Reported;
        }

        survey.Version++;
    }

    public async Task WithdrawnAsync(AnnouncedDocument document, CancellationToken cancellationToken)
    {
        if (await FindAsync(document, cancellationToken) is not { } survey)
        {
            return;
        }

        if (document.Kind == AnnouncementKind.SurveyResult)
        {
            survey.ResultPath = null;
            survey.ReportedOn = null;
            survey.State = SurveyState.Published;
        }
        else
        {
            survey.NoticePath = null;
            survey.CancelReason = null;
            survey.State = SurveyState.UnderReview;
        }

        survey.Version++;
    }

    private Task<Survey?> FindAsync(AnnouncedDocument document, CancellationToken cancellationToken) =>
        db.Surveys.SingleOrDefaultAsync(row => row.Id == document.SubjectId, cancellationToken);
}
