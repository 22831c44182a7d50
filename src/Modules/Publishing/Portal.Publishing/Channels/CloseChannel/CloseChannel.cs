using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Channels.CloseChannel;

/// <summary>
/// Closes a channel and those below it (Opinion art. 14: channels that nobody keeps are closed or merged). Its pages stay.
/// </summary>
public sealed record CloseChannel : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageChannels;

    /// <summary>The channel.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

internal sealed class CloseChannelValidator : AbstractValidator<CloseChannel>
{
    public CloseChannelValidator(IStringLocalizer<ChannelText> text) =>
        RuleFor(form => form.Reason).Line(200, text["Reason.Required"], text["Reason.TooLong"]);
}

internal sealed class CloseChannelHandler(PublishingDbContext db, EditionScope scope, TimeProvider clock)
    : IRequestHandler<CloseChannel, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(CloseChannel request, CancellationToken cancellationToken)
    {
        var found = await scope.FindChannelAsync(request.Id, Permission.ManageChannels, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (channel, _, actor) = found.Value;
        if (channel.Version != request.Version || channel.ClosedAt is not null)
        {
            return Failure.Conflict;
        }

        var now = clock.GetUtcNow();
        var reason = FormRules.Clean(request.Reason);
        var open = await db.Channels
            .Where(row => row.SiteId == channel.SiteId && row.Lineage.Contains(channel.Id) && row.ClosedAt == null)
            .ToListAsync(cancellationToken);
        foreach (var row in open)
        {
            row.ClosedAt = now;
            row.Version++;
            db.Decided(actor, row, "publishing.channel.closed", now, reason, ("path", row.Path));
        }

        if (await db.TrySaveAsync(cancellationToken) is { } failure)
        {
            return failure;
        }

        return Done.Value;
    }
}
