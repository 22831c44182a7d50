using System.Text.Json;
using Carter;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Messaging;
using Portal.Shared.Modules;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Administration.ReadSettings;

/// <summary>The settings that hold on the site I work on, and where each comes from.</summary>
public sealed record ReadSettings : IRequest<Outcome<SettingsView>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSettings;
}

/// <summary>A screen of settings.</summary>
public sealed record SettingsView(
    string Site, IReadOnlyList<SettingGroup> Groups, IReadOnlyList<SettingChangeLine> History);

/// <summary>The settings of a module.</summary>
public sealed record SettingGroup(string Title, IReadOnlyList<SettingLine> Lines);

/// <summary>One setting: its value, who set it, and what each level above says.</summary>
public sealed record SettingLine(
    string Name,
    string Label,
    string Hint,
    string Value,
    string? From,
    bool SetHere,
    Tightening Tightening,
    IReadOnlyList<LevelValue> Levels);

/// <summary>What one level of the way down has set; null inherits.</summary>
public sealed record LevelValue(string Site, string? Value);

/// <summary>A change on record.</summary>
public sealed record SettingChangeLine(
    DateTimeOffset At, string Label, string? Old, string? New, string By, string Reason);

internal sealed class ReadSettingsHandler(
    HostDbContext db,
    ModuleRegistry modules,
    EffectiveSettings settings,
    ISites sites,
    ICurrentActor current,
    ICurrentSite currentSite,
    IStringLocalizerFactory texts) : IRequestHandler<ReadSettings, Outcome<SettingsView>>
{
    private const int HistoryLines = 50;

    public async Task<Outcome<SettingsView>> Handle(ReadSettings request, CancellationToken cancellationToken)
    {
        if (currentSite.Site is not { } site || !current.Actor!.Can(Permission.ManageSettings, site))
        {
            return Failure.Forbidden;
        }

        var labels = new Dictionary<string, string>();
        List<SettingGroup> groups = [];
        foreach (var type in modules.All.SelectMany(module => module.Settings))
        {
            var text = texts.Create(type);
            var lines = SettingProperty.Of(type).Select(property => LineOf(property, site, text)).ToList();
            groups.Add(new SettingGroup(text["Title"], lines));
            lines.ForEach(line => labels[line.Name] = line.Label);
        }

        var history = await db.SettingChanges.AsNoTracking()
            .Where(change => change.SiteId == site.Id)
            .OrderByDescending(change => change.Id)
            .Take(HistoryLines)
            .ToListAsync(cancellationToken);
        return new SettingsView(site.Name, groups, [.. history.Select(change => new SettingChangeLine(
            change.ChangedAt, labels.GetValueOrDefault(change.Name, change.Name), Plain(change.OldValue),
            Plain(change.NewValue), change.ActorName, change.Reason))]);
    }

    // A text without the marks and escapes of JSON; numbers and switches read the same either way.
    private static string? Plain(string? json) =>
        json is ['"', ..] ? JsonSerializer.Deserialize<string>(json, MessageJson.Options) : json;

    private SettingLine LineOf(SettingProperty property, SiteInfo site, IStringLocalizer text)
    {
        var (value, from) = settings.Effective(property, site.Id);
        return new SettingLine(
            property.Name,
            text[property.Key],
            text[property.Key + ".Hint"],
            SettingProperty.Show(value),
            from?.Name,
            from?.Id == site.Id,
            property.Rule.Tightening,
            [.. site.Path.Select(id => new LevelValue(
                sites.ById(id)!.Name, settings.SetOn(property, id) is { } own ? SettingProperty.Show(own) : null))]);
    }
}

internal sealed class ReadSettingsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/settings", async (
            string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ReadSettings(), cancellationToken);
            return outcome.Succeeded ? ReadSettingsPage.Render(outcome.Value, done is not null) : outcome.Failure.Page();
        });
}
