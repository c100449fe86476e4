namespace PstMigration.Mapi;

/// <summary>Tells a disk that is full from everything else that goes wrong with files. Whatever was being written, the error is <see cref="FileErrorIds.DiskFull"/>.</summary>
public static class DiskSpace
{
    /// <summary>EFBIG of Linux and macOS: a file may not become that long, on this file system or for this user.</summary>
    private const int TooLong = 27;

    // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL and ERROR_FILE_TOO_LARGE of Windows; ENOSPC and EDQUOT of Linux and macOS.
    private static readonly int[] s_full = [unchecked((int)0x80070027), unchecked((int)0x80070070), unchecked((int)0x800700DF), 28, 122, 69, TooLong];

    /// <summary>Whether an error of the file system says that the disk, or one's share of it, is full, or the file as long as it may become.</summary>
    public static bool IsExhausted(Exception exception) => exception is IOException && Array.IndexOf(s_full, exception.HResult) >= 0;

    /// <summary>Cuts a file off or fills it up with zeros.</summary>
    /// <exception cref="IOException">It cannot become that long, which .NET takes for a fault of the caller.</exception>
    public static void SetLength(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (ArgumentOutOfRangeException e) when (length >= 0)
        {
            throw new IOException(e.Message, TooLong);
        }
    }
}
