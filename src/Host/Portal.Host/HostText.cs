namespace Portal.Host;

/// <summary>Names that several pages of the host share: roles, kinds, states (HostText.resx).</summary>
public sealed class HostText;
