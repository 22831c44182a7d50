using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Audit.Register.ExportReviews;

internal sealed class ExportReviewsEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) => app.MapConsoleForm("/console/audit/register/export", AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        [FromForm] ExportReviews? form,
        ISender sender,
        TimeProvider clock,
        IStringLocalizer<AuditText> text,
        CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(form ?? new ExportReviews(), cancellationToken);
        var day = BeijingTime.In(clock.GetUtcNow()).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return outcome.Answer(workbook => Results.File(workbook, Workbook, text["Register.FileName", day]));
    }
}
