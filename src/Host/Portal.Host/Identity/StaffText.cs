namespace Portal.Host.Identity;

/// <summary>Words of the staff pages (StaffText.resx).</summary>
public sealed class StaffText;
