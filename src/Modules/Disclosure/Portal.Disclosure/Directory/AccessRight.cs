namespace Portal.Disclosure.Directory;

/// <summary>
/// What the public may have of a record 公开属性: one meaning for the form, for what is pushed and pulled, and for every
/// public surface (Regulation 711, art. 14 to 16, 19 and 27).
/// </summary>
internal enum AccessRight
{
    /// <summary>主动公开: all of it.</summary>
    Public,

    /// <summary>依申请公开: that it exists and what it is about; the text is asked for by a request.</summary>
    OnRequest,

    /// <summary>不予公开: nothing; staff of its site alone see the record.</summary>
    Withheld,
}

internal static class AccessRights
{
    public const string Element = "openness";
    public const string Proactive = "proactive";
    public const string Requested = "on-request";
    public const string Refused = "withheld";

    /// <summary>The right that a record states; one that states none is meant for all.</summary>
    public static AccessRight Of(EntryMetadata metadata) => metadata.One(Element) switch
    {
        null or Proactive => AccessRight.Public,
        Requested => AccessRight.OnRequest,
        // What cannot be read as open is not shown.
        _ => AccessRight.Withheld,
    };
}
