using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Channels.ChangeChannel;

/// <summary>Changes what a channel is called and how it is kept; its place is changed by moving it.</summary>
public sealed record ChangeChannel : ChannelForm, IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageChannels;

    /// <summary>The channel.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }
}

internal sealed class ChangeChannelValidator(IStringLocalizer<ChannelText> text)
    : ChannelFormValidator<ChangeChannel>(text);

internal sealed class ChangeChannelHandler(PublishingDbContext db, EditionScope scope, TimeProvider clock)
    : IRequestHandler<ChangeChannel, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeChannel request, CancellationToken cancellationToken)
    {
        var found = await scope.FindChannelAsync(request.Id, Permission.ManageChannels, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (channel, _, actor) = found.Value;
        if (channel.Version != request.Version)
        {
            return Failure.Conflict;
        }

        var former = channel.Name;
        request.ApplyTo(channel);
        if (!db.Entry(channel).Properties.Any(property => property.IsModified))
        {
            return Done.Value;
        }

        channel.Version++;
        var now = clock.GetUtcNow();
        db.Decided(
            actor, channel, "publishing.channel.changed", now, null,
            ("formerName", former), ("hidden", channel.Hidden ? "true" : "false"));
        if (await db.TrySaveAsync(cancellationToken) is { } failure)
        {
            return failure;
        }

        return Done.Value;
    }
}
