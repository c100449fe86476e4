using PstMigration.Accounts.Registry;

namespace PstMigration.Accounts.Outlook;

/// <summary>A section of a profile: a key whose name is a UID and whose values are named by property tags.</summary>
internal static class OutlookSection
{
    /// <summary>The path of the section's data file; null where it has none.</summary>
    public static string? FilePath(IRegistryKey section, out bool isOst)
    {
        isOst = false;
        string? path = section.Value(OutlookRegistry.PstPath)?.AsText() ?? AnsiText(section.Value(OutlookRegistry.PstPathAnsi));
        if (string.IsNullOrWhiteSpace(path))
        {
            path = section.Value(OutlookRegistry.OstPath)?.AsText();
            isOst = true;
        }

        return string.IsNullOrWhiteSpace(path) ? null : path;
    }

    // Written as REG_BINARY with 8-bit text, where Unicode text would be UTF-16.
    private static string? AnsiText(RegistryData? value) =>
        value is RegistryData { Text: null } data ? OutlookAnsiText.Decode(data.Bytes) : value?.Text;
}
