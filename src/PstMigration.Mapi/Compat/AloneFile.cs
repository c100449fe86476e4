namespace PstMigration.Mapi.Compat;

/// <summary>
/// Files made and opened alone, for their owner alone, never through a link somebody planted. .NET Framework knows none of that but for the
/// sharing of Windows, which is what counts there; mono runs tests.
/// </summary>
internal static class AloneFile
{
    private const long AppendLock = long.MaxValue - 1;

    /// <summary>Whether a file opened alone is kept from other processes: not by mono, which keeps it from its own process only.</summary>
    public static bool BindsOtherProcesses =>
#if NET
        true;
#else
        System.Runtime.InteropServices.RuntimeInformation.IsOSPlatform(System.Runtime.InteropServices.OSPlatform.Windows);
#endif

    /// <summary>Makes a new file, on Unix of mode 0600, and opens it alone.</summary>
    /// <returns>Null where the name is taken, by a link too.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileStream? TryCreate(string path, FileAccess access, int bufferSize, FileOptions options = FileOptions.None)
    {
        try
        {
#if NET
            FileStreamOptions how = new() { Mode = FileMode.CreateNew, Access = access, Share = FileShare.None, BufferSize = bufferSize, Options = options };
            if (!OperatingSystem.IsWindows())
            {
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, how);
#else
            return new FileStream(path, FileMode.CreateNew, access, FileShare.None, bufferSize, options);
#endif
        }
        catch (IOException) when (File.Exists(path) || IsLink(path))
        {
            return null;
        }
    }

    /// <summary>Opens a file that others may open, too, or makes one, on Unix of mode 0600.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream OpenOrCreate(string path, int bufferSize)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = bufferSize,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
#endif
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize);
    }

    /// <summary>Opens an existing file alone.</summary>
    /// <returns>Null where it is gone.</returns>
    /// <exception cref="IOException">It is a link or no file, or somebody has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream? TryOpen(string path)
    {
        try
        {
#if NET
            if (!OperatingSystem.IsWindows())
            {
                return UnixFile.OpenAlone(path);
            }
        }
        catch (PlatformNotSupportedException)
        {
            // The way of old C libraries: looked at, then opened.
        }

        try
        {
#endif
            return IsLink(path) ? throw new IOException("A link is in the place of a file.")
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens an ordinary file that several add to, or makes one, on Unix of mode 0600.</summary>
    /// <exception cref="IOException">It is a link or no file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream OpenToAppend(string path)
    {
        TryCreate(path, FileAccess.ReadWrite, bufferSize: 1)?.Dispose();
#if NET
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                return UnixFile.OpenToAppend(path) ?? throw new FileNotFoundException(null, path);
            }
        }
        catch (PlatformNotSupportedException)
        {
            // An old C library: two that add at the same time may hit each other.
        }
#endif
        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
    }

    /// <summary>Adds bytes at the end of such a file, in one piece.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static void Append(FileStream stream, byte[] bytes)
    {
        if (!System.Runtime.InteropServices.RuntimeInformation.IsOSPlatform(System.Runtime.InteropServices.OSPlatform.Windows))
        {
            // The system puts it at the end, wherever that is by then.
            AtEnd(stream, bytes);
            return;
        }

        // Windows: the lock of a byte nobody uses.
        SpinWait wait = default;
        while (!TryLock(stream))
        {
            wait.SpinOnce();
        }

        try
        {
            AtEnd(stream, bytes);
        }
        finally
        {
#if NET
            if (OperatingSystem.IsWindows())
#endif
            {
                stream.Unlock(AppendLock, 1);
            }
        }
    }

    private static bool TryLock(FileStream stream)
    {
        try
        {
#if NET
            if (OperatingSystem.IsWindows())
#endif
            {
                stream.Lock(AppendLock, 1);
            }

            return true;
        }
        catch (IOException e) when (FileSharing.IsInUse(e))
        {
            return false;
        }
    }

    private static void AtEnd(FileStream stream, byte[] bytes)
    {
        stream.Seek(0, SeekOrigin.End);
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush();
    }

    /// <summary>Whether a name still stands for the file that was opened by it. On Windows it does as long as there is one: nobody can put another in its place.</summary>
    public static bool IsInPlace(FileStream stream, string path)
    {
#if NET
        if (UnixFile.Of(stream.SafeFileHandle) is UnixFileId open)
        {
            return UnixFile.Find(path, followsLink: true) is UnixFileId found && found.IsSame(open);
        }
#endif
        return File.Exists(path);
    }

    /// <summary>Whether a name stands for a pipe, a socket or a device, or a link to one.</summary>
    public static bool IsSpecial(string path) =>
#if NET
        UnixFile.Find(path, followsLink: true) is { IsOrdinary: false, IsDirectory: false };
#else
        false;
#endif

    /// <summary>Whether a name stands for a link, or for something else that is no file.</summary>
    public static bool IsLink(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether a directory is this user's own, and no link. Elsewhere than on Unix what lies in one's own place is.</summary>
    public static bool IsOwnDirectory(string path) =>
#if NET
        UnixFile.Find(path, followsLink: false) is not UnixFileId found ? OperatingSystem.IsWindows() && !IsLink(path)
            : found.IsDirectory && found.Owner == UnixFile.User();
#else
        !IsLink(path);
#endif

    /// <summary>Gives a file the mode another has. Where it cannot be set, as on some network shares, the file stays its owner's.</summary>
    public static void TakeMode(string from, string to)
    {
#if NET
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(to, File.GetUnixFileMode(from));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
#endif
    }

    /// <summary>Makes a directory, and those above it that are missing, on Unix of mode 0700.</summary>
    public static void CreateDirectory(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }
}
