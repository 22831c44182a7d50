using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports.ReadErrorReport;

/// <summary>
/// A report with its steps, its last days and what may be done next. How to reach the reporter is masked, and so are numbers of
/// persons in what was written.
/// </summary>
public sealed record ReadErrorReport(Guid Id) : IRequest<Outcome<ErrorReportView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleErrorReports;
}

/// <summary>A report as staff see it.</summary>
public sealed record ErrorReportView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Number { get; init; }

    public required string SiteName { get; init; }

    public required ErrorKind Kind { get; init; }

    public required ErrorSource Source { get; init; }

    /// <summary>Empty when nothing of that address was known.</summary>
    public required string PageTitle { get; init; }

    public required string Page { get; init; }

    /// <summary>The page, absolute, with a text fragment that leads to the passage.</summary>
    public required string Place { get; init; }

    public Guid? DocumentId { get; init; }

    /// <summary>The reader had an older edition before them than the public has now.</summary>
    public required bool IsOlderEdition { get; init; }

    /// <summary>The document has an edition that went live after the report came.</summary>
    public required bool HasNewerEdition { get; init; }

    public required ErrorState State { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>What was odd about it when it came.</summary>
    public required IReadOnlyList<string> Suspicions { get; init; }

    /// <summary>Phone, e-mail and numbers of persons masked. Null once erased.</summary>
    public WrittenReport? Written { get; init; }

    /// <summary>Something of it is masked: there is more to be seen for a reason.</summary>
    public required bool HasMore { get; init; }

    public required ClockReading Reply { get; init; }

    public required DateOnly ForwardDueOn { get; init; }

    public required bool ForwardLate { get; init; }

    public required bool Late { get; init; }

    public int? DaysLeft { get; init; }

    public required IReadOnlyList<ClockDay> Days { get; init; }

    /// <summary>The rule that sets the time.</summary>
    public required string Rule { get; init; }

    public string? UnitName { get; init; }

    public string? HandlerName { get; init; }

    public ErrorResult? Result { get; init; }

    public string? Answer { get; init; }

    public required IReadOnlyList<ErrorLine> Steps { get; init; }

    public required IReadOnlyList<ErrorAct> Acts { get; init; }

    /// <summary>Units that it can be given to.</summary>
    public required IReadOnlyList<Choice> Units { get; init; }

    /// <summary>The site it belongs to: whose unit is proposed.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>Other reports of the page that are open, and those that were joined to this one.</summary>
    public required IReadOnlyList<LikeErrorReport> Like { get; init; }
}

/// <summary>A step of the timeline.</summary>
public sealed record ErrorLine(
    ErrorTrigger Trigger, ErrorState State, DateTimeOffset At, string? Person, string? Unit, string? Note, IReadOnlyDictionary<string, string> Facts);

/// <summary>Something that may be done next.</summary>
/// <param name="Trigger">What.</param>
/// <param name="Hindrance">Why not now; null: it may.</param>
public sealed record ErrorAct(ErrorTrigger Trigger, string? Hindrance);

/// <summary>Another report.</summary>
/// <param name="Id">It.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What it says is wrong.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Joined">It was joined to this one; else it only is about the same page.</param>
public sealed record LikeErrorReport(Guid Id, string Number, ErrorKind Kind, ErrorState State, bool Joined);

