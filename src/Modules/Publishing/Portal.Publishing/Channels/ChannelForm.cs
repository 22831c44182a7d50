using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Web;

namespace Portal.Publishing.Channels;

/// <summary>What a person fills in about a channel, as it was typed.</summary>
public abstract record ChannelForm
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>A <see cref="ChannelType"/>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Days; empty: when facts change.</summary>
    public string CycleDays { get; init; } = "";

    /// <summary>The responsible editor's account; empty: nobody yet.</summary>
    public Guid? EditorId { get; init; }

    /// <summary>ColumnDescription.</summary>
    public string Description { get; init; } = "";

    /// <summary>ColumnKeywords.</summary>
    public string Keywords { get; init; } = "";

    /// <summary>Order among siblings.</summary>
    public string Position { get; init; } = "";

    /// <summary>Hidden from visitors.</summary>
    public bool Hidden { get; init; }

    internal int? Days => CycleDays.Length == 0 ? null : WholeNumber(CycleDays);

    internal int Order => WholeNumber(Position) ?? 0;

    internal ChannelType ChannelType => Enum.Parse<ChannelType>(Type);

    internal static int? WholeNumber(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads what both forms share.</summary>
    internal static T Read<T>(IFormCollection form, T empty)
        where T : ChannelForm =>
        empty with
        {
            Name = form.Text(nameof(Name)),
            Type = form.Text(nameof(Type)),
            CycleDays = form.Text(nameof(CycleDays)),
            EditorId = form.Id(nameof(EditorId)),
            Description = form.Text(nameof(Description)),
            Keywords = form.Text(nameof(Keywords)),
            Position = form.Text(nameof(Position)),
            Hidden = form.Flag(nameof(Hidden)),
        };

    internal void ApplyTo(Channel channel)
    {
        channel.Name = FormRules.Clean(Name);
        channel.Type = ChannelType;
        channel.CycleDays = Days;
        channel.EditorId = EditorId;
        channel.Description = FormRules.Clean(Description);
        channel.Keywords = FormRules.Keywords(Keywords);
        channel.Position = Order;
        channel.Hidden = Hidden;
    }
}

internal abstract class ChannelFormValidator<T> : AbstractValidator<T>
    where T : ChannelForm
{
    private protected ChannelFormValidator(IStringLocalizer<ChannelText> text)
    {
        RuleFor(form => form.Name).Line(30, text["Name.Required"], text["Name.TooLong"]);
        RuleFor(form => form.Type).Must(type => Enum.GetNames<ChannelType>().Contains(type))
            .WithMessage(text["Type.Required"]);
        RuleFor(form => form.CycleDays)
            .Must(days => days.Length == 0 || ChannelForm.WholeNumber(days) is >= 1 and <= 3650)
            .WithMessage(text["CycleDays.Wrong"]);
        RuleFor(form => form.Description).OptionalLine(200, text["Description.TooLong"]);
        RuleFor(form => form.Keywords).Must(FormRules.AreKeywords).WithMessage(text["Keywords.Wrong"]);
        RuleFor(form => form.Position)
            .Must(position => position.Length == 0 || ChannelForm.WholeNumber(position) is <= 9999)
            .WithMessage(text["Position.Wrong"]);
    }
}

/// <summary>Tells the trail and the other modules of a change to a channel, in its transaction.</summary>
internal static class ChannelChanges
{
    public static void Decided(
        this PublishingDbContext db, Actor actor, Channel channel, string action, DateTimeOffset now,
        string? opinion = null, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        db.Record(Decision.By(
            actor, now, action, channel.SiteId, "channel", channel.Id.ToString(), channel.Name, opinion, facts: facts));
        db.Changed(actor, channel.SiteId, channel.Id, now);
    }

    public static void Changed(this PublishingDbContext db, Actor actor, Guid siteId, Guid channelId, DateTimeOffset now) =>
        db.Publish(
            new ChannelChanged
            {
                Id = Guid.CreateVersion7(now),
                OccurredAt = now,
                ActorId = actor.Id,
                SiteId = siteId,
                ChannelId = channelId,
            },
            now);

    /// <summary>The row that makes a channel the one owner of its path.</summary>
    public static PathOwner Owning(this Channel channel) => new()
    {
        SiteId = channel.SiteId,
        Path = channel.Path,
        Kind = PathKind.Channel,
        TargetId = channel.Id,
    };
}
