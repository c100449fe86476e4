using System.Text.RegularExpressions;
using PstMigration.Accounts.Registry;

namespace PstMigration.Accounts.Outlook;

/// <summary>
/// Where classic Outlook keeps profiles, and the names of the values that are read. What is not in this list is not read, so no
/// password can be: not from the registry, and not from an export of it.
/// </summary>
/// <remarks>Paths and names: the account-management constants of the Outlook documentation, and what Outlook 2010 to 2024 writes.</remarks>
internal sealed class OutlookRegistry : IRegistryFilter
{
    /// <summary>Profiles up to Outlook 2010.</summary>
    public const string WindowsMessaging = @"Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem";

    /// <summary>The key of Click-to-Run installations, below the machine's hive.</summary>
    public const string ClickToRun = @"SOFTWARE\Microsoft\Office\ClickToRun\Configuration";

    /// <summary>The section of a profile that holds accounts.</summary>
    public const string AccountManager = "9375CFF0413111d3B88A00104B2A6676";

    /// <summary>In the account manager: the ids of live mail accounts, four bytes each, in their order.</summary>
    public const string MailAccountList = "{ED475418-B0D6-11D2-8C3B-00104B2A6676}";

    /// <summary>PR_PST_PATH as Unicode: a .pst.</summary>
    public const string PstPath = "001f6700";

    /// <summary>PR_PST_PATH as 8-bit text.</summary>
    public const string PstPathAnsi = "001e6700";

    /// <summary>PR_PROFILE_OFFLINE_STORE_PATH: an .ost.</summary>
    public const string OstPath = "001f6610";

    /// <summary>PR_DISPLAY_NAME.</summary>
    public const string DisplayName = "001f3001";

    /// <summary>PR_STORE_PROVIDERS: UIDs of the sections of a service's stores, 16 bytes each.</summary>
    public const string StoreProviders = "01023d00";

    /// <summary>The filter over exported files.</summary>
    public static readonly OutlookRegistry Filter = new();

    private static readonly HashSet<string> s_values = new(StringComparer.OrdinalIgnoreCase)
    {
        PstPath, PstPathAnsi, OstPath, DisplayName, StoreProviders, MailAccountList,
        "DefaultProfile", "VersionToReport", "ProductReleaseIds",
        "clsid", "Service Name", "Service UID", "Account Name", "Display Name", "Email",
        "POP3 Server", "POP3 User", "POP3 Port", "POP3 Use SSL", "POP3 Secure Connection", "POP3 Use Sicily", "POP3 Use SPA",
        "IMAP Server", "IMAP User", "IMAP Port", "IMAP Use SSL", "IMAP Secure Connection", "IMAP Use Sicily", "IMAP Use SPA", "IMAP Store EID",
        "SMTP Server", "SMTP User", "SMTP Port", "SMTP Use SSL", "SMTP Secure Connection", "SMTP Use Auth", "SMTP Auth Method", "SMTP Use Sicily", "SMTP Use SPA",
        "Leave on Server", "Delivery Store EntryID", "EAS Server URL", "EAS User", "EAS Store EID",
    };

    private static readonly Regex s_profileKey = new(
        @"\\Software\\Microsoft\\(Office\\\d{1,3}\.\d{1,3}\\Outlook|Windows NT\\CurrentVersion\\Windows Messaging Subsystem)(\\Profiles(\\[^\\]+){0,3})?$|^HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private OutlookRegistry()
    {
    }

    /// <inheritdoc/>
    public bool WantsKey(string path) => s_profileKey.IsMatch(path);

    /// <inheritdoc/>
    public bool WantsValue(string path, string name) => s_values.Contains(name);
}
