using System.Net;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.SubmitOpinion;

/// <summary>An opinion, sent through the site. No account is needed.</summary>
public sealed record SubmitOpinion : OpinionFields, IRequest<Outcome<SentOpinion>>, IPublicRequest
{
    /// <summary>The consultation, from the address.</summary>
    public string Key { get; init; } = "";

    /// <summary>A field that people do not see.</summary>
    public string Website { get; init; } = "";

    /// <summary>A turn that was given to this form when too many came at once.</summary>
    public string Turn { get; init; } = "";

    /// <summary>The answer to the puzzle of the turn, from a script; nobody has to have one.</summary>
    public string TurnAnswer { get; init; } = "";

    /// <summary>Where it came from; never kept.</summary>
    public IPAddress? Sender { get; init; }
}

/// <summary>What became of the sending: the opinion is taken, or has its turn later.</summary>
/// <param name="Receipt">It was taken.</param>
/// <param name="Turn">It was not: the turn to send it with.</param>
/// <param name="At">From when on the turn is good (UTC).</param>
public sealed record SentOpinion(OpinionReceipt? Receipt, string? Turn = null, DateTimeOffset? At = null);

internal sealed class SubmitOpinionHandler(
    ConsultationReader reader, OpinionIntake intake, OpinionForms forms, Throttle<InteractionDbContext> throttle, ISender sender,
    ICurrentSite current, ISettings settings, IPageCache pages, IStringLocalizer<OpinionText> text, TimeProvider clock)
    : IRequestHandler<SubmitOpinion, Outcome<SentOpinion>>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task<Outcome<SentOpinion>> Handle(SubmitOpinion request, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(request.Key, cancellationToken);
        if (!found.Succeeded || current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        // Sent once more after the last day, a receipt is still shown.
        var taken = await intake.TakenAsync(request, issued, cancellationToken);
        if (taken is { Succeeded: true, Value: var first })
        {
            return new SentOpinion(first);
        }

        var row = found.Value;
        var today = clock.Today();
        if (ConsultationRules.Closed(row, today) is { } closed)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text[closed])]);
        }

        if (taken is { } again && !again.Succeeded)
        {
            return again.Failure;
        }

        var limits = settings.For<ConsultationSettings>(site.Id);
        if (intake.Fault(request, row, limits.MaximumText) is { } fault)
        {
            return fault;
        }

        // Whatever is odd about an opinion marks it for the person who reads it first; nothing refuses it.
        List<string> odd = [];
        if (request.Website.Length > 0)
        {
            odd.Add("honeypot");
        }

        var now = clock.GetUtcNow();
        if (now - issued.IssuedAt < PublicForms.Quickest)
        {
            odd.Add("quick");
        }

        // Carriers put thousands of people behind one address: who comes when it is full gets a turn, and what was written stays.
        var admission = await throttle.TakeAsync(
            "opinion-net", site.Id + NetworkBlock.Of(request.Sender), limits.PerNetworkAndHour, Hour, cancellationToken);
        if (!admission.Granted)
        {
            var bits = settings.For<PuzzleSettings>(site.Id).BitsFor(admission.AgainAt!.Value - now, odd.Count > 0);
            if (forms.Queue(issued.Id, request.Turn, request.TurnAnswer, admission.AgainAt.Value, bits) is { } turn)
            {
                return new SentOpinion(null, turn.Token, turn.At);
            }

            odd.Add("network");
        }

        var attached = await sender.InspectAsync(request.Files, nameof(request.Files), cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        // Counted only now: what was sent back to its writer has not come yet.
        var content = string.Join('\n', row.Id, PublicText.Paragraphs(request.Text));
        if (!(await throttle.TakeAsync("opinion-content", content, limits.SameContentPerDay, TimeSpan.FromDays(1), cancellationToken)).Granted)
        {
            odd.Add("repeated");
        }

        var receipt = await intake.TakeAsync(
            request, issued, attached.Value, row,
            new OpinionArrival(OpinionChannel.Online, today, odd.Count == 0 ? null : string.Join(' ', odd)), cancellationToken);
        await pages.EvictAsync([CacheTags.Activity(row.Id)], cancellationToken);
        return new SentOpinion(receipt);
    }
}
