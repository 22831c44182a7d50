using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using Portal.Interaction.Interviews.ModerateQuestions;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.ExportQuestions;

/// <summary>The questions of an interview as a workbook: as moderators see them. That somebody took it away is recorded.</summary>
public sealed record ExportQuestions(Guid InterviewId) : IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <summary>Lines of one workbook.</summary>
    public const int MostLines = 20_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageInterviews;
}

internal sealed class ExportQuestionsHandler(
    InteractionDbContext db, InterviewScope scope, QuestionRows rows, IStringLocalizer<InterviewDeskText> text,
    IStringLocalizer<InterviewText> names, TimeProvider clock) : IRequestHandler<ExportQuestions, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportQuestions request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.InterviewId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (interview, actor, _) = reached.Value;
        var lines = await rows.ReadAsync(
            db.InterviewQuestions.AsNoTracking().Where(row => row.InterviewId == interview.Id)
                .OrderBy(row => row.At).ThenBy(row => row.Id).Take(ExportQuestions.MostLines),
            cancellationToken);
        using var workbook = new MemoryStream();
        await workbook.SaveAsAsync(lines.Select(Row), sheetName: text["Questions"], cancellationToken: cancellationToken);
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "interaction.question.exported", interview.SiteId, "interview", interview.Id.ToString(), interview.Topic,
            null, null, ("lines", lines.Count.ToString(CultureInfo.InvariantCulture))));
        await db.SaveChangesAsync(cancellationToken);
        return WorkbookText.Finished(workbook);
    }

    // Every cell is a text: what a question begins with never becomes a formula.
    private Dictionary<string, object> Row(QuestionRow row) => new()
    {
        [text["Column.Number"]] = row.Number,
        [text["Column.At"]] = BeijingTime.Minute(row.At),
        [text["Column.Asker"]] = row.Name,
        [text["Column.Question"]] = row.Text,
        [text["Column.State"]] = names["QuestionState." + row.State].Value,
        [text["WantsAnswer"]] = text[row.WantsAnswer ? "Yes" : "No"].Value,
        [text["Reject.Reason"]] = row.Reason is { } reason ? names["RejectReason." + reason].Value : "",
        [text["Into"]] = row.MergedInto ?? "",
        [text["Column.Letter"]] = row.LetterNumber ?? "",
    };
}

/// <summary>Sent as a form, because it is recorded.</summary>
internal sealed class ExportQuestionsEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/interviews/{interview:guid}/questions/export", async (
            Guid interview, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            // Bound so that the form is read, and with it its token.
            ArgumentNullException.ThrowIfNull(form);
            var exported = await sender.Send(new ExportQuestions(interview), cancellationToken);
            return exported.Succeeded ? Results.File(exported.Value, Workbook, "questions.xlsx") : exported.Failure.Page();
        });
}
