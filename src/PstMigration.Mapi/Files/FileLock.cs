using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PstMigration.Mapi;

/// <summary>
/// A file that is held open alone, so that one process, and one part of it, does something at a time. On Unix .NET makes that an
/// exclusive lock (flock), which binds those who ask for it. It ends with the process at the latest; at a normal end the file
/// is removed, after a kill it stays and keeps nobody out.
/// </summary>
public sealed class FileLock : IDisposable
{
    private const int Attempts = 3;

    /// <summary>The HResult of a lock somebody else has: EAGAIN.</summary>
    private const int AdvisoryLock = 11;

    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private readonly string _path;
    private readonly FileStream _stream;

    private FileLock(string path)
    {
        _path = path;
        RefuseLink();

        // Windows removes it also where the process is killed; there, nobody can open it before it is gone.
        _stream = new FileStream(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, s_isWindows ? FileOptions.DeleteOnClose : FileOptions.None);
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock file, of no other use; its folder has to be writable.</param>
    /// <exception cref="IOException">Somebody has it; the file cannot be made, or is a link.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static FileLock Take(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            FileLock taken = new(LongPath.Of(path ?? throw new ArgumentNullException(nameof(path))));
            try
            {
                if (s_isWindows || taken.IsInPlace())
                {
                    return taken;
                }
            }
            catch
            {
                taken._stream.Dispose();
                throw;
            }

            // Its last owner removed it between our opening and our locking it: what we hold is no longer there.
            taken._stream.Dispose();
            if (attempt == Attempts)
            {
                throw new IOException("The lock file is being replaced all the time.", AdvisoryLock);
            }
        }
    }

    /// <summary>Whether somebody has the lock. Asking is no part of taking it: it may be another's, or nobody's, at once.</summary>
    public static bool IsTaken(string path)
    {
        string full = LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)));
        if (!File.Exists(full))
        {
            return false;
        }

        try
        {
            using FileStream stream = new(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (!s_isWindows)
            {
                // Before it is let go: who opens it from now on makes another.
                File.Delete(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays behind and locks nobody out.
        }

        _stream.Dispose();
    }

    // Whoever may write to the folder could have put a link to another file there, which would be cut to nothing.
    private void RefuseLink()
    {
        try
        {
            if ((File.GetAttributes(_path) & FileAttributes.ReparsePoint) != 0)
            {
                throw new IOException("A link is in the place of the lock file.");
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // It is about to be made, or opening it says what is missing.
        }
    }

    // .NET does not tell which file a name stands for. A length nobody else would choose does.
    private bool IsInPlace()
    {
        byte[] random = new byte[sizeof(int)];
        using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        long length = 1 + (BitConverter.ToUInt32(random, 0) & 0xFFFFFF);
        _stream.SetLength(length);
        FileInfo found = new(_path);
        bool isInPlace = found.Exists && found.Length == length;
        _stream.SetLength(0);
        return isInPlace;
    }
}
