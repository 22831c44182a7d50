using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Requests.FollowRequest;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>Reads a case for its applicant.</summary>
internal sealed class RequestReader(
    DisclosureDbContext db,
    RequestCalendars calendars,
    RequestKeyring keyring,
    RequestForms forms,
    IStringLocalizer<RequestText> text,
    TimeProvider clock)
{
    private static readonly PaperKind[] ToApplicant =
        [
            PaperKind.CorrectionNotice, PaperKind.ReasonsNotice, PaperKind.DeferralNotice, PaperKind.ExtensionNotice, PaperKind.FeeNotice,
            PaperKind.Reply, PaperKind.ClosingNotice,
        ];

    private static readonly PaperKind[] FromApplicant =
        [PaperKind.Application, PaperKind.Attachment, PaperKind.Correction, PaperKind.Reasons];

    private static readonly RequestTrigger[] Inner =
    [
        RequestTrigger.Assign, RequestTrigger.AskExtension, RequestTrigger.RefuseExtension, RequestTrigger.ProposeFee,
        RequestTrigger.RefuseFee, RequestTrigger.Draft, RequestTrigger.SubmitAnswer, RequestTrigger.ReturnAnswer,
        RequestTrigger.Reveal,
    ];

    /// <summary>A case of a site, as it is.</summary>
    public async Task<RequestCase?> FindAsync(Guid id, Guid siteId, CancellationToken cancellationToken)
    {
        var request = await db.Requests.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id && row.SiteId == siteId, cancellationToken);
        if (request is null)
        {
            return null;
        }

        var events = await db.RequestEvents.AsNoTracking().Where(row => row.RequestId == id)
            .OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        return new RequestCase(request, events, calendars.Of(siteId));
    }

    /// <summary>The files of the answer; none before it is approved.</summary>
    public async Task<IReadOnlyList<AnswerFile>> AnswerFilesAsync(RequestCase found, byte[] key, CancellationToken cancellationToken)
    {
        if (found.Last(RequestTrigger.ApproveAnswer) is null)
        {
            return [];
        }

        var draft = Guid.Parse(found.Last(RequestTrigger.Draft)!.Facts["paper"], CultureInfo.InvariantCulture);
        var paper = await db.Papers.AsNoTracking().SingleAsync(row => row.Id == draft, cancellationToken);
        return RequestFiles.Read<AnswerDraft>(key, paper).Files;
    }

    public async Task<FollowedRequest?> FollowedAsync(Guid id, Guid siteId, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, siteId, cancellationToken) is not { } found)
        {
            return null;
        }

        var request = found.Request;
        List<Letter> letters = [];
        IReadOnlyList<AnswerFile> sent = [];
        var title = request.Title;
        FollowedContent? asked = null;
        if (keyring.KeyOf(request) is { } key)
        {
            var papers = await db.Papers.AsNoTracking()
                .Where(row => row.RequestId == id && (ToApplicant.Contains(row.Kind) || FromApplicant.Contains(row.Kind)))
                .OrderBy(row => row.Id).ToListAsync(cancellationToken);
            List<T> Of<T>(PaperKind kind) =>
                [.. papers.Where(paper => paper.Kind == kind).Select(paper => RequestFiles.Read<T>(key, paper))];
            letters = [.. papers.Where(paper => ToApplicant.Contains(paper.Kind)).Select(paper => RequestFiles.Read<Letter>(key, paper))];
            var applicant = Of<Applicant>(PaperKind.Application)[0];
            title = applicant.TitleOf(request);
            asked = new FollowedContent(
                request.DocumentNumber ?? "", applicant.Description, request.Form, request.Delivery, applicant.Help,
                [.. Of<FilePaper>(PaperKind.Attachment).Select(file => file.Name)], Of<string>(PaperKind.Correction),
                Of<string>(PaperKind.Reasons));
            sent = await AnswerFilesAsync(found, key, cancellationToken);
        }

        var reply = found.Reply;
        var now = clock.GetUtcNow();
        return new FollowedRequest(
            request.Number, title, asked, request.OrganisationName, request.SubmittedAt, StateFor(request.State), found.ReceivedOn,
            reply?.DoneAt is null ? reply?.DueOn : null, reply?.IsProvisional == true, reply?.IsPaused == true,
            reply?.IsLate(now) == true, found.CorrectionDue, found.ReasonsDue, found.FeeDue,
            [.. found.Events.Where(row => !Inner.Contains(row.Trigger)).Select(row => new FollowedStep(row.Trigger, row.Day, Words(row)))],
            reply is null || reply.DoneAt is not null ? [] : DeadlineClock.Explain(reply, found.Calendar, BeijingTime.Date(now)),
            letters, sent, ReplyRows.Current.Find(request.Outcome),
            RequestFlow.Find(request.State, RequestTrigger.Correct)?.Allows(Party.Applicant) == true,
            found.AwaitsReasons && RequestFlow.Find(request.State, RequestTrigger.GiveReasons) is not null,
            RequestFlow.Find(request.State, RequestTrigger.Withdraw)?.Allows(Party.Applicant) == true,
            request.SealedKey is null, forms.NewTicket(id));
    }

    // How an answer is drafted and approved is the office's own affair.
    private static RequestState StateFor(RequestState state) =>
        state is RequestState.Drafting or RequestState.Reviewing ? RequestState.Handling : state;

    private string Words(RequestEvent row) => row.Trigger switch
    {
        RequestTrigger.Register => text["Step.Register." + row.State],
        RequestTrigger.Deliver => text["Step.Deliver", text["Delivery." + row.Facts.GetValueOrDefault("way", "Online")].Value],
        RequestTrigger.GrantFee => text["Step.GrantFee", row.Facts.GetValueOrDefault("yuan", "")],
        RequestTrigger.Recount => text["Step.Recount", Written(row, "from"), Written(row, "to")],
        _ => text["Step." + row.Trigger],
    };

    private string Written(RequestEvent row, string fact) =>
        DateOnly.TryParseExact(
            row.Facts.GetValueOrDefault(fact), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? text["Day", day.Year, day.Month, day.Day] : "";
}
