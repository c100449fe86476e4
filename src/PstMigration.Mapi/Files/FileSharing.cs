namespace PstMigration.Mapi;

/// <summary>Tells why a file cannot be opened. The low word of an HRESULT is the Windows error; elsewhere .NET gives errno.</summary>
public static class FileSharing
{
    private const int WindowsWriteProtected = 19;
    private const int SharingViolation = 32;
    private const int LockViolation = 33;
    private const int ReadOnlyFileSystem = 30;

    /// <summary>Somebody has it open and does not share it: on Windows, or by the advisory lock .NET takes (EAGAIN; on macOS 35).</summary>
    public static bool IsInUse(Exception exception) => exception is IOException && (exception.HResult & 0xFFFF) is SharingViolation or LockViolation or 11 or 35;

    /// <summary>The medium is only to be read.</summary>
    public static bool IsWriteProtected(Exception exception) => exception is IOException && (exception.HResult & 0xFFFF) is WindowsWriteProtected or ReadOnlyFileSystem;
}
