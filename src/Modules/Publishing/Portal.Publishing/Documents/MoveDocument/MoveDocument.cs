using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Documents.MoveDocument;

/// <summary>
/// Moves a published document to another channel or address. That is an edition like any other: it goes through the
/// reviews, and when it goes live the old address leads to the new one.
/// </summary>
public sealed record MoveDocument : IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>The live edition that moves.</summary>
    public Guid EditionId { get; init; }

    /// <summary>The new channel.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>The new last segment of its address.</summary>
    public string Slug { get; init; } = "";
}

internal sealed class MoveDocumentValidator : AbstractValidator<MoveDocument>
{
    public MoveDocumentValidator(IStringLocalizer<DocumentText> text)
    {
        RuleFor(form => form.ChannelId).NotNull().WithMessage(text["Channel.Required"]);
        RuleFor(form => form.Slug).Must(slug => slug.Length <= EditionRules.MaximumSlug && FormRules.IsSlug(slug))
            .WithMessage(text["Slug.Wrong"]);
    }
}

internal sealed class MoveDocumentHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<DocumentText> text)
    : IRequestHandler<MoveDocument, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(MoveDocument request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var target = await scope.FindChannelAsync(
            request.ChannelId!.Value, Permission.WriteDocuments, cancellationToken);
        if (!target.Succeeded)
        {
            return target.Failure;
        }

        var (live, actor, channel) = (found.Value.Edition, found.Value.Actor, target.Value.Channel);
        if (await RefuseAsync(request, live, channel, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var last = await db.Editions
            .Where(row => row.DocumentId == live.DocumentId && row.Language == live.Language)
            .MaxAsync(row => row.Number, cancellationToken);
        var edition = Edition.Following(live, Guid.CreateVersion7(now), last + 1, actor.Id, now);
        edition.ChannelId = channel.Id;
        edition.Slug = request.Slug;
        edition.ContentHash = ContentHash.Of(edition);
        db.Editions.Add(edition);
        db.Record(EditionDecisions.Of("move-drafted", edition, actor, now, null,
            ("from", live.Id.ToString()), ("path", channel.Path + "/" + request.Slug)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (
            exception.Breaks(EditionConfiguration.OneWorking) || exception.Breaks(EditionConfiguration.OneNumber))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Move.Working"])]);
        }

        return edition.Id;
    }

    private async Task<Failure?> RefuseAsync(
        MoveDocument request, Edition live, Channels.Channel channel, CancellationToken cancellationToken)
    {
        if (live.State != EditionState.Live)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Move.NotLive"])]);
        }

        if (channel.SiteId != live.SiteId)
        {
            return Failure.Invalid(nameof(request.ChannelId), text["Channel.OtherSite"]);
        }

        if (channel.ClosedAt is not null)
        {
            return Failure.Invalid(nameof(request.ChannelId), text["Channel.Closed"]);
        }

        if (channel.Id == live.ChannelId && request.Slug == live.Slug)
        {
            return Failure.Invalid(nameof(request.Slug), text["Move.Same"]);
        }

        var path = channel.Path + "/" + request.Slug;
        if (await db.Paths.AnyAsync(
            row => row.SiteId == live.SiteId && row.Path == path && row.TargetId != live.DocumentId, cancellationToken))
        {
            return Failure.Invalid(nameof(request.Slug), text["Slug.Taken"]);
        }

        return await db.Editions.AnyAsync(
            row => row.DocumentId == live.DocumentId && row.Language == live.Language
                && EditionStates.Working.Contains(row.State),
            cancellationToken)
            ? new Failure(FailureKind.Conflict, [new FieldError("", text["Move.Working"])])
            : null;
    }
}