internal sealed class ReadErrorReportHandler(
    InteractionDbContext db,
    ErrorReportScope scope,
    ErrorReportKeyring keyring,
    ISites sites,
    ISender sender,
    IStringLocalizer<ErrorReportText> text,
    TimeProvider clock) : IRequestHandler<ReadErrorReport, Outcome<ErrorReportView>>
{
    private const int MostLike = 20;

    public async Task<Outcome<ErrorReportView>> Handle(ReadErrorReport request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, _, site, parties) = reached.Value;
        var report = found.Report;
        var today = BeijingTime.Date(clock.GetUtcNow());
        var written = keyring.Open(report);
        var masked = written is null ? null : Masked(written);
        var isOpen = ErrorReportFlow.Open.Contains(report.State);
        var live = report.DocumentId is { } document
            && await sender.Send(new GetPublishedDocuments([document]), cancellationToken) is [var published, ..]
                ? published
                : null;
        var acts = ErrorReportFlow.Steps
            .Where(step => step.From.Contains(report.State) && step.Allows(parties) && step.Trigger is not ErrorTrigger.Reveal)
            .Select(step => new ErrorAct(
                step.Trigger, ErrorReportRules.Hindrance(found, step.Trigger) is { } hindrance ? text[hindrance].Value : null))
            .ToList();
        return new ErrorReportView
        {
            Id = report.Id,
            Version = report.Version,
            Number = report.Number,
            SiteId = site.Id,
            SiteName = site.Name,
            Kind = report.Kind,
            Source = report.Source,
            PageTitle = report.PageTitle,
            Page = report.Page,
            Place = sites.AddressOf(site, report.Page.TrimStart('/')).AbsoluteUri + Fragment(written),
            DocumentId = report.DocumentId,
            IsOlderEdition = report.EditionId is { } seen && live is not null && live.EditionId != seen,
            HasNewerEdition = live is not null && live.UpdatedAt > report.SubmittedAt,
            State = report.State,
            SubmittedAt = report.SubmittedAt,
            Suspicions = report.Suspicion?.Split(' ') ?? [],
            Written = masked,
            HasMore = masked != written,
            Reply = found.Reply,
            ForwardDueOn = report.ForwardDueOn,
            ForwardLate = (report.ForwardedOn ?? (isOpen ? today : report.ForwardDueOn)) > report.ForwardDueOn,
            Late = (report.AnsweredOn ?? (isOpen ? today : report.DueOn)) > report.DueOn,
            DaysLeft = isOpen && report.DueOn >= today ? found.Calendar.CountWorkdays(today, report.DueOn) : null,
            Days = isOpen ? DeadlineClock.Explain(found.Reply, found.Calendar, today) : [],
            Rule = found.Limit.Source,
            UnitName = report.UnitName,
            HandlerName = report.HandlerName,
            Result = report.Result,
            Answer = report.Answer,
            Steps = [.. found.Events.Select(step => new ErrorLine(step.Trigger, step.State, step.At, step.ActorName, step.ActorUnit, step.Note, step.Facts))],
            Acts = acts,
            Units = acts.Exists(act => act.Trigger == ErrorTrigger.Forward) ? ErrorReportRules.Units([site.Id], sites) : [],
            Like = parties.HasFlag(ErrorParty.Desk) ? await LikeAsync(report, cancellationToken) : [],
        };
    }

    private async Task<IReadOnlyList<LikeErrorReport>> LikeAsync(ErrorReport report, CancellationToken cancellationToken) =>
        await db.ErrorReports.AsNoTracking()
            .Where(row => row.Id != report.Id
                && (row.JoinedTo == report.Id || (row.SiteId == report.SiteId && row.Page == report.Page && row.ClosedOn == null)))
            .OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Take(MostLike)
            .Select(row => new LikeErrorReport(row.Id, row.Number, row.Kind, row.State, row.JoinedTo == report.Id))
            .ToListAsync(cancellationToken);

    private static WrittenReport Masked(WrittenReport written) => written with
    {
        Quote = Masking.InText(written.Quote),
        Prefix = Masking.InText(written.Prefix),
        Suffix = Masking.InText(written.Suffix),
        Problem = Masking.InText(written.Problem),
        Proposal = Masking.InText(written.Proposal),
        Phone = Masking.Number(written.Phone),
        Email = written.Email.Length == 0 ? "" : "***" + written.Email[written.Email.IndexOf('@', StringComparison.Ordinal)..],
    };

    // WICG text fragments: prefix-,text,-suffix. A hyphen of a part is escaped, as it has a meaning there. Where something of
    // the passage is masked, the address does not give it away: it leads to the page.
    private static string Fragment(WrittenReport? written)
    {
        if (written is not { Quote.Length: > 0 }
            || Masked(written) is var masked && (masked.Quote, masked.Prefix, masked.Suffix) != (written.Quote, written.Prefix, written.Suffix))
        {
            return "";
        }

        static string Escaped(string part) => Uri.EscapeDataString(part).Replace("-", "%2D", StringComparison.Ordinal);
        var before = written.Prefix.Length > 0 ? Escaped(written.Prefix) + "-," : "";
        var after = written.Suffix.Length > 0 ? ",-" + Escaped(written.Suffix) : "";
        return "#:~:text=" + before + Escaped(written.Quote) + after;
    }
}
