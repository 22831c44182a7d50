using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Publishing.Channels;

/// <summary>What a channel holds. The type decides the default cycle, the page's layout and ColumnType (§2.4).</summary>
public enum ChannelType
{
    /// <summary>动态要闻</summary>
    Dynamics,

    /// <summary>通知公告</summary>
    Notices,

    /// <summary>政策文件</summary>
    Policies,

    /// <summary>政策解读</summary>
    Interpretations,

    /// <summary>概况信息</summary>
    Overview,

    /// <summary>机构职能</summary>
    Institutions,

    /// <summary>领导信息</summary>
    Leaders,

    /// <summary>规划计划</summary>
    Plans,

    /// <summary>数据发布</summary>
    Data,

    /// <summary>专题专栏</summary>
    Topics,

    /// <summary>办事服务</summary>
    Service,

    /// <summary>互动交流</summary>
    Interaction,
}

/// <summary>A channel 栏目 of a site's tree.</summary>
internal sealed class Channel
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid? ParentId { get; set; }

    /// <summary>Every ancestor from the top, and itself last: scopes, lists and breadcrumbs read it without a tree walk.</summary>
    public Guid[] Lineage { get; set; } = [];

    /// <summary>Last segment of the path, <c>[a-z0-9-]</c>.</summary>
    public required string Slug { get; set; }

    /// <summary>The whole path on the site: <c>zhengce/guizhang</c>.</summary>
    public required string Path { get; set; }

    public required string Name { get; set; }

    public ChannelType Type { get; set; }

    /// <summary>Days within which something new is due (V3, V4 of the inspection rules); null: when facts change.</summary>
    public int? CycleDays { get; set; }

    /// <summary>责任编辑, a staff account.</summary>
    public Guid? EditorId { get; set; }

    /// <summary>ColumnDescription of the page tags.</summary>
    public string Description { get; set; } = "";

    /// <summary>ColumnKeywords of the page tags.</summary>
    public string[] Keywords { get; set; } = [];

    /// <summary>Order among its siblings.</summary>
    public int Position { get; set; }

    /// <summary>Hidden by its editor. An empty channel is not shown in any case (W-06).</summary>
    public bool Hidden { get; set; }

    /// <summary>Closed or merged (Opinion art. 14): keeps its pages, takes nothing new.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; } = 1;

    public int Level => Lineage.Length;
}

internal sealed class ChannelConfiguration : IEntityTypeConfiguration<Channel>
{
    /// <summary>Name of the unique key that EF gives it.</summary>
    public const string OnePath = "ix_channels_site_id_path";

    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("channels");
        builder.HasKey(channel => channel.Id);
        builder.Property(channel => channel.Type).HasConversion<string>().HasMaxLength(32);
        builder.Property(channel => channel.Slug).HasMaxLength(60);
        builder.Property(channel => channel.Path).HasMaxLength(300);
        builder.Property(channel => channel.Name).HasMaxLength(60);
        builder.Property(channel => channel.Description).HasMaxLength(400);
        builder.Property(channel => channel.Version).IsConcurrencyToken();
        builder.HasIndex(channel => new { channel.SiteId, channel.Path }).IsUnique();
        builder.HasIndex(channel => new { channel.SiteId, channel.ParentId, channel.Position });
    }
}
