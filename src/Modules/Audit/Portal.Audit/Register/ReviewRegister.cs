using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Audit.Trail;

namespace Portal.Audit.Register;

/// <summary>
/// 审核登记备案: the decisions of review and publication, out of the sealed trail (S-17, Opinion art. 12). It is a
/// reading of the trail, not a copy: nobody can keep another register.
/// </summary>
internal sealed class ReviewRegister(AuditDbContext db, TrailScope scope, TrailChannels channels)
{
    private const string Prefix = "publishing.edition.";

    /// <summary>What is registered, in the order of a document's way; the words are in the resource file.</summary>
    public static readonly IReadOnlyList<string> Stages =
    [
        "withdrawal-drafted", "submitted", "first-reviewed", "second-reviewed", "released", "returned", "scheduled", "published",
        "emergency-published", "second-looked", "taken-down",
    ];

    public static string ActionOf(string stage) => Prefix + stage;

    public IQueryable<Entry> Matching(RegisterFilter filter)
    {
        var actions = Stages.Where(stage => string.IsNullOrEmpty(filter.Stage) || stage == filter.Stage)
            .Select(ActionOf).ToArray();
        var entries = scope.Visible(db.Entries.AsNoTracking())
            .Where(entry => EF.Functions.Like(entry.Action, Prefix + "%") && actions.Contains(entry.Action));
        if (Guid.TryParse(filter.Site, out var site))
        {
            entries = entries.Where(entry => entry.SiteId == site);
        }

        if (Guid.TryParse(filter.Channel, out var channel))
        {
            var fact = JsonSerializer.Serialize(new Dictionary<string, string> { ["channel"] = channel.ToString() });
            entries = entries.Where(entry => EF.Functions.JsonContains(entry.Facts, fact));
        }

        if (filter.Person?.Trim() is { Length: > 0 } person)
        {
            entries = entries.Where(entry => entry.ActorName == person);
        }

        if (filter.Title?.Trim() is { Length: > 0 } title)
        {
            entries = entries.Where(entry => entry.ObjectTitle!.Contains(title));
        }

        if (EntryPaging.StartOfDay(filter.From) is { } from)
        {
            entries = entries.Where(entry => entry.OccurredAt >= from);
        }

        if (EntryPaging.StartOfDay(filter.To, addDays: 1) is { } to)
        {
            entries = entries.Where(entry => entry.OccurredAt < to);
        }

        return entries;
    }

    /// <summary>
    /// The names under which the trail last knew the channels of these lines; what they are called now where it never
    /// heard of them.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> ChannelNamesAsync(
        IEnumerable<EntryLine> lines, CancellationToken cancellationToken)
    {
        var ids = lines.Select(line => line.Facts.GetValueOrDefault("channel")).OfType<string>().Distinct().ToArray();
        var known = await db.Entries.AsNoTracking()
            .Where(entry => entry.ObjectType == "channel" && ids.Contains(entry.ObjectId) && entry.ObjectTitle != null)
            .OrderBy(entry => entry.Index)
            .Select(entry => new { entry.ObjectId, entry.ObjectTitle })
            .ToListAsync(cancellationToken);
        var names = new Dictionary<string, string>();
        foreach (var channel in known)
        {
            names[channel.ObjectId] = channel.ObjectTitle!;
        }

        foreach (var (id, channel) in await channels.NamesAsync(ids.Where(id => !names.ContainsKey(id)), cancellationToken))
        {
            names[id] = channel.Name;
        }

        return names;
    }
}

/// <summary>Which part of the register.</summary>
public record RegisterFilter
{
    /// <summary>Only of this site.</summary>
    public string? Site { get; init; }

    /// <summary>Only of this channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Only by the person of this name.</summary>
    public string? Person { get; init; }

    /// <summary>Only this stage.</summary>
    public string? Stage { get; init; }

    /// <summary>Only with this in the title.</summary>
    public string? Title { get; init; }

    /// <summary>From this day on (Beijing), <c>yyyy-MM-dd</c>.</summary>
    public string? From { get; init; }

    /// <summary>Up to and with this day.</summary>
    public string? To { get; init; }
}
