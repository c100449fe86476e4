using System.Runtime.InteropServices;
using System.Text;

namespace PstMigration.Accounts.Thunderbird;

/// <summary>Profiles of Thunderbird, from where it keeps them or from a copy of that folder.</summary>
public static class ThunderbirdProfiles
{
    private const string Settings = "prefs.js";

    /// <summary>Folders in which Thunderbird keeps profiles.ini on this system; those that exist.</summary>
    public static IEnumerable<string> DefaultFolders()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string roaming = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        string[] folders = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? [Path.Combine(roaming, "Thunderbird"), Path.Combine(roaming, "Betterbird")]
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? [Path.Combine(home, "Library", "Thunderbird")]
            :
            [
                Path.Combine(home, ".thunderbird"),
                Path.Combine(home, ".var", "app", "org.mozilla.Thunderbird", ".thunderbird"),
                Path.Combine(home, "snap", "thunderbird", "common", ".thunderbird"),
            ];
        return folders.Where(f => File.Exists(Path.Combine(f, "profiles.ini")));
    }

    /// <summary>The profiles in a folder: one with profiles.ini, or a single profile with prefs.js.</summary>
    /// <exception cref="AccountsException">MailProfileNotFound, MailProfileLimitExceeded.</exception>
    public static IEnumerable<ThunderbirdProfile> FromFolder(string folder)
    {
        string list = Path.Combine(folder, "profiles.ini");
        if (File.Exists(list))
        {
            return FromList(folder, list);
        }

        return File.Exists(Path.Combine(folder, Settings))
            ? [Read(folder, Path.GetFileName(folder.TrimEnd('/', '\\')))]
            : throw AccountsException.MailProfileNotFound(folder);
    }

    private static IEnumerable<ThunderbirdProfile> FromList(string folder, string list)
    {
        IReadOnlyList<(string Section, IReadOnlyDictionary<string, string> Values)> sections;
        using (StreamReader reader = new(Open(list), new UTF8Encoding(false)))
        {
            sections = IniFile.Read(reader, list);
        }

        foreach ((string section, IReadOnlyDictionary<string, string> values) in sections)
        {
            if (section.StartsWith("Profile", StringComparison.OrdinalIgnoreCase) && values.TryGetValue("Path", out string? path)
                && Locate(folder, path, values.TryGetValue("IsRelative", out string? relative) && relative == "1") is string profile)
            {
                yield return Read(profile, values.TryGetValue("Name", out string? name) ? name : section);
            }
        }
    }

    /// <summary>
    /// Where a profile is. An absolute path of a copied folder names another PC's disk, so the same name inside the folder comes first;
    /// a share is never opened because a file says so.
    /// </summary>
    private static string? Locate(string folder, string path, bool isRelative)
    {
        string[] parts = path.Split('/', '\\');
        string[] candidates =
        [
            .. isRelative && Array.TrueForAll(parts, p => p is not ("" or "..") && p.IndexOf(':') < 0) ? [Path.Combine([folder, .. parts])] : Array.Empty<string>(),
            Path.Combine(folder, "Profiles", parts[^1]),
            Path.Combine(folder, parts[^1]),
            .. !isRelative && !path.StartsWith(@"\\", StringComparison.Ordinal) && !path.StartsWith("//", StringComparison.Ordinal) && Path.IsPathRooted(path) ? [path] : Array.Empty<string>(),
        ];
        return parts[^1] is "" or "." or ".." || path.IndexOf('\0') >= 0 ? null : Array.Find(candidates, c => File.Exists(Path.Combine(c, Settings)));
    }

    private static ThunderbirdProfile Read(string folder, string name)
    {
        string path = Path.Combine(folder, Settings);
        using StreamReader reader = new(Open(path), new UTF8Encoding(false));
        ThunderbirdPreferences preferences = ThunderbirdPreferences.Read(reader, path);
        return new ThunderbirdProfile
        {
            Name = name,
            Folder = folder,
            Accounts = [.. new ThunderbirdAccountReader(preferences, folder, name, path).Read()],
        };
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
