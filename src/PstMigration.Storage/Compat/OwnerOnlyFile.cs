using System.Runtime.InteropServices;
using System.Security.AccessControl;
using System.Security.Principal;
#if NET
using System.Runtime.Versioning;
#endif

namespace PstMigration.Storage;

/// <summary>
/// Makes an empty file that its owner alone may read and write: mode 0600; on Windows an access list of one entry that inherits
/// nothing from the folder. What SQLite keeps beside it while it is open takes over the mode, on Windows the rights of the folder.
/// </summary>
internal static class OwnerOnlyFile
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
