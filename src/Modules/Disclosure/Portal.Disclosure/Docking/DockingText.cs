namespace Portal.Disclosure.Docking;

/// <summary>Names the resource file of the docking of city systems.</summary>
public sealed class DockingText;
