namespace Portal.Shared.Ui;

/// <summary>How the validity of a policy looks: a word first, a colour second (G-23, G-24).</summary>
public static class ValidityTag
{
    /// <summary>The classes of the tag for a code of validity.</summary>
    public static string ClassOf(string validity) => validity switch
    {
        "effective" => "p-tag p-tag--green",
        "pending" or "amended" => "p-tag p-tag--amber",
        "repealed" or "expired" or "withdrawn" => "p-tag p-tag--red",
        _ => "p-tag",
    };
}
