using System.Globalization;
using PstMigration.Accounts.Registry;

namespace PstMigration.Accounts.Outlook;

/// <summary>Reads all Outlook profiles of one user.</summary>
internal sealed class OutlookProfileReader(string? user, string origin, string? installedVersion, string? installedProduct)
{
    private const int MaxAccounts = 1000;

    /// <summary>The profiles under a user's registry.</summary>
    public IReadOnlyList<OutlookProfile> Read(IRegistryKey userRoot)
    {
        List<OutlookProfile> profiles = [];
        using (IRegistryKey? messaging = userRoot.Open(OutlookRegistry.WindowsMessaging))
        {
            // Outlook 2013 and later leave what 2010 had; the place alone does not say whether 2010 is still there.
            Add(profiles, messaging, messaging, new Version(14, 0));
        }

        using IRegistryKey? office = userRoot.Open(@"Software\Microsoft\Office");
        foreach (string name in office?.SubKeyNames.OrderBy(n => n, StringComparer.OrdinalIgnoreCase) ?? Enumerable.Empty<string>())
        {
            if (Version.TryParse(name, out Version? version) && version.Major >= 15)
            {
                using IRegistryKey? outlook = office!.Open(name + @"\Outlook");
                Add(profiles, outlook, outlook, version);
            }
        }

        return profiles;
    }

    private void Add(List<OutlookProfile> profiles, IRegistryKey? place, IRegistryKey? settings, Version version)
    {
        using IRegistryKey? list = place?.Open("Profiles");
        string? defaultName = settings?.Value("DefaultProfile")?.AsText() ?? list?.Value("DefaultProfile")?.AsText();
        foreach (string name in list?.SubKeyNames.OrderBy(n => n, StringComparer.OrdinalIgnoreCase) ?? Enumerable.Empty<string>())
        {
            using IRegistryKey? profile = list!.Open(name);
            if (profile is not null)
            {
                bool isDefault = string.Equals(name, defaultName, StringComparison.OrdinalIgnoreCase);
                profiles.Add(ReadProfile(profile, name, version, isDefault));
            }
        }
    }

    private OutlookProfile ReadProfile(IRegistryKey profile, string name, Version version, bool isDefault) => new()
    {
        Name = name,
        IsDefault = isDefault,
        Version = version,
        Accounts = ReadAccounts(profile, name, Client(version)),
        DataFiles = ReadDataFiles(profile, name),
    };

    private MailClient Client(Version version) =>
        version.Major >= 16 && Version.TryParse(installedVersion, out Version? build) && build.Major == version.Major
            ? new MailClient(MailClientKind.OutlookClassic, build, installedProduct)
            : new MailClient(MailClientKind.OutlookClassic, version);

    private List<LegacyMailAccount> ReadAccounts(IRegistryKey profile, string name, MailClient client)
    {
        List<LegacyMailAccount> accounts = [];
        using IRegistryKey? manager = profile.Open(OutlookRegistry.AccountManager);
        if (manager is null)
        {
            return accounts;
        }

        OutlookAccountReader reader = new(profile, name, client, user, origin);
        foreach (string id in AccountIds(manager).Take(MaxAccounts))
        {
            using IRegistryKey? key = manager.Open(id);
            if (key is not null && reader.Read(key) is LegacyMailAccount account)
            {
                accounts.Add(account);
            }
        }

        return accounts;
    }

    // Keys of removed accounts stay behind; the list has those that are in use, in their order.
    private static IEnumerable<string> AccountIds(IRegistryKey manager)
    {
        byte[] list = manager.Value(OutlookRegistry.MailAccountList)?.Bytes ?? [];
        if (list.Length < 4)
        {
            return manager.SubKeyNames.OrderBy(n => n, StringComparer.OrdinalIgnoreCase);
        }

        List<string> ids = [];
        for (int i = 0; i + 4 <= list.Length; i += 4)
        {
            string id = BitConverter.ToUInt32(list, i).ToString("X8", CultureInfo.InvariantCulture);
            if (!ids.Contains(id) && ids.Count < MaxAccounts)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static List<OutlookDataFile> ReadDataFiles(IRegistryKey profile, string name)
    {
        List<OutlookDataFile> files = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string sectionName in profile.SubKeyNames.OrderBy(n => n, StringComparer.OrdinalIgnoreCase))
        {
            using IRegistryKey? section = profile.Open(sectionName);
            if (section is not null && OutlookSection.FilePath(section, out bool isOst) is string path && seen.Add(path))
            {
                files.Add(new OutlookDataFile
                {
                    Path = path,
                    IsOst = isOst,
                    DisplayName = section.Value(OutlookRegistry.DisplayName)?.AsText() ?? "",
                    Profile = name,
                });
            }
        }

        return files;
    }
}
