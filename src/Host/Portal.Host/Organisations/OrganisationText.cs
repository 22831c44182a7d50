namespace Portal.Host.Organisations;

/// <summary>Words of the organisation pages (OrganisationText.resx).</summary>
public sealed class OrganisationText;
