namespace Portal.Publishing.Documents;

/// <summary>What the writing pages of the console say. Its texts are beside it.</summary>
public sealed class DocumentText;
