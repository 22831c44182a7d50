using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Contracts;
using Portal.Publishing.Documents;
using Portal.Publishing.Documents.ReadEdition;
using Portal.Publishing.Reviews.ListEmergencies;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;

namespace Portal.Publishing.Reviews.ReadReview;

/// <summary>An edition with everything a reviewer needs to decide on it.</summary>
public sealed record ReadReview(Guid EditionId) : IRequest<Outcome<ReviewView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>An edition as the review screen shows it.</summary>
public sealed record ReviewView
{
    /// <summary>The edition.</summary>
    public required EditionView Edition { get; init; }

    /// <summary>What the public sees now; null for a first edition.</summary>
    public EditionView? Live { get; init; }

    /// <summary>The hash that a decision names.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The stage that is due; null when none is.</summary>
    public ReviewStage? Stage { get; init; }

    /// <summary>Why the reader may not decide, as a key of the texts; null when the reader may.</summary>
    public string? Refusal { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it is to go live.</summary>
    public DateTimeOffset? PublishAt { get; init; }

    /// <summary>When it is to be taken down.</summary>
    public DateTimeOffset? TakeDownAt { get; init; }

    /// <summary>Where its address will lead, for a redirect.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>Number and time of another edition that waits for its time.</summary>
    public ScheduledEdition? Scheduled { get; init; }

    /// <summary>What deserves a look, beside the checklist of the editing page.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>It was published without the three reviews.</summary>
    public EmergencyFacts? Emergency { get; init; }

    /// <summary>What its entry in the information directory still lacks; null when it will have none.</summary>
    public DisclosureCheck? Disclosure { get; init; }

    /// <summary>Its interpretation plan; null where none is asked for.</summary>
    public InterpretationCheck? Interpretation { get; init; }

    /// <summary>The reader may confirm the metadata of the directory.</summary>
    public required bool MayKeepDirectory { get; init; }

    /// <summary>The reader may publish it without the three reviews.</summary>
    public required bool MayPublishInEmergency { get; init; }

    /// <summary>The reader may release where it stands, and take out of the schedule.</summary>
    public required bool MayRelease { get; init; }

    /// <summary>The reader may submit it, as it stands.</summary>
    public required bool MaySubmit { get; init; }
}

/// <summary>Another edition of the document that waits for its time.</summary>
public sealed record ScheduledEdition(Guid Id, int Number, DateTimeOffset At);

/// <summary>A publication in an emergency, and the second look when it has been given.</summary>
public sealed record EmergencyFacts(string Person, DateTimeOffset At, string Reason, SecondLookLine? Look);

internal sealed class ReadReviewHandler(
    PublishingDbContext db,
    EditionScope scope,
    EditionReader reader,
    DisclosureGate disclosure,
    InterpretationGate interpretation,
    ISites sites,
    TimeProvider clock,
    IStringLocalizer<ReviewText> text)
    : IRequestHandler<ReadReview, Outcome<ReviewView>>
{
    public async Task<Outcome<ReviewView>> Handle(ReadReview request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.UseConsole, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var read = await reader.ReadAsync(request.EditionId, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Failure;
        }

        var live = read.Value.LiveId is { } liveId ? await reader.ReadAsync(liveId, cancellationToken) : null;
        var edition = found.Value.Edition;
        var scheduled = await db.Editions.AsNoTracking()
            .Where(row => row.DocumentId == edition.DocumentId && row.Language == edition.Language
                && row.Id != edition.Id && row.State == EditionState.Scheduled)
            .Select(row => new ScheduledEdition(row.Id, row.Number, row.PublishAt!.Value))
            .SingleOrDefaultAsync(cancellationToken);
        var emergency = await (
            from publication in db.EmergencyPublications.AsNoTracking()
            where publication.EditionId == edition.Id
            join look in db.SecondLooks on publication.Id equals look.EmergencyPublicationId into looks
            from look in looks.DefaultIfEmpty()
            select new EmergencyFacts(
                publication.PersonName, publication.At, publication.Reason,
                look == null ? null : new SecondLookLine(look.PersonName, look.Unit, look.Opinion, look.At)))
            .SingleOrDefaultAsync(cancellationToken);
        return new ReviewView
        {
            Emergency = emergency,
            Edition = read.Value,
            // Who may see this edition but not the live one's channel decides on the whole.
            Live = live is { Succeeded: true } ? live.Value : null,
            ContentHash = edition.ContentHash,
            Stage = ReviewEdition.ReviewEditionHandler.StageOf(edition.State),
            Refusal = await RefusalAsync(found.Value, cancellationToken),
            SubmittedAt = edition.SubmittedAt,
            PublishAt = edition.PublishAt,
            TakeDownAt = edition.TakeDownAt,
            RedirectTo = edition.RedirectTo,
            Scheduled = scheduled,
            Warnings = await WarningsAsync(
                // What follows a withdrawal begins with the last content, not with what took it away.
                found.Value, live is { Succeeded: true, Value.Unpublishing: not null } ? null : read.Value.LiveId, cancellationToken),
            Disclosure = edition.IsWorking ? await disclosure.CheckAsync(edition, found.Value.Document, cancellationToken) : null,
            Interpretation = edition.IsWorking
                ? await interpretation.CheckAsync(edition, found.Value.Document, cancellationToken) : null,
            MayKeepDirectory = found.Value.Can(Permission.ManageDisclosure),
            MayPublishInEmergency = edition.IsWorking && found.Value.Can(Permission.PublishInEmergency),
            MayRelease = found.Value.Can(Permission.Release),
            MaySubmit = edition.IsEditable && found.Value.Can(Permission.WriteDocuments),
        };
    }

    private async Task<string?> RefusalAsync(EditionInScope found, CancellationToken cancellationToken)
    {
        var (edition, actor) = (found.Edition, found.Actor);
        if (ReviewEdition.ReviewEditionHandler.StageOf(edition.State) is not { } stage)
        {
            return "Refusal.NotWaiting";
        }

        if (!found.Can(ReviewEdition.ReviewEditionHandler.PermissionOf(stage)))
        {
            return "Refusal.NotYourStage";
        }

        if (edition.Contributors.Contains(actor.Id))
        {
            return "AuthorMayNotReview";
        }

        return await db.Reviews.AnyAsync(
            review => review.EditionId == edition.Id && review.ContentHash == edition.ContentHash
                && review.PersonId == actor.Id && review.Decision == ReviewDecision.Approved,
            cancellationToken)
            ? "OnePersonOneStage"
            : null;
    }

    private async Task<IReadOnlyList<string>> WarningsAsync(
        EditionInScope found, Guid? liveId, CancellationToken cancellationToken)
    {
        var (edition, document, _, site, _) = found;
        List<string> warnings = [];
        var foreign = Publisher.BodyOf(edition).Links()
            .Select(link => link.Host).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(host => sites.ByHost(host) is null && !host.EndsWith(".gov.cn", StringComparison.Ordinal)
                && !site.TrustedHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (foreign.Count > 0)
        {
            warnings.Add(text["Warning.Links", foreign.Count, string.Join('、', foreign.Take(5))]);
        }

        var personal = PersonalNumbers.Private(string.Join('\n', edition.Title, edition.Summary, Publisher.BodyOf(edition).PlainText()));
        if (personal.Count > 0)
        {
            warnings.Add(text["Warning.Personal", personal.Count, string.Join('、', personal.Take(3))]);
        }

        // G-28: a policy and its interpretation appear together.
        if (document.Type == "policy" && edition.Unpublishing is null
            && !await db.Editions.AnyAsync(
                row => row.Interprets.Contains(document.Id) && row.State != EditionState.Discarded, cancellationToken))
        {
            warnings.Add(text["Warning.Interpretation"]);
        }

        if (edition.Summary.Length == 0 && edition.Unpublishing is null)
        {
            warnings.Add(text["Warning.Summary"]);
        }

        if (liveId is not null && edition.BasedOn is not null && edition.BasedOn != liveId)
        {
            warnings.Add(text["Warning.Base"]);
        }

        if (edition.PublishAt <= clock.GetUtcNow() && EditionStates.Awaiting.Contains(edition.State))
        {
            warnings.Add(text["Warning.PublishAt"]);
        }

        return warnings;
    }
}
