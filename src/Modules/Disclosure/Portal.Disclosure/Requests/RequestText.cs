namespace Portal.Disclosure.Requests;

/// <summary>Names the texts of the requests; they are beside it.</summary>
public sealed class RequestText;
