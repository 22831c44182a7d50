using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Channels.ReopenChannel;

/// <summary>Opens a closed channel again, and those below that were closed along with it.</summary>
public sealed record ReopenChannel : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageChannels;

    /// <summary>The channel.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Why.</summary>
    public string ReopenReason { get; init; } = "";
}

internal sealed class ReopenChannelValidator : AbstractValidator<ReopenChannel>
{
    public ReopenChannelValidator(IStringLocalizer<ChannelText> text) =>
        RuleFor(form => form.ReopenReason).Line(200, text["ReopenReason.Required"], text["ReopenReason.TooLong"]);
}

internal sealed class ReopenChannelHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<ChannelText> text)
    : IRequestHandler<ReopenChannel, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ReopenChannel request, CancellationToken cancellationToken)
    {
        var found = await scope.FindChannelAsync(request.Id, Permission.ManageChannels, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (channel, _, actor) = found.Value;
        if (channel.Version != request.Version || channel.ClosedAt is not { } closedAt)
        {
            return Failure.Conflict;
        }

        if (await db.Channels.AnyAsync(
            row => row.Id == channel.ParentId && row.ClosedAt != null, cancellationToken))
        {
            return Failure.Invalid(nameof(ReopenChannel.ReopenReason), text["Reopen.Parent"]);
        }

        var now = clock.GetUtcNow();
        var reason = FormRules.Clean(request.ReopenReason);
        // What was closed before, on its own, stays closed.
        var closed = await db.Channels
            .Where(row => row.SiteId == channel.SiteId && row.Lineage.Contains(channel.Id) && row.ClosedAt == closedAt)
            .ToListAsync(cancellationToken);
        foreach (var row in closed)
        {
            row.ClosedAt = null;
            row.Version++;
            db.Decided(actor, row, "publishing.channel.reopened", now, reason, ("path", row.Path));
        }

        if (await db.TrySaveAsync(cancellationToken) is { } failure)
        {
            return failure;
        }

        return Done.Value;
    }
}
