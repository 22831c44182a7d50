namespace Portal.Interaction.Letters;

/// <summary>Names the texts of the public pages of letters; they are beside it.</summary>
public sealed class MailText;
