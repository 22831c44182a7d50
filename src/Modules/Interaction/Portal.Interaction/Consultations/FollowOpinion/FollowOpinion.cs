using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Interaction.Consultations.FollowOpinion;

/// <summary>What became of an opinion: by number and code.</summary>
public sealed record FollowOpinion : IRequest<Outcome<FollowedOpinion>>, IPublicRequest
{
    public string Number { get; init; } = "";

    public string Code { get; init; } = "";

    public IPAddress? Sender { get; init; }
}

/// <summary>An opinion as who gave it sees it.</summary>
public sealed record FollowedOpinion
{
    public required string Number { get; init; }

    public required string Key { get; init; }

    public required string Title { get; init; }

    public required ConsultationPhase Phase { get; init; }

    public string? Clause { get; init; }

    public required OpinionStance Stance { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The words; null once erased.</summary>
    public string? Text { get; init; }

    public required OpinionState State { get; init; }

    public string? StateReason { get; init; }

    /// <summary>Told with the result, not before it is released.</summary>
    public Disposition? Disposition { get; init; }

    public string? Reason { get; init; }

    public DateOnly? ReportDueOn { get; init; }
}

internal sealed class FollowOpinionHandler(
    InteractionDbContext db, LetterKeyring keyring, OpinionPapers papers, CodeLookup lookup, ICurrentSite current,
    ISettings settings, IStringLocalizer<OpinionText> text, TimeProvider clock) : IRequestHandler<FollowOpinion, Outcome<FollowedOpinion>>
{
    public async Task<Outcome<FollowedOpinion>> Handle(FollowOpinion request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var limits = settings.For<ConsultationSettings>(site.Id);
        var number = OpinionNumber.Normalise(request.Number);
        var found = await lookup.FindAsync(
            new CodeTry("opinion-look", "opinion-code", number, request.Code, request.Sender, limits.LookUpsPerNetworkAndHour, limits.LookUpsPerNumberAndHour),
            keyring,
            token => db.Opinions.AsNoTracking().SingleOrDefaultAsync(row => row.SiteId == site.Id && row.Number == number, token),
            opinion => opinion.CodeHash, key => text[key], cancellationToken);
        return found.Succeeded ? await ViewAsync(found.Value, cancellationToken) : found.Failure;
    }

    private async Task<FollowedOpinion> ViewAsync(Opinion opinion, CancellationToken cancellationToken)
    {
        var row = await db.Consultations.AsNoTracking().SingleAsync(one => one.Id == opinion.ConsultationId, cancellationToken);
        var cluster = opinion.ClusterId is { } id
            ? await db.OpinionClusters.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) : null;
        var answered = row.State == ConsultationState.Reported;
        return new FollowedOpinion
        {
            Number = opinion.Number,
            Key = row.Key,
            Title = row.Title,
            Phase = row.PhaseOn(clock.Today()),
            Clause = opinion.ClauseLabel,
            Stance = opinion.Stance,
            SubmittedAt = opinion.SubmittedAt,
            Text = (await papers.WordsAsync(opinion, cancellationToken))?.Text,
            State = opinion.State,
            StateReason = opinion.StateReason,
            Disposition = answered ? opinion.Disposition ?? cluster?.Disposition : null,
            Reason = answered ? opinion.DispositionReason ?? cluster?.Reason : null,
            ReportDueOn = row.ReportDueOn,
        };
    }
}
