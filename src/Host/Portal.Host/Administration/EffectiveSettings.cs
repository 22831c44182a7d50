using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Messaging;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Host.Administration;

/// <summary>
/// The effective settings, folded from the province down. A value that an upper level has since made stricter than a
/// lower one never loosens it: the fold applies the setting's <see cref="Tightening"/> at every step.
/// </summary>
internal sealed class EffectiveSettings(IServiceScopeFactory scopes, ISites sites) : ISettings, IDisposable
{
    /// <summary>The trigger on the table of values notifies on this channel.</summary>
    public const string Channel = "portal_settings";

    private readonly SemaphoreSlim _gate = new(1);
    private volatile FrozenDictionary<(Guid SiteId, string Name), JsonElement>? _values;

    public T For<T>(Guid siteId)
        where T : class, new()
    {
        var settings = new T();
        foreach (var property in SettingProperty.Of(typeof(T)))
        {
            property.Set(settings, Effective(property, siteId).Value);
        }

        return settings;
    }

    /// <summary>The value that holds on a site, and the site that set it (null: the default of the record).</summary>
    public (object Value, SiteInfo? From) Effective(SettingProperty property, Guid siteId)
    {
        var value = property.Default;
        SiteInfo? from = null;
        var path = sites.ById(siteId)?.Path ?? [];
        foreach (var step in path)
        {
            if (SetOn(property, step) is { } own && (step == path[0] || property.MayFollow(value, own)))
            {
                value = own;
                from = sites.ById(step);
            }
        }

        return (value, from);
    }

    /// <summary>The value set on a site itself; null when it inherits.</summary>
    public object? SetOn(SettingProperty property, Guid siteId) =>
        Current.TryGetValue((siteId, property.Name), out var json) ? property.Read(json) : null;

    public async ValueTask EnsureLoadedAsync(CancellationToken cancellationToken)
    {
        if (_values is null)
        {
            await RefreshAsync(cancellationToken);
        }
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HostDbContext>();
            var rows = await db.SettingValues.AsNoTracking().ToListAsync(cancellationToken);
            _values = rows.ToFrozenDictionary(
                row => (row.SiteId, row.Name),
                row => JsonSerializer.Deserialize<JsonElement>(row.Value, MessageJson.Options));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private FrozenDictionary<(Guid SiteId, string Name), JsonElement> Current =>
        _values ?? throw new InvalidOperationException("The settings have not been loaded yet.");
}

/// <summary>One property of a settings record that may be configured.</summary>
internal sealed class SettingProperty
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SettingProperty>> Known = new();
    private readonly PropertyInfo _property;

    private SettingProperty(Type settings, PropertyInfo property, SettingAttribute attribute)
    {
        _property = property;
        Settings = settings;
        Rule = attribute;
        Check = property.GetCustomAttribute<SettingCheckAttribute>();
        Default = property.GetValue(Activator.CreateInstance(settings))!;
    }

    public Type Settings { get; }

    public SettingAttribute Rule { get; }

    public SettingCheckAttribute? Check { get; }

    public object Default { get; }

    public Type Type => _property.PropertyType;

    public string Key => _property.Name;

    public string Name => Settings.Name + "." + _property.Name;

    public static IReadOnlyList<SettingProperty> Of(Type settings) => Known.GetOrAdd(settings, static type =>
        [.. type.GetProperties()
            .Select(property => (property, rule: property.GetCustomAttribute<SettingAttribute>()))
            .Where(pair => pair.rule is not null)
            .Select(pair => new SettingProperty(type, pair.property, pair.rule!))]);

    /// <summary>Reads what a person typed; null when it is no value of this setting.</summary>
    public object? Parse(string? typed)
    {
        var text = (typed?.Trim() ?? "").ReplaceLineEndings("\n");
        if (Type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= Rule.Minimum && number <= Rule.Maximum
                    ? number
                    : null;
        }

        if (Type == typeof(bool))
        {
            return bool.TryParse(text, out var on) ? on : null;
        }

        return Type == typeof(string) && text.Length <= Rule.Maximum ? text : null;
    }

    public void Set(object settings, object value) => _property.SetValue(settings, value);

    public object? Read(JsonElement json) => json.Deserialize(Type, MessageJson.Options);

    public string Write(object value) => JsonSerializer.Serialize(value, Type, MessageJson.Options);

    /// <summary>The value as forms send it and pages show it.</summary>
    public static string Show(object value) => value switch
    {
        bool on => on ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>May a lower level set <paramref name="lower"/> where <paramref name="upper"/> holds above it?</summary>
    public bool MayFollow(object upper, object lower) => Rule.Tightening switch
    {
        Tightening.Free => true,
        Tightening.DownOnly => Compare(lower, upper) <= 0,
        Tightening.UpOnly => Compare(lower, upper) >= 0,
        Tightening.OnOnly => lower is true || upper is false,
        Tightening.ProvinceOnly => Equals(lower, upper),
        _ => false,
    };

    private static int Compare(object left, object right) => ((IComparable)left).CompareTo(right);
}
