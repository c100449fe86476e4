namespace PstMigration.Accounts.Registry;

/// <summary>The types of registry values that matter here; the numbers are Windows' own (REG_SZ ...).</summary>
internal enum RegistryValueType
{
    None = 0,
    Text = 1,
    ExpandText = 2,
    Binary = 3,
    Number = 4,
    MultiText = 7,
    LongNumber = 11,
}
