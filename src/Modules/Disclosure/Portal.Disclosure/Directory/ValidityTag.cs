namespace Portal.Disclosure.Directory;

/// <summary>How validity looks: a word first, a colour second (G-23, G-24).</summary>
internal static class ValidityTag
{
    public static string ClassOf(string validity) => validity switch
    {
        "effective" => "p-tag p-tag--green",
        "pending" or "amended" => "p-tag p-tag--amber",
        "repealed" or "expired" => "p-tag p-tag--red",
        _ => "p-tag",
    };
}
