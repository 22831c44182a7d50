using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Reviews.WithdrawDocument;

/// <summary>
/// Proposes to take a live document away: withdrawn under a banner, redirected, or gone. The proposal is an edition like
/// any other and goes through the same three reviews.
/// </summary>
public sealed record WithdrawDocument : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>The live edition.</summary>
    public Guid EditionId { get; init; }

    /// <summary>How.</summary>
    public UnpublishingKind? Kind { get; init; }

    /// <summary>Why, as the public will read it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where the address leads, for a redirect: a path of the site or an address on a government site.</summary>
    public string? RedirectTo { get; init; }
}

internal sealed class WithdrawDocumentValidator : AbstractValidator<WithdrawDocument>
{
    public const int ReasonLength = 300;

    public WithdrawDocumentValidator(IStringLocalizer<ReviewText> text, ISites sites)
    {
        RuleFor(request => request.Kind).Must(kind => kind is { } chosen && Enum.IsDefined(chosen))
            .WithMessage(_ => text["KindRequired"]);
        RuleFor(request => request.Reason)
            .Paragraphs(ReasonLength, text["ReasonRequired"], text["ReasonTooLong", ReasonLength]);
        RuleFor(request => request.RedirectTo)
            .Must(address => IsAllowed(address, sites))
            .When(request => request.Kind == UnpublishingKind.Redirect)
            .WithMessage(_ => text["RedirectRequired"]);
    }

    /// <summary>Only the platform's own sites: a redirect must not lead the public off the government's pages.</summary>
    public static bool IsAllowed(string? address, ISites sites)
    {
        if (string.IsNullOrWhiteSpace(address) || address.Length > 500)
        {
            return false;
        }

        return address[0] == '/'
            ? address.Length == 1 || (address[1] != '/' && address[1] != '\\')
            : Uri.TryCreate(address, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && sites.ByHost(uri.Host) is not null;
    }
}

internal sealed class WithdrawDocumentHandler(
    PublishingDbContext db, EditionScope scope, ISites sites, TimeProvider clock, IStringLocalizer<ReviewText> text)
    : IRequestHandler<WithdrawDocument, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(WithdrawDocument request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (found.Failure is { } failure)
        {
            return failure;
        }

        var (live, actor) = (found.Value.Edition, found.Value.Actor);
        if (live.State != EditionState.Live)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["NotLive"])]);
        }

        if (request.Kind == UnpublishingKind.Redirect && LeadsToItself(request.RedirectTo!.Trim(), found.Value))
        {
            return Failure.Invalid(nameof(request.RedirectTo), text["RedirectLoop"]);
        }

        var now = clock.GetUtcNow();
        var number = await db.Editions
            .Where(row => row.DocumentId == live.DocumentId && row.Language == live.Language)
            .MaxAsync(row => row.Number, cancellationToken);
        var edition = Propose(request, live, actor, number + 1, now);
        db.Editions.Add(edition);
        db.EditionEdits.Add(new EditionEdit
        {
            EditionId = edition.Id,
            PersonId = actor.Id,
            SiteId = edition.SiteId,
            PersonName = actor.Name,
            RecordedAt = now,
            LastSavedAt = now,
        });
        db.Record(EditionDecisions.Of(
            "withdrawal-drafted", edition, actor, now, FormRules.Paragraphs(request.Reason), ("unpublishing", request.Kind!.Value.ToString())));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Breaks(EditionConfiguration.OneWorking)
            || exception.Breaks(EditionConfiguration.OneNumber))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["WorkingExists"])]);
        }

        return edition.Id;
    }

    private bool LeadsToItself(string address, EditionInScope found)
    {
        var own = found.Channel.Path + "/" + found.Edition.Slug;
        return address[0] == '/'
            ? address.Trim('/') == own
            : Uri.TryCreate(address, UriKind.Absolute, out var uri)
                && sites.ByHost(uri.Host)?.Id == found.Site.Id && uri.AbsolutePath.Trim('/') == own;
    }

    private static Edition Propose(
        WithdrawDocument request, Edition live, Actor actor, int number, DateTimeOffset now)
    {
        var edition = Edition.Following(live, Guid.CreateVersion7(now), number, actor.Id, now);
        edition.TakeDownAt = null;
        edition.Unpublishing = request.Kind;
        edition.UnpublishingReason = FormRules.Paragraphs(request.Reason);
        edition.RedirectTo = request.Kind == UnpublishingKind.Redirect ? request.RedirectTo!.Trim() : null;
        edition.ContentHash = ContentHash.Of(edition);
        return edition;
    }
}
