using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports.FollowErrorReport;

/// <summary>Where a report is, by number and code. It answers on any site: a report belongs to the site of its page.</summary>
public sealed record FollowErrorReport : IRequest<Outcome<FollowedErrorReport>>, IPublicRequest
{
    public string Number { get; init; } = "";

    public string Code { get; init; } = "";

    public IPAddress? Sender { get; init; }
}

/// <summary>A report as its reporter sees it.</summary>
public sealed record FollowedErrorReport
{
    public required string Number { get; init; }

    public required string SiteName { get; init; }

    public required string Page { get; init; }

    /// <summary>Where the page is, absolute.</summary>
    public required Uri Address { get; init; }

    public required ErrorKind Kind { get; init; }

    /// <summary>What was written; null once it is erased.</summary>
    public WrittenReport? Written { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required ErrorState State { get; init; }

    /// <summary>It was joined to the report of somebody else, whose state and answer these are.</summary>
    public required bool Joined { get; init; }

    public string? Unit { get; init; }

    /// <summary>Null once it is answered.</summary>
    public DateOnly? DueOn { get; init; }

    public required bool Late { get; init; }

    public required IReadOnlyList<ClockDay> Days { get; init; }

    public required IReadOnlyList<FollowedErrorStep> Steps { get; init; }

    public ErrorResult? Result { get; init; }

    public string? Answer { get; init; }

    /// <summary>The page of the correcting edition, absolute.</summary>
    public Uri? Corrected { get; init; }
}

/// <summary>A step in plain words.</summary>
public sealed record FollowedErrorStep(string Text, DateOnly Day);

internal sealed class FollowErrorReportHandler(
    InteractionDbContext db,
    ErrorReportKeyring keyring,
    ErrorReportWriter writer,
    CodeLookup lookup,
    ICurrentSite current,
    ISites sites,
    ISettings settings,
    ISender sender,
    IStringLocalizer<ErrorReportText> text,
    TimeProvider clock) : IRequestHandler<FollowErrorReport, Outcome<FollowedErrorReport>>
{
    // How the desk and the units pass it around is their own affair.
    private static readonly ErrorTrigger[] Told =
        [ErrorTrigger.Submit, ErrorTrigger.Forward, ErrorTrigger.TakeOn, ErrorTrigger.AwaitEdition, ErrorTrigger.Answer, ErrorTrigger.Correct, ErrorTrigger.Recount];

    public async Task<Outcome<FollowedErrorReport>> Handle(FollowErrorReport request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var limits = settings.For<ErrorReportSettings>(site.Id);
        var number = ErrorReportNumber.Normalise(request.Number);
        var found = await lookup.FindAsync(
            new CodeTry("error-look", ErrorReportKeyring.Code, number, request.Code, request.Sender, limits.LookUpsPerNetworkAndHour, limits.LookUpsPerNumberAndHour),
            keyring,
            token => db.ErrorReports.AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, token),
            report => report.CodeHash, key => text[key], cancellationToken);
        return found.Succeeded ? await ViewAsync(found.Value, cancellationToken) : found.Failure;
    }

    private async Task<FollowedErrorReport> ViewAsync(ErrorReport report, CancellationToken cancellationToken)
    {
        // Who said the same as somebody before gets the answer of that report.
        var leading = report.JoinedTo is { } id
            ? await db.ErrorReports.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken)
            : report;
        var found = await writer.CaseAsync(leading, cancellationToken);
        var site = sites.ById(report.SiteId)!;
        var today = BeijingTime.Date(clock.GetUtcNow());
        var answered = leading.AnsweredOn is not null;
        return new FollowedErrorReport
        {
            Number = report.Number,
            SiteName = site.Name,
            Page = report.PageTitle.Length > 0 ? report.PageTitle : report.Page,
            Address = sites.AddressOf(site, report.Page.TrimStart('/')),
            Kind = report.Kind,
            Written = keyring.Open(report),
            SubmittedAt = report.SubmittedAt,
            State = leading.State == ErrorState.Returned ? ErrorState.Submitted : leading.State,
            Joined = report.JoinedTo is not null,
            Unit = leading.UnitName,
            DueOn = answered ? null : leading.DueOn,
            Late = !answered && leading.DueOn < today,
            Days = answered ? [] : DeadlineClock.Explain(found.Reply, found.Calendar, today),
            Steps =
            [
                .. found.Events.Where(step => Told.Contains(step.Trigger))
                    .Select(step => new FollowedErrorStep(
                        text["Step." + step.Trigger, step.Facts.GetValueOrDefault("unit", "")], BeijingTime.Date(step.At))),
            ],
            Result = leading.Result,
            Answer = leading.Answer,
            Corrected = leading is { CorrectedBy: not null, DocumentId: { } document }
                ? await AddressOfAsync(document, cancellationToken)
                : null,
        };
    }

    private async Task<Uri?> AddressOfAsync(Guid document, CancellationToken cancellationToken) =>
        await sender.Send(new GetPublishedDocuments([document]), cancellationToken) is [{ Status: "Page" } page, ..]
        && sites.ById(page.SiteId) is { } site
            ? sites.AddressOf(site, page.Path)
            : null;
}
