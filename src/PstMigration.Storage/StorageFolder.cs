using PstMigration.Mapi;

namespace PstMigration.Storage;

/// <summary>A folder for what its owner alone may read and write.</summary>
public static class StorageFolder
{
    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="StorageException">AccessDenied, DiskFull, FileAccessFailed: it cannot be made.</exception>
    public static void Ensure(string path)
    {
        try
        {
            OwnerOnlyFolder.Ensure(path);
        }
        catch (Exception e) when (SqliteErrors.IsOfFile(e))
        {
            throw SqliteErrors.Of(path, e);
        }
    }
}
