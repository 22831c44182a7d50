using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Channels.OpenChannel;

/// <summary>Opens a channel on the current site.</summary>
public sealed record OpenChannel : ChannelForm, IRequest<Outcome<Guid>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageChannels;

    /// <summary>The channel above; null: at the top.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Last segment of its path.</summary>
    public string Slug { get; init; } = "";
}

internal sealed class OpenChannelValidator : ChannelFormValidator<OpenChannel>
{
    public OpenChannelValidator(IStringLocalizer<ChannelText> text)
        : base(text) =>
        RuleFor(form => form.Slug).Must(slug => slug.Length <= 60 && FormRules.IsSlug(slug))
            .WithMessage(text["Slug.Wrong"]);
}

internal sealed class OpenChannelHandler(
    PublishingDbContext db,
    EditionScope scope,
    ICurrentActor current,
    ICurrentSite currentSite,
    TimeProvider clock,
    IStringLocalizer<ChannelText> text) : IRequestHandler<OpenChannel, Outcome<Guid>>
{
    public async Task<Outcome<Guid>> Handle(OpenChannel request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Knows(site))
        {
            return Failure.NotFound;
        }

        Channel? parent = null;
        if (request.ParentId is { } parentId)
        {
            var found = await scope.FindChannelAsync(parentId, Permission.ManageChannels, cancellationToken);
            if (!found.Succeeded)
            {
                return found.Failure;
            }

            (parent, site) = (found.Value.Channel, found.Value.Site);
        }
        else if (!actor.Can(Permission.ManageChannels, site))
        {
            return Failure.Forbidden;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SharePathsAsync(site.Id, cancellationToken);
        if (parent is not null)
        {
            await db.Entry(parent).ReloadAsync(cancellationToken);
        }

        if (Refuse(parent, request.Slug) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var channel = new Channel
        {
            Id = id,
            SiteId = site.Id,
            ParentId = parent?.Id,
            Lineage = [.. parent?.Lineage ?? [], id],
            Slug = request.Slug,
            Path = ChannelPaths.Under(parent, request.Slug),
            Name = "",
            CreatedAt = now,
        };
        request.ApplyTo(channel);
        db.Channels.Add(channel);
        db.Paths.Add(channel.Owning());
        db.Decided(actor, channel, "publishing.channel.opened", now, facts: ("path", channel.Path));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (
            exception.Breaks(PathOwnerConfiguration.OneOwner) || exception.Breaks(ChannelConfiguration.OnePath))
        {
            return Failure.Invalid(nameof(OpenChannel.Slug), text["Slug.Taken"]);
        }

        return id;
    }

    private Failure? Refuse(Channel? parent, string slug) =>
        parent is { ClosedAt: not null } ? Failure.Invalid(nameof(OpenChannel.ParentId), text["Parent.Closed"])
        : parent is { Level: >= ChannelPaths.MaximumLevel }
            ? Failure.Invalid(nameof(OpenChannel.ParentId), text["Parent.TooDeep"])
        : ChannelPaths.IsReserved(parent, slug) ? Failure.Invalid(nameof(OpenChannel.Slug), text["Slug.Reserved"])
        : ChannelPaths.Under(parent, slug).Length > ChannelPaths.MaximumPath
            ? Failure.Invalid(nameof(OpenChannel.Slug), text["Slug.TooLong"])
        : null;
}
