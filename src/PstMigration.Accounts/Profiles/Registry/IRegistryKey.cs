namespace PstMigration.Accounts.Registry;

/// <summary>A key of the registry, or of an export of it. Names compare without case.</summary>
internal interface IRegistryKey : IDisposable
{
    /// <summary>The key's own name.</summary>
    string Name { get; }

    /// <summary>Names of the keys below.</summary>
    IEnumerable<string> SubKeyNames { get; }

    /// <summary>A key below, by a path with backslashes; null where there is none or it may not be read.</summary>
    IRegistryKey? Open(string path);

    /// <summary>A value; null where there is none. Reads this one value and no other.</summary>
    RegistryData? Value(string name);
}
