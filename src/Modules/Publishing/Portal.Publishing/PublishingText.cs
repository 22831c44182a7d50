namespace Portal.Publishing;

/// <summary>Names that several areas of the module show: types, fields, states, settings. Its texts are beside it.</summary>
public sealed class PublishingText;
