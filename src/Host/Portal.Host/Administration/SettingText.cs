namespace Portal.Host.Administration;

/// <summary>Words of the settings pages (SettingText.resx); the settings' own words come from their modules.</summary>
public sealed class SettingText;
