using System.Runtime.Versioning;
using System.Security;
using System.Text;
using Microsoft.Win32;

namespace PstMigration.Accounts.Registry;

/// <summary>A key of this PC's registry, opened for reading.</summary>
[SupportedOSPlatform("windows")]
internal sealed class LiveRegistryKey(RegistryKey key) : IRegistryKey
{
    /// <inheritdoc/>
    public string Name => key.Name.Substring(key.Name.LastIndexOf('\\') + 1);

    /// <inheritdoc/>
    public IEnumerable<string> SubKeyNames
    {
        get
        {
            try
            {
                return key.GetSubKeyNames();
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                return [];
            }
        }
    }

    /// <summary>The current user's registry. 32-bit and 64-bit programs share it.</summary>
    public static LiveRegistryKey CurrentUser() => new(RegistryKey.OpenBaseKey(RegistryHive.CurrentUser, RegistryView.Default));

    /// <summary>The registries of the users who are signed in, or whose registry is loaded.</summary>
    public static LiveRegistryKey Users() => new(RegistryKey.OpenBaseKey(RegistryHive.Users, RegistryView.Default));

    /// <summary>The machine's registry as 64-bit programs see it, where Click-to-Run writes whatever its own bitness.</summary>
    public static LiveRegistryKey Machine() => new(RegistryKey.OpenBaseKey(
        RegistryHive.LocalMachine, Environment.Is64BitOperatingSystem ? RegistryView.Registry64 : RegistryView.Default));

    /// <inheritdoc/>
    public IRegistryKey? Open(string path)
    {
        try
        {
            return key.OpenSubKey(path, writable: false) is RegistryKey child ? new LiveRegistryKey(child) : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public RegistryData? Value(string name)
    {
        try
        {
            return key.GetValue(name, null, RegistryValueOptions.DoNotExpandEnvironmentNames) switch
            {
                string text => RegistryData.OfText(text),
                byte[] bytes => RegistryData.OfBytes(RegistryValueType.Binary, bytes),
                int number => RegistryData.OfNumber(unchecked((uint)number)),
                long number => RegistryData.OfBytes(RegistryValueType.LongNumber, BitConverter.GetBytes(number)),
                string[] lines => RegistryData.OfBytes(RegistryValueType.MultiText, Encoding.Unicode.GetBytes(string.Join("\0", lines))),
                _ => null,
            };
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static bool IsUnreadable(Exception exception) => exception is SecurityException or UnauthorizedAccessException or IOException;
}
