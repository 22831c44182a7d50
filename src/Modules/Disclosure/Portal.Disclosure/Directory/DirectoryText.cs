namespace Portal.Disclosure.Directory;

/// <summary>Names the texts of the directory; they are beside it.</summary>
public sealed class DirectoryText;
