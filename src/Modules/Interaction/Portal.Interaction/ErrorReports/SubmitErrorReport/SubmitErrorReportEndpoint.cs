using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.SubmitErrorReport;

/// <summary>我为政府网站找错: the form that every page's footer leads to (W-09), and its receipt.</summary>
internal sealed class SubmitErrorReportEndpoint : ICarterModule
{
    private const string Route = "/error-reports/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicUncached(Route, ShowAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicForm(Route, AnswerAsync)
            .ShownAgainWithout("FormToken")
            .AddEndpointFilter<OpenSiteFilter>()
            .WithFormOptions(valueLengthLimit: 64 * 1024);
    }

    private static async Task<IResult> ShowAsync(
        string? page, string? document, string? edition, string? quote, string? prefix, string? suffix, ErrorReportForms forms,
        PagesOfReports pages, IStringLocalizer<ErrorReportText> text, CancellationToken cancellationToken)
    {
        var form = new SubmitErrorReport
        {
            FormToken = forms.NewForm(),
            Page = PublicText.Line(page),
            Document = Id(document),
            Edition = Id(edition),
            Quote = PublicText.Line(quote).CutTo(ErrorReportFieldRules.MaximumQuote),
            Prefix = PublicText.Line(prefix),
            Suffix = PublicText.Line(suffix),
        };
        var (found, fault) = await FindAsync(form, pages, cancellationToken);
        return SubmitErrorReportPage.Of(
            form, found, null, fault is null ? [] : [new FieldError(nameof(form.Page), text[fault])], StatusCodes.Status200OK);
    }

    private static async Task<IResult> AnswerAsync(
        IFormCollection fields, HttpContext context, ISender sender, ErrorReportForms forms, PagesOfReports pages, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var form = new SubmitErrorReport
        {
            FormToken = fields.Text("FormToken"),
            Website = fields.Text("Website"),
            Turn = fields.Text("Turn"),
            TurnAnswer = fields.Text("TurnAnswer"),
            Page = fields.Text("Page"),
            Document = fields.Id("Document"),
            Edition = fields.Id("Edition"),
            Kind = fields.Chosen<ErrorKind>("Kind"),
            Quote = fields.Text("Quote"),
            Prefix = fields.Text("Prefix"),
            Suffix = fields.Text("Suffix"),
            Problem = fields.Text("Problem"),
            Proposal = fields.Text("Proposal"),
            Phone = fields.Text("Phone"),
            Email = fields.Text("Email"),
            Sender = context.Connection.RemoteIpAddress,
        };
        var sent = await sender.Send(form, cancellationToken);
        if (sent is { Succeeded: true, Value.Receipt: { } receipt })
        {
            return ErrorReceiptPage.Of(receipt);
        }

        var (found, _) = await FindAsync(form, pages, cancellationToken);
        if (sent.Succeeded)
        {
            context.Response.RetryAt(sent.Value.At!.Value, clock);
            return SubmitErrorReportPage.Of(
                form with { Turn = sent.Value.Turn! }, found, sent.Value.At, [], StatusCodes.Status429TooManyRequests);
        }

        if (sent.Failure.Kind != FailureKind.Invalid)
        {
            return Results.StatusCode(sent.Failure.Status());
        }

        var (token, failure) = UsedForm.Again(form.FormToken, sent.Failure, forms);
        var fresh = token == form.FormToken ? form : form with { FormToken = token, Turn = "" };
        var (errors, status) = ShownAgain.Said(context, failure.Errors, StatusCodes.Status422UnprocessableEntity);
        return SubmitErrorReportPage.Of(fresh, found, null, errors, status);
    }

    private static async Task<(PageOfReport? Page, string? Fault)> FindAsync(
        SubmitErrorReport form, PagesOfReports pages, CancellationToken cancellationToken) =>
        form.Page.Length == 0 ? (null, null) : await pages.FindAsync(form.Page, form.Document, cancellationToken);

    // Whatever else stands there is no id.
    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
