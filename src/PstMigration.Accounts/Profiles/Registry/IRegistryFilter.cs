namespace PstMigration.Accounts.Registry;

/// <summary>Says what is wanted of a registry file. Everything else is passed over unread.</summary>
internal interface IRegistryFilter
{
    /// <summary>Whether values of this key may be wanted.</summary>
    /// <param name="path">From the hive on, such as HKEY_CURRENT_USER\Software\Microsoft.</param>
    bool WantsKey(string path);

    /// <summary>Whether this value is wanted.</summary>
    bool WantsValue(string path, string name);
}
