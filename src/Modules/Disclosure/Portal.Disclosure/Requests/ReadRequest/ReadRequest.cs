using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests.ReadRequest;

/// <summary>A case with its steps, its due date and what may be done next. Personal data is masked.</summary>
public sealed record ReadRequest(Guid Id) : IRequest<Outcome<RequestView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

/// <summary>A case as staff see it.</summary>
public sealed record RequestView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Number { get; init; }

    public required string SiteName { get; init; }

    public required Guid SiteId { get; init; }

    public required string Title { get; init; }

    public string? DocumentNumber { get; init; }

    public required RequestState State { get; init; }

    public required ReceiptChannel Channel { get; init; }

    public required ApplicantKind ApplicantKind { get; init; }

    public required WantedForm Form { get; init; }

    public required DeliveryWay Delivery { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    public ClockReading? Reply { get; init; }

    public required bool Late { get; init; }

    public int? DaysLeft { get; init; }

    public required IReadOnlyList<ClockDay> Days { get; init; }

    public DateOnly? CorrectionDue { get; init; }

    public DateOnly? ConsultationDue { get; init; }

    public DateOnly? ReasonsDue { get; init; }

    public DateOnly? FeeDue { get; init; }

    public Guid? HandlerId { get; init; }

    public string? HandlerName { get; init; }

    public ReplyRow? Outcome { get; init; }

    /// <summary>Masked; null once erased.</summary>
    public Applicant? Applicant { get; init; }

    /// <summary>What is asked, numbers of persons masked.</summary>
    public string Description { get; init; } = "";

    /// <summary>The person handles the case, or heads the office, and may read the personal data in full.</summary>
    public required bool MayReveal { get; init; }

    public required IReadOnlyList<RequestLine> Steps { get; init; }

    public required IReadOnlyList<RequestPaperLine> Papers { get; init; }

    public required IReadOnlyList<RequestAct> Acts { get; init; }

    /// <summary>The last draft of the answer.</summary>
    public RequestInput? Draft { get; init; }

    /// <summary>How many the same applicant sent within the last year, and in the month of this one.</summary>
    public int SameApplicant { get; init; }

    public int SameMonth { get; init; }

    /// <summary>Others of the same applicant, the newest ones.</summary>
    public IReadOnlyList<OtherRequest> Others { get; init; } = [];

    /// <summary>Files of the draft.</summary>
    public IReadOnlyList<AnswerFile> DraftFiles { get; init; } = [];

    public int CorrectionDays { get; init; }

    /// <summary>A proposed extension or fee that waits for the head.</summary>
    public string? Proposal { get; init; }

    public IReadOnlyList<Choice> Colleagues { get; init; } = [];
}

/// <summary>Another request of the same applicant.</summary>
/// <param name="Id">The request.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What was asked, numbers of persons masked.</param>
/// <param name="State">Where it stands.</param>
/// <param name="IsLike">It asks for much the same.</param>
/// <param name="IsAnswered">It has an answer: who asks the same again may be referred to it (3.5.2).</param>
public sealed record OtherRequest(Guid Id, string Number, string Title, RequestState State, bool IsLike, bool IsAnswered);

/// <summary>A step of the timeline.</summary>
public sealed record RequestLine(
    RequestTrigger Trigger, RequestState State, DateTimeOffset At, DateOnly Day, string? Person, string? Unit, string? Note,
    IReadOnlyDictionary<string, string> Facts);

/// <summary>A paper of the file.</summary>
public sealed record RequestPaperLine(Guid Id, PaperKind Kind, DateTimeOffset At, string Name, bool IsFile);

/// <summary>Something that may be done next.</summary>
/// <param name="Trigger">What.</param>
/// <param name="Hindrance">Why not now; null: it may.</param>
public sealed record RequestAct(RequestTrigger Trigger, string? Hindrance);

