namespace Portal.Shared.Settings;

/// <summary>Which way a lower level may move a value that an upper level set.</summary>
public enum Tightening
{
    /// <summary>Any way.</summary>
    Free,

    /// <summary>Only down: a maximum, such as a number of days.</summary>
    DownOnly,

    /// <summary>Only up: a minimum.</summary>
    UpOnly,

    /// <summary>Only from off to on: a duty.</summary>
    OnOnly,

    /// <summary>Not at all: the province decides.</summary>
    ProvinceOnly,
}

/// <summary>Marks a property of a settings record as configurable.</summary>
/// <remarks>Its label and its explanation come from the module's resource file under the property's name.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute : Attribute
{
    /// <summary>How a lower level may change it.</summary>
    public Tightening Tightening { get; init; } = Tightening.Free;

    /// <summary>Smallest allowed number.</summary>
    public int Minimum { get; init; }

    /// <summary>Largest allowed number; for text, its greatest length.</summary>
    public int Maximum { get; init; } = int.MaxValue;
}

/// <summary>What a setting's text must be like, beyond its length; stands beside <see cref="SettingAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class SettingCheckAttribute : Attribute
{
    /// <summary>What is wrong with a text; null when nothing is.</summary>
    /// <param name="text">The text as it would be kept.</param>
    public abstract SettingFault? FaultOf(string text);
}

/// <summary>A fault of a typed setting.</summary>
/// <param name="Key">Key of the message in the resource file of the settings record.</param>
/// <param name="Arguments">What the message names.</param>
public sealed record SettingFault(string Key, params object[] Arguments);

/// <summary>
/// The effective settings of a site: defaults in the record, overridden by the province, then the city, then the site.
/// </summary>
public interface ISettings
{
    /// <summary>The effective values for a site.</summary>
    /// <typeparam name="T">A record with a parameterless constructor whose property initialisers are the defaults.</typeparam>
    T For<T>(Guid siteId)
        where T : class, new();

    /// <summary>Loads the values in a process that does not follow changes: a command.</summary>
    ValueTask EnsureLoadedAsync(CancellationToken cancellationToken);
}
