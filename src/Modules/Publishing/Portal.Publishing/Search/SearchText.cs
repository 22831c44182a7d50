namespace Portal.Publishing.Search;

/// <summary>Names the texts of the search page; they are beside it.</summary>
public sealed class SearchText;
