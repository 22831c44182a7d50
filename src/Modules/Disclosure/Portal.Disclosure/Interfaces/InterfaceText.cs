namespace Portal.Disclosure.Interfaces;

/// <summary>Names the texts of the open interfaces; they are beside it.</summary>
public sealed class InterfaceText;
