using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using PstMigration.Accounts.Registry;
using PstMigration.Mapi;

namespace PstMigration.Accounts.Outlook;

/// <summary>Profiles of classic Outlook, from this PC's registry or from an exported part of one. Passwords are never read.</summary>
public static class OutlookProfiles
{
    /// <summary>The profiles of the current user, or of every user whose registry is loaded.</summary>
    /// <exception cref="AccountsException">RegistryNotHere where there is no Windows.</exception>
    public static OutlookProfileSet FromRegistry(bool allUsers = false)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            throw AccountsException.RegistryNotHere();
        }

        return new OutlookProfileSet(allUsers ? ReadUsers() : ReadCurrentUser(), []);
    }

    /// <summary>The profiles in an exported registry file (.reg): of HKEY_CURRENT_USER, of HKEY_USERS, or of a hive loaded elsewhere.</summary>
    /// <param name="path">The file.</param>
    /// <param name="codePage">The code page of an ANSI file; null to tell it from the text.</param>
    /// <exception cref="AccountsException">RegistryFileNotRecognized, RegistryFileDamaged or RegistryFileLimitExceeded.</exception>
    public static OutlookProfileSet FromFile(string path, int? codePage = null)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return FromStream(stream, path, codePage);
    }

    internal static OutlookProfileSet FromStream(Stream stream, string path, int? codePage)
    {
        RegistryTree root = RegistryFileReader.Read(stream, path, OutlookRegistry.Filter, codePage, out IReadOnlyList<MailDataException> problems);
        IRegistryKey? clickToRun = root.Find("HKEY_LOCAL_MACHINE\\" + OutlookRegistry.ClickToRun);
        List<OutlookProfile> profiles = [];
        foreach ((RegistryTree userRoot, string? user) in UserRoots(root))
        {
            profiles.AddRange(Reader(user, path, clickToRun).Read(userRoot));
        }

        return new OutlookProfileSet(profiles, problems);
    }

    // What has Software below it is a user's registry, whatever it is called: HKEY_USERS\S-1-5-..., HKEY_LOCAL_MACHINE\TempHive.
    private static IEnumerable<(RegistryTree Root, string? User)> UserRoots(RegistryTree root)
    {
        foreach (RegistryTree hive in root.SubKeys)
        {
            if (string.Equals(hive.Name, "HKEY_CURRENT_USER", StringComparison.OrdinalIgnoreCase))
            {
                yield return (hive, null);
                continue;
            }

            foreach (RegistryTree user in hive.SubKeys.Where(k => k.Find("Software") is not null))
            {
                yield return (user, user.Name);
            }
        }
    }

    private static OutlookProfileReader Reader(string? user, string origin, IRegistryKey? clickToRun) =>
        new(user, origin, clickToRun?.Value("VersionToReport")?.AsText(), clickToRun?.Value("ProductReleaseIds")?.AsText());

    [SupportedOSPlatform("windows")]
    private static IReadOnlyList<OutlookProfile> ReadCurrentUser()
    {
        using LiveRegistryKey machine = LiveRegistryKey.Machine();
        using IRegistryKey? clickToRun = machine.Open(OutlookRegistry.ClickToRun);
        using LiveRegistryKey user = LiveRegistryKey.CurrentUser();
        return Reader(null, Strings.OriginRegistry, clickToRun).Read(user);
    }

    [SupportedOSPlatform("windows")]
    private static List<OutlookProfile> ReadUsers()
    {
        using LiveRegistryKey machine = LiveRegistryKey.Machine();
        using IRegistryKey? clickToRun = machine.Open(OutlookRegistry.ClickToRun);
        using LiveRegistryKey users = LiveRegistryKey.Users();
        List<OutlookProfile> profiles = [];
        foreach (string sid in users.SubKeyNames)
        {
            using IRegistryKey? user = users.Open(sid);
            if (user is not null && !sid.EndsWith("_Classes", StringComparison.OrdinalIgnoreCase))
            {
                profiles.AddRange(Reader(sid, Strings.OriginRegistry, clickToRun).Read(user));
            }
        }

        return profiles;
    }
}
