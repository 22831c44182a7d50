using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.EditConsultation;

/// <summary>The form of a new consultation and of the working copy of one.</summary>
internal sealed class EditConsultationEndpoint : ICarterModule
{
    private const string Route = "/console/consultations";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route + "/new", (ICurrentActor current, ICurrentSite site) =>
            site.Site is { } info && current.Actor?.Can(Permission.ManageConsultations, info) == true
                ? EditConsultationPage.Of(new EditConsultation { Text = new ConsultationText { Unit = info.OrganisationName } }, [], null)
                : Results.StatusCode(StatusCodes.Status403Forbidden));
        Sized(app.MapConsoleForm(Route + "/new", async (IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
            await AnswerAsync(await FilledAsync(form, cancellationToken), [], sender, cancellationToken)));
        app.MapConsolePage(
            Route + "/{consultation:guid}/edit",
            async (Guid consultation, ConsultationScope scope, CancellationToken cancellationToken) =>
            {
                var found = await scope.FindAsync(consultation, cancellationToken);
                return found.Succeeded ? EditConsultationPage.Of(Form(found.Value.Row), found.Value.Row.Working.Files, null) : found.Failure.Page();
            });
        Sized(app.MapConsoleForm(
            Route + "/{consultation:guid}/edit",
            async (Guid consultation, IFormCollection form, ConsultationScope scope, ISender sender, CancellationToken cancellationToken) =>
            {
                var found = await scope.FindAsync(consultation, cancellationToken);
                return found.Succeeded
                    ? await AnswerAsync(
                        await FilledAsync(form, cancellationToken) with { Id = consultation, Key = found.Value.Row.Key },
                        found.Value.Row.Working.Files, sender, cancellationToken)
                    : found.Failure.Page();
            }));
    }

    private static void Sized(RouteHandlerBuilder endpoint) => endpoint
        .WithFormOptions(multipartBodyLengthLimit: SentFile.LargestForm, valueLengthLimit: 512 * 1024)
        .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestForm));

    private static async Task<IResult> AnswerAsync(
        EditConsultation form, IReadOnlyList<ConsultationFile> files, ISender sender, CancellationToken cancellationToken)
    {
        var saved = await sender.Send(form, cancellationToken);
        return saved.Succeeded ? Results.LocalRedirect($"/console/consultations/{saved.Value}?done=saved")
            : saved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict ? EditConsultationPage.Of(form, files, saved.Failure)
            : saved.Failure.Page();
    }

    private static EditConsultation Form(Consultation row) => new()
    {
        Id = row.Id,
        Version = row.Version,
        Key = row.Key,
        Text = row.Working,
        Draft = DraftClauses.Write(row.Working.Clauses),
    };

    private static async Task<EditConsultation> FilledAsync(IFormCollection form, CancellationToken cancellationToken) => new()
    {
        Version = form.Number("Version"),
        Key = form.Text("Key").Trim(),
        Draft = form.Text("Draft"),
        Files = await form.FilesAsync("Files", cancellationToken),
        Dropped = [.. form["Dropped"].OfType<string>()],
        Text = new ConsultationText
        {
            Title = form.Text("Title"),
            Kind = form.Chosen<ConsultationKind>("Kind"),
            Background = form.Text("Background"),
            Explanation = form.Text("Explanation"),
            From = form.Day("From"),
            To = form.Day("To"),
            ShortReason = form.Text("ShortReason"),
            Post = form.Text("Post"),
            Email = form.Text("Email").Trim(),
            Phone = form.Text("Phone").Trim(),
            Interpretation = form.Text("Interpretation"),
            Unit = form.Text("Unit"),
            Contact = form.Text("Contact"),
        },
    };
}
