namespace PstMigration.Mapi;

/// <summary>Where this project keeps what it remembers for a user: journals and the like.</summary>
public static class DataFolder
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "PSTMIGRATION_DATA";

    /// <summary>
    /// The full path of the folder of a kind, whether there is one or not: below what <see cref="Variable"/> names, else below the user's local data
    /// (<c>%LOCALAPPDATA%\PstMigration</c>, <c>~/.local/share/PstMigration</c>). Null where the user has no such place.
    /// </summary>
    /// <param name="kind">Such as transfers.</param>
    public static string? Of(string kind)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Path.GetFullPath(Path.Combine(given, kind));
        }

        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length == 0 ? null : Path.Combine(local, "PstMigration", kind);
    }
}
