namespace PstMigration.Accounts.Registry;

/// <summary>What an export may hold of what is wanted from it. What is not wanted may be of any size: it is passed over.</summary>
internal static class RegistryFileLimits
{
    /// <summary>Characters in the path of a key; Windows allows 255 in each name.</summary>
    public const int KeyPath = 8 * 1024;

    /// <summary>Characters in the name of a value; Windows' own bound.</summary>
    public const int ValueName = 16_383;

    /// <summary>Bytes or characters in one wanted value. An entry id with a path is below 1 KB.</summary>
    public const int Value = 64 * 1024;

    /// <summary>Wanted keys.</summary>
    public const int Keys = 50_000;

    /// <summary>Bytes of all wanted values.</summary>
    public const long Total = 32 * 1024 * 1024;

    /// <summary>Errors that are told; a file with more is not an export.</summary>
    public const int Problems = 100;
}
