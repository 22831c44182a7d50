namespace Portal.Interaction.Letters.Templates;

/// <summary>Names the texts about templates of replies; they are beside it.</summary>
public sealed class ReplyTemplateText;
