namespace Portal.Publishing.Reviews;

/// <summary>Names the texts of the three reviews; they are beside it.</summary>
public sealed class ReviewText;