internal sealed class ReadRequestHandler(
    DisclosureDbContext db,
    RequestScope scope,
    RequestKeyring keyring,
    RequestCounts counts,
    ISettings settings,
    ISender sender,
    IStringLocalizer<RequestText> text,
    TimeProvider clock) : IRequestHandler<ReadRequest, Outcome<RequestView>>
{
    private const int MostOthers = 10;
    private const int MostCompared = 200;

    public async Task<Outcome<RequestView>> Handle(ReadRequest request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, site, parties) = reached.Value;
        var row = found.Request;
        var now = clock.GetUtcNow();
        var today = BeijingTime.Date(now);
        var papers = await db.Papers.AsNoTracking().Where(paper => paper.RequestId == row.Id)
            .OrderBy(paper => paper.Id).ToListAsync(cancellationToken);
        var key = keyring.KeyOf(row);
        var applicant = key is null ? null : RequestFiles.Read<Applicant>(key, papers.Single(paper => paper.Kind == PaperKind.Application));
        var reply = found.Reply;
        var (year, month) = await counts.OfApplicantAsync(row, cancellationToken);
        var draft = key is null ? null : DraftOf(found, papers, key);
        var acts = RequestFlow.Steps
            .Where(step => step.From.Contains(row.State) && step.Allows(parties)
                && step.Trigger is not RequestTrigger.Reveal)
            .Select(step => new RequestAct(
                step.Trigger, RequestRules.Hindrance(found, step.Trigger, now, actor.Id, parties) is { } hindrance ? text[hindrance].Value : null))
            .ToList();
        return new RequestView
        {
            Id = row.Id,
            Version = row.Version,
            Number = row.Number,
            SiteName = site.Name,
            SiteId = site.Id,
            Title = Masking.InText(row.Title),
            DocumentNumber = row.DocumentNumber,
            State = row.State,
            Channel = row.Channel,
            ApplicantKind = row.ApplicantKind,
            Form = row.Form,
            Delivery = row.Delivery,
            SubmittedAt = row.SubmittedAt,
            ReceivedOn = found.ReceivedOn,
            Reply = reply,
            Late = reply?.IsLate(now) == true,
            DaysLeft = reply is { DoneAt: null, DueOn: { } due } && due >= today ? found.Calendar.CountWorkdays(today, due) : null,
            Days = reply is null ? [] : DeadlineClock.Explain(reply, found.Calendar, today),
            CorrectionDue = found.CorrectionDue,
            ConsultationDue = found.ConsultationDue,
            ReasonsDue = found.ReasonsDue,
            FeeDue = found.FeeDue,
            HandlerId = row.HandlerId,
            HandlerName = row.HandlerName,
            Outcome = ReplyRows.Current.Find(row.Outcome),
            Applicant = applicant is null ? null : Masked(applicant),
            Description = applicant is null ? "" : Masking.InText(applicant.Description),
            MayReveal = applicant is not null && (row.HandlerId == actor.Id || parties.HasFlag(Party.Head)),
            Steps = [.. found.Events.Select(step => new RequestLine(
                step.Trigger, step.State, step.At, step.Day, step.ActorName, step.ActorUnit, step.Note, step.Facts))],
            Papers = key is null ? [] : [.. papers.Where(paper => paper.Kind is not (PaperKind.Application or PaperKind.Draft)).Select(paper => LineOf(paper))],
            Acts = acts,
            Draft = draft is null ? null : new RequestInput
            {
                Outcome = draft.Outcome,
                Grounds = draft.Grounds,
                Content = draft.Content,
                Earlier = draft.Earlier,
                KeptFiles = [.. draft.Files.Select(file => file.PaperId)],
            },
            DraftFiles = draft?.Files ?? [],
            Others = year > 1 ? await OthersAsync(row, cancellationToken) : [],
            SameApplicant = year,
            SameMonth = month,
            CorrectionDays = settings.For<RequestSettings>(site.Id).CorrectionDays,
            Proposal = ProposalOf(found, papers, key),
            Colleagues = acts.Exists(act => act.Trigger == RequestTrigger.Assign) ? await ColleaguesAsync(site, cancellationToken) : [],
        };
    }

    private static Applicant Masked(Applicant applicant) => applicant with
    {
        Name = Masking.Name(applicant.Name),
        DocumentNumber = Masking.Number(applicant.DocumentNumber),
        Contact = Masking.Name(applicant.Contact),
        Phone = Masking.Number(applicant.Phone),
        Email = applicant.Email.Length == 0 ? "" : Masking.Name(applicant.Email),
        Address = applicant.Address.Length == 0 ? "" : Masking.Name(applicant.Address),
        Description = "",
    };

    private RequestPaperLine LineOf(RequestPaper paper) =>
        new(paper.Id, paper.Kind, paper.At, text["Paper." + paper.Kind], paper.BlobHash is not null);

    private static AnswerDraft? DraftOf(RequestCase found, List<RequestPaper> papers, byte[] key) =>
        found.Last(RequestTrigger.Draft) is { } step
            && papers.Find(paper => paper.Id.ToString() == step.Facts.GetValueOrDefault("paper")) is { } paper
                ? RequestFiles.Read<AnswerDraft>(key, paper)
                : null;

    private string? ProposalOf(RequestCase found, List<RequestPaper> papers, byte[]? key)
    {
        if (found.PendingFee is { } fee)
        {
            return text["Proposal.Fee." + fee.Facts["mode"], fee.Facts["units"], fee.Facts["yuan"]];
        }

        return found.PendingExtension is { } asked && key is not null
            && papers.Find(paper => paper.Id.ToString() == asked.Facts.GetValueOrDefault("paper")) is { } paper
                ? text["Proposal.Extension", RequestFiles.Read<string>(key, paper)].Value
                : null;
    }

    // What is much the same first, however long ago.
    private async Task<IReadOnlyList<OtherRequest>> OthersAsync(InformationRequest row, CancellationToken cancellationToken)
    {
        var others = await db.Requests.AsNoTracking()
            .Where(other => other.SiteId == row.SiteId && other.ApplicantHash == row.ApplicantHash && other.Id != row.Id)
            .OrderByDescending(other => other.SubmittedAt).ThenByDescending(other => other.Id).Take(MostCompared)
            .Select(other => new { other.Id, other.Number, other.Title, other.State, other.Outcome })
            .ToListAsync(cancellationToken);
        return
        [
            .. others.Select(other => new OtherRequest(
                    other.Id, other.Number, Masking.InText(other.Title), other.State, RequestLikeness.OfTitles(row.Title, other.Title),
                    other.Outcome is { } outcome && !outcome.StartsWith("3.6", StringComparison.Ordinal)))
                .OrderByDescending(other => other.IsLike).Take(MostOthers),
        ];
    }

    private async Task<IReadOnlyList<Choice>> ColleaguesAsync(Shared.Sites.SiteInfo site, CancellationToken cancellationToken) =>
        [.. (await sender.Send(new Host.Contracts.ListSiteStaff(site.Path), cancellationToken))
            .Select(person => new Choice(person.Id.ToString(), $"{person.Name}（{person.Unit}）"))];
}
