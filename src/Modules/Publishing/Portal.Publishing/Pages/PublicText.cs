namespace Portal.Publishing.Pages;

/// <summary>Names the resource file with what visitors read.</summary>
internal sealed class PublicText;
