namespace PstMigration.Mapi;

/// <summary>Tells a disk that is full from everything else that goes wrong with files. Whatever was being written, the error is <see cref="FileErrorIds.DiskFull"/>.</summary>
public static class DiskSpace
{
    // ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows; ENOSPC and EDQUOT of Linux and macOS.
    private static readonly int[] s_full = [unchecked((int)0x80070027), unchecked((int)0x80070070), 28, 122, 69];

    /// <summary>Whether an error of the file system says that the disk, or one's share of it, is full.</summary>
    public static bool IsExhausted(Exception exception) => exception is IOException && Array.IndexOf(s_full, exception.HResult) >= 0;
}
