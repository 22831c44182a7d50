namespace Portal.Host.Sites;

/// <summary>Words of the site pages (SiteText.resx).</summary>
public sealed class SiteText;
