namespace Portal.Disclosure.Directory;

/// <summary>Public addresses of the directory, without leading slash.</summary>
internal static class RecordPath
{
    public const string Platform = "disclosure";

    public const string Directory = "disclosure/directory";

    public const string Guide = "disclosure/guide";

    public const string Rules = "disclosure/rules";

    public static string Of(Guid entryId) => $"disclosure/records/{entryId}";
}
