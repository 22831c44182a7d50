using System.Globalization;
using Carter;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Calendars.EditDays;

/// <summary>
/// The days that a region states for a year, to be changed by hand; with <see cref="Typed"/>, what that would change.
/// </summary>
public sealed record EditDays : IRequest<Outcome<DaysForm>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSettings;

    public required string Region { get; init; }

    public required int Year { get; init; }

    /// <summary>What somebody has typed; null: the form as it begins.</summary>
    public CalendarProposal? Typed { get; init; }
}

/// <summary>A form of days; with its preview when it holds.</summary>
public sealed record DaysForm(
    CalendarRegion Region, CalendarProposal Form, CalendarPreview? Preview, IReadOnlyList<FieldError> Errors);

internal sealed class EditDaysHandler(
    CalendarReader reader, CalendarScope scope, CalendarPreviews previews, IStringLocalizer<CalendarText> text)
    : IRequestHandler<EditDays, Outcome<DaysForm>>
{
    public async Task<Outcome<DaysForm>> Handle(EditDays request, CancellationToken cancellationToken)
    {
        var region = scope.Find(request.Region);
        if (!region.Succeeded)
        {
            return region.Failure;
        }

        if (request.Year is < ProposalRules.FirstYear or > ProposalRules.LastYear)
        {
            return Failure.NotFound;
        }

        if (request.Typed is not { } typed)
        {
            return new DaysForm(region.Value, await BeginAsync(request, cancellationToken), null, []);
        }

        var preview = await previews.OfAsync(typed, cancellationToken);
        return preview.Succeeded && preview.Value.ChangesAnything ? new DaysForm(region.Value, typed, preview.Value, [])
            : preview.Succeeded ? new DaysForm(region.Value, typed, null, [new FieldError("Days", text["Same"])])
            : preview.Failure.Kind == FailureKind.Invalid ? new DaysForm(region.Value, typed, null, preview.Failure.Errors)
            : preview.Failure;
    }

    private async Task<CalendarProposal> BeginAsync(EditDays request, CancellationToken cancellationToken)
    {
        var own = (await reader.LatestAsync([request.Region], cancellationToken)).SingleOrDefault();
        return new CalendarProposal
        {
            Region = request.Region,
            Year = request.Year,
            BasedOn = own?.Number ?? 0,
            Days =
            [
                .. CalendarBook.DaysOf(own, request.Region, request.Year).Select(day => new ProposedDay(
                    day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    day.IsOff ? ProposedDay.Off : ProposedDay.Work, day.Name)),
            ],
        };
    }
}

internal sealed class EditDaysEndpoint : ICarterModule
{
    private const string Route = "/console/calendars/{region}/{year:int}/days";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (string region, int year, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(new EditDays { Region = region, Year = year }, sender, cancellationToken));
        app.MapConsoleForm(Route, (
            string region, int year, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(
                new EditDays { Region = region, Year = year, Typed = CalendarProposal.Of(region, year, form) },
                sender, cancellationToken));
    }

    private static async Task<IResult> AnswerAsync(EditDays request, ISender sender, CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(request, cancellationToken);
        return !outcome.Succeeded ? outcome.Failure.Page()
            : outcome.Value.Preview is { } preview ? CalendarPreviewPage.Render(preview, [], StatusCodes.Status200OK)
            : EditDaysPage.Render(outcome.Value);
    }
}
