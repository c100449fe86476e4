using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Messaging;

/// <summary>Opens files for reading and tells apart why one cannot be opened.</summary>
internal static class FileOpener
{
    /// <summary>Opens a file, shared with everybody.</summary>
    /// <exception cref="PstException">PstNotFound, PstIsDirectory, PstInUse, PstAccessDenied, PstReadFailed.</exception>
    public static IFileBytes Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw PstException.IsDirectory(path);
        }

        try
        {
            return SharedFileBytes.Open(path, isFar: IsOnNetwork(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw PstException.NotFound(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw PstException.AccessDenied(path, e);
        }
        catch (IOException e)
        {
            throw FileSharing.IsInUse(e) ? PstException.InUse(path, e) : PstException.ReadFailed(path, e);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw PstException.NotFound(path);
        }
    }

    private static bool IsOnNetwork(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            return full.StartsWith(@"\\", StringComparison.Ordinal) || new DriveInfo(full).DriveType == DriveType.Network;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }
}
