#if NET
using PstMigration.Mapi.Compat;
#endif

namespace PstMigration.Mapi;

/// <summary>Copies of files that share what is on the disk until either is written to, on file systems that have them: XFS, Btrfs and others of Linux.</summary>
public static class FileClone
{
    /// <summary>Makes an open file the same as another one, in no time.</summary>
    /// <param name="source">The other one, open for reading.</param>
    /// <param name="target">An empty one, open for writing.</param>
    /// <returns>False where the file system, or this system, has no such copies, or the files are on two volumes: nothing was done then.</returns>
    public static bool TryClone(FileStream source, FileStream target)
    {
        if (source is null || target is null)
        {
            throw new ArgumentNullException(source is null ? nameof(source) : nameof(target));
        }

#if NET
        return UnixFile.TryClone(source.SafeFileHandle, target.SafeFileHandle);
#else
        return false;
#endif
    }
}
