using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Channels.MoveChannel;

/// <summary>Puts a channel with everything below it under another channel, or under another name in the path.</summary>
public sealed record MoveChannel : IRequest<Outcome<ChannelMoved>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageChannels;

    /// <summary>The channel.</summary>
    public Guid Id { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>The new channel above; null: at the top.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The new last segment of its path.</summary>
    public string Slug { get; init; } = "";
}

/// <summary>What moved.</summary>
/// <param name="Path">The channel's new path.</param>
/// <param name="Channels">Channels that moved, itself included.</param>
/// <param name="Pages">Pages that have a new address; the old ones lead there.</param>
public sealed record ChannelMoved(string Path, int Channels, int Pages);

internal sealed class MoveChannelValidator : AbstractValidator<MoveChannel>
{
    public MoveChannelValidator(IStringLocalizer<ChannelText> text) =>
        RuleFor(form => form.Slug).Must(slug => slug.Length <= 60 && FormRules.IsSlug(slug))
            .WithMessage(text["Slug.Wrong"]);
}

internal sealed class MoveChannelHandler(
    PublishingDbContext db, EditionScope scope, TimeProvider clock, IStringLocalizer<ChannelText> text)
    : IRequestHandler<MoveChannel, Outcome<ChannelMoved>>
{
    public async Task<Outcome<ChannelMoved>> Handle(MoveChannel request, CancellationToken cancellationToken)
    {
        var found = await scope.FindChannelAsync(request.Id, Permission.ManageChannels, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (channel, site, actor) = found.Value;
        Channel? parent = null;
        if (request.ParentId is { } parentId)
        {
            var above = await scope.FindChannelAsync(parentId, Permission.ManageChannels, cancellationToken);
            if (!above.Succeeded)
            {
                return above.Failure;
            }

            parent = above.Value.Channel;
        }
        else if (!actor.Can(Permission.ManageChannels, site))
        {
            return Failure.Forbidden;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldPathsAsync(channel.SiteId, cancellationToken);
        await db.Entry(channel).ReloadAsync(cancellationToken);
        if (parent is not null)
        {
            await db.Entry(parent).ReloadAsync(cancellationToken);
        }

        if (channel.Version != request.Version)
        {
            return Failure.Conflict;
        }

        var subtree = await db.Channels.AsNoTracking()
            .Where(row => row.SiteId == channel.SiteId && row.Lineage.Contains(channel.Id))
            .Select(row => new { row.Id, row.Path, Level = row.Lineage.Length })
            .ToListAsync(cancellationToken);
        var path = ChannelPaths.Under(parent, request.Slug);
        if (path == channel.Path && parent?.Id == channel.ParentId)
        {
            return new ChannelMoved(path, 0, 0);
        }

        var deepest = subtree.Max(row => row.Level) - channel.Level + 1 + (parent?.Level ?? 0);
        var longest = subtree.Max(row => row.Path.Length) - channel.Path.Length + path.Length;
        if (Refuse(channel, parent, request.Slug, deepest, longest) is { } refusal)
        {
            return refusal;
        }

        var outcome = await MoveAsync(channel, parent, request.Slug, path, actor, cancellationToken);
        if (outcome.Succeeded)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return outcome;
    }

    private Failure? Refuse(Channel channel, Channel? parent, string slug, int deepest, int longest) =>
        parent is not null && parent.SiteId != channel.SiteId ? Failure.NotFound
        : parent is not null && parent.Lineage.Contains(channel.Id)
            ? Failure.Invalid(nameof(MoveChannel.ParentId), text["Parent.Below"])
        : parent is { ClosedAt: not null } ? Failure.Invalid(nameof(MoveChannel.ParentId), text["Parent.Closed"])
        : deepest > ChannelPaths.MaximumLevel ? Failure.Invalid(nameof(MoveChannel.ParentId), text["Parent.TooDeep"])
        : longest > ChannelPaths.MaximumPath ? Failure.Invalid(nameof(MoveChannel.Slug), text["Slug.TooLong"])
        : ChannelPaths.IsReserved(parent, slug) ? Failure.Invalid(nameof(MoveChannel.Slug), text["Slug.Reserved"])
        : null;

    private async Task<Outcome<ChannelMoved>> MoveAsync(
        Channel channel, Channel? parent, string slug, string path, Actor actor, CancellationToken cancellationToken)
    {
        var (id, siteId, formerPath, formerParent) = (channel.Id, channel.SiteId, channel.Path, channel.ParentId);
        var formerAbove = channel.Lineage[..^1];
        var above = parent?.Lineage ?? [];
        var now = clock.GetUtcNow();
        channel.ParentId = parent?.Id;
        channel.Slug = slug;
        channel.Path = path;
        channel.Lineage = [.. above, id];
        channel.Version++;
        try
        {
            // The version decides which of a mover and an editor of the channel goes on; the loser's save finds no row.
            await db.SaveChangesAsync(cancellationToken);
            var channels = 1 + await MoveChannelsBelowAsync(
                id, siteId, formerPath, path, formerAbove.Length, above, cancellationToken);
            var pages = await MovePagesAsync(id, siteId, formerPath, path, cancellationToken);
            await MoveListingsAsync(id, formerAbove, above, cancellationToken);
            foreach (var touched in await db.Channels.AsNoTracking()
                .Where(row => row.SiteId == siteId && row.Lineage.Contains(id) && row.Id != id)
                .Select(row => row.Id).ToListAsync(cancellationToken))
            {
                db.Changed(actor, siteId, touched, now);
            }

            foreach (var touched in formerAbove.Union(above))
            {
                db.Changed(actor, siteId, touched, now);
            }

            db.Decided(
                actor, channel, "publishing.channel.moved", now, null,
                ("formerPath", formerPath), ("path", path), ("formerParent", formerParent?.ToString() ?? ""),
                ("pages", pages.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            await db.SaveChangesAsync(cancellationToken);
            return new ChannelMoved(path, channels, pages);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Failure.Conflict;
        }
        catch (Exception exception) when (IsTaken(exception))
        {
            return Failure.Invalid(nameof(MoveChannel.Slug), text["Slug.Taken"]);
        }
    }

    private Task<int> MoveChannelsBelowAsync(
        Guid id, Guid siteId, string formerPath, string path, int formerDepth, Guid[] above,
        CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update publishing.channels
            set path = {path} || substr(path, {formerPath.Length + 1}),
                lineage = {above} || lineage[{formerDepth + 1}:],
                version = version + 1
            where site_id = {siteId} and id <> {id} and {id} = any(lineage)
            """,
            cancellationToken);

    /// <summary>
    /// Every address below the channel gets its new form, and the old form stays as a redirect: nobody's bookmark breaks,
    /// and nobody else gets the old address. An address that belongs to something else stops the whole move.
    /// </summary>
    private async Task<int> MovePagesAsync(
        Guid id, Guid siteId, string formerPath, string path, CancellationToken cancellationToken)
    {
        var prefix = formerPath + "/";
        var pages = await db.Database.ExecuteSqlAsync(
            $"""
            update publishing.published_pages page
            set path = {path} || substr(page.path, {formerPath.Length + 1})
            from publishing.channels channel
            where page.site_id = {siteId} and channel.id = page.channel_id and {id} = any(channel.lineage)
              and starts_with(page.path, {prefix})
            """,
            cancellationToken);
        // Moved back to where it was: its own redirects become its addresses again.
        await db.Database.ExecuteSqlAsync(
            $"""
            with moving as (
              select site_id, {path} || substr(path, {formerPath.Length + 1}) as path, kind, target_id
              from publishing.path_owners
              where site_id = {siteId} and kind <> 'Moved' and (path = {formerPath} or starts_with(path, {prefix})))
            delete from publishing.path_owners owner using moving
            where owner.site_id = moving.site_id and owner.path = moving.path
              and owner.kind = 'Moved' and owner.target_id = moving.target_id
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            with moving as (
              update publishing.path_owners set kind = 'Moved'
              where site_id = {siteId} and kind <> 'Moved' and (path = {formerPath} or starts_with(path, {prefix}))
              returning site_id, path, target_id,
                case when exists (select from publishing.channels where id = target_id)
                  then 'Channel' else 'Document' end as was)
            insert into publishing.path_owners (site_id, path, kind, target_id)
            select site_id, {path} || substr(path, {formerPath.Length + 1}), was, target_id from moving
            """,
            cancellationToken);
        return pages;
    }

    private async Task MoveListingsAsync(Guid id, Guid[] formerAbove, Guid[] above, CancellationToken cancellationToken)
    {
        Guid[] lost = [.. formerAbove.Except(above)];
        Guid[] gained = [.. above.Except(formerAbove)];
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from publishing.listing_entries entry
            using publishing.listing_entries own
            where own.channel_id = {id} and entry.document_id = own.document_id and entry.language = own.language
              and entry.channel_id = any({lost})
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into publishing.listing_entries (site_id, channel_id, document_id, language, published_at)
            select own.site_id, above.id, own.document_id, own.language, own.published_at
            from publishing.listing_entries own cross join unnest({gained}) as above(id)
            where own.channel_id = {id}
            on conflict do nothing
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            update publishing.search_entries entry set lineage = channel.lineage
            from publishing.channels channel
            where {id} = any(entry.lineage) and channel.id = entry.lineage[array_upper(entry.lineage, 1)]
            """,
            cancellationToken);
    }

    private static bool IsTaken(Exception exception) =>
        (exception as DbUpdateException ?? new DbUpdateException("", exception)) is var refusal
        && (refusal.Breaks(PathOwnerConfiguration.OneOwner)
            || refusal.Breaks(ChannelConfiguration.OnePath)
            || refusal.Breaks(PublishedPageConfiguration.OnePath));
}
