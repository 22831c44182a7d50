using Carter;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Calendars.ImportNotice;

/// <summary>Reads the yearly notice from a file and says what it would change. Nothing is kept yet.</summary>
public sealed record ImportNotice : IRequest<Outcome<CalendarPreview>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSettings;

    /// <summary>What the form says beside the file; the days come from the file.</summary>
    public required CalendarProposal Proposal { get; init; }

    public byte[]? File { get; init; }
}

internal sealed class ImportNoticeHandler(
    CalendarReader reader, CalendarScope scope, CalendarPreviews previews, IStringLocalizer<CalendarText> text)
    : IRequestHandler<ImportNotice, Outcome<CalendarPreview>>
{
    public async Task<Outcome<CalendarPreview>> Handle(ImportNotice request, CancellationToken cancellationToken)
    {
        var proposal = request.Proposal;
        var region = scope.Find(proposal.Region);
        if (!region.Succeeded)
        {
            return region.Failure;
        }

        var read = NoticeFile.Read(request.File, text);
        if (!read.Succeeded)
        {
            return read.Failure;
        }

        var file = read.Value;
        if (file.Year is null && proposal.Year == 0)
        {
            return Failure.Invalid("Year", text["Year.Missing"]);
        }

        if (file.Year is { } year && proposal.Year != 0 && proposal.Year != year)
        {
            return Failure.Invalid("Year", text["Year.Other", year]);
        }

        var numbers = await reader.NumbersAsync(cancellationToken);
        var outcome = await previews.OfAsync(
            proposal with
            {
                Year = file.Year ?? proposal.Year,
                Papers = file.Papers,
                Days = file.Days,
                BasedOn = numbers.GetValueOrDefault(proposal.Region),
            },
            cancellationToken);
        // On this form the days are the file's.
        return outcome.Succeeded ? outcome : outcome.Failure with
        {
            Errors = [.. outcome.Failure.Errors.Select(error =>
                error.Field is "Days" or "Papers" ? error with { Field = "File" } : error)],
        };
    }
}

internal sealed class ImportNoticeEndpoint : ICarterModule
{
    private const string Route = "/console/calendars/{region}/import";

    // Large enough that a wrong file is answered in words.
    private const long LargestForm = 16L * 1024 * 1024;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (string region, ICurrentActor current, CalendarScope scope) =>
            current.Actor!.Has(Permission.ManageSettings)
                ? Page(new CalendarProposal { Region = region }, [], scope)
                : Failure.Forbidden.Page());
        app.MapConsoleForm(Route, async (
            string region, IFormCollection form, CalendarScope scope, ISender sender, CancellationToken cancellationToken) =>
        {
            var proposal = CalendarProposal.Of(region, null, form) with { Days = [], Papers = [] };
            var outcome = await sender.Send(
                new ImportNotice { Proposal = proposal, File = await ReadAsync(form.Files.GetFile("File"), cancellationToken) },
                cancellationToken);
            return outcome.Succeeded ? CalendarPreviewPage.Render(outcome.Value, [], StatusCodes.Status200OK)
                : outcome.Failure.Kind == FailureKind.Invalid ? Page(proposal, outcome.Failure.Errors, scope)
                : outcome.Failure.Page();
        })
            .WithFormOptions(multipartBodyLengthLimit: LargestForm)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));
    }

    private static IResult Page(CalendarProposal form, IReadOnlyList<FieldError> errors, CalendarScope scope)
    {
        var region = scope.Find(form.Region);
        return region.Succeeded ? ImportNoticePage.Render(region.Value, form, errors) : region.Failure.Page();
    }

    // One byte more than is allowed is enough to know.
    private static async Task<byte[]?> ReadAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        var bytes = new byte[Math.Min(file.Length, NoticeFile.LargestFile + 1)];
        await using var content = file.OpenReadStream();
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
