using System.Runtime.InteropServices;
using System.Security.AccessControl;
using System.Security.Principal;
#if NET
using System.Runtime.Versioning;
#endif

namespace PstMigration.Mapi;

/// <summary>
/// Makes a folder whose files its owner alone may read and write: mode 0700; on Windows an access list of one entry that files
/// in it inherit.
/// </summary>
public static class OwnerOnlyFolder
{
    /// <summary>Makes the folder where there is none; those above it are ordinary ones.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Ensure(string path)
    {
        string full = Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? full);
            Create(full);
        }
    }

    /// <summary>Makes a new, empty folder among the user's temporary files.</summary>
    /// <param name="prefix">How its name begins.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    internal static string CreateTemporary(string prefix)
    {
#if NET
        return Directory.CreateTempSubdirectory(prefix).FullName;
#else
        string path = Path.Combine(Path.GetTempPath(), prefix + Path.GetRandomFileName());
        Create(path);
        return path;
#endif
    }

#if NETFRAMEWORK
    // mono knows no access lists, nor modes.
    private static void Create(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            Directory.CreateDirectory(path, OwnerAlone());
        }
        else
        {
            Directory.CreateDirectory(path);
        }
    }
#else
    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            OwnerAlone().CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
#endif

#if NET
    [SupportedOSPlatform("windows")]
#endif
    private static DirectorySecurity OwnerAlone()
    {
        using WindowsIdentity user = WindowsIdentity.GetCurrent();
        DirectorySecurity security = new();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(
            user.User!, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        return security;
    }
}
