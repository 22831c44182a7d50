namespace Portal.Interaction.Quotas;

/// <summary>Names the texts of the yearly quotas; they are beside it.</summary>
public sealed class QuotaText;
