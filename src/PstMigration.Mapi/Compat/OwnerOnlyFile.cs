using System.Runtime.InteropServices;
using System.Security.AccessControl;
using System.Security.Principal;
#if NET
using System.Runtime.Versioning;
#endif

namespace PstMigration.Mapi;

/// <summary>
/// Makes an empty file that its owner alone may read and write: mode 0600; on Windows an access list of one entry that inherits
/// nothing from the folder.
/// </summary>
public static class OwnerOnlyFile
{
    /// <summary>Makes the file where there is none.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
        {
            try
            {
                Create(path).Dispose();
            }
            catch (IOException) when (File.Exists(path))
            {
                // Somebody else has just made it, the same way.
            }
        }
    }

    /// <summary>Whether users of this computer other than its owner can read or write a file. On Windows those below the user's own profile are kept from them.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static bool IsExposed(string path)
    {
#if NET
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
#else
        return false;
#endif
    }

    /// <summary>Whether somebody else than its owner and the administrators of the computer may write to a file or folder.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static bool MayOthersWrite(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            return (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;
        }
#else
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return false;
        }
#endif
        return MayOthersWriteWindows(path);
    }

#if NET
    [SupportedOSPlatform("windows")]
#endif
    private static bool MayOthersWriteWindows(string path)
    {
        const FileSystemRights Writing = FileSystemRights.WriteData | FileSystemRights.AppendData | FileSystemRights.Delete
            | FileSystemRights.ChangePermissions | FileSystemRights.TakeOwnership;
        using WindowsIdentity user = WindowsIdentity.GetCurrent();
        FileSystemSecurity security = Directory.Exists(path)
            ? new DirectorySecurity(path, AccessControlSections.Access | AccessControlSections.Owner)
            : new FileSecurity(path, AccessControlSections.Access | AccessControlSections.Owner);
        IdentityReference?[] trusted =
        [
            user.User, security.GetOwner(typeof(SecurityIdentifier)), new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null),
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null), new SecurityIdentifier(WellKnownSidType.CreatorOwnerSid, null),
        ];
        return security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>()
            .Any(r => r.AccessControlType == AccessControlType.Allow && (r.FileSystemRights & Writing) != 0 && !trusted.Contains(r.IdentityReference));
    }

#if NETFRAMEWORK
    // mono knows no access lists, nor modes.
    private static FileStream Create(string path) => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? new FileStream(path, FileMode.CreateNew, FileSystemRights.Read | FileSystemRights.Write, FileShare.None, 1, FileOptions.None, OwnerAlone())
        : new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
#else
    private static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Read | FileSystemRights.Write, FileShare.None, 1, FileOptions.None, OwnerAlone())
        : new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
#endif

#if NET
    [SupportedOSPlatform("windows")]
#endif
    private static FileSecurity OwnerAlone()
    {
        using WindowsIdentity user = WindowsIdentity.GetCurrent();
        FileSecurity security = new();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }
}
