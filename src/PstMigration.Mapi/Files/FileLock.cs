using System.Runtime.InteropServices;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// A file that is held open alone, so that one process, and one part of it, does something at a time. On Unix .NET makes that an
/// exclusive lock (flock), which binds those who ask for it. It ends with the process at the latest; at a normal end the file
/// is removed, after a kill it stays and keeps nobody out.
/// </summary>
public sealed class FileLock : IDisposable
{
    private const int Attempts = 3;

    /// <summary>How often to look whether a file is removed by now: some milliseconds.</summary>
    private const int Looks = 40;

    /// <summary>The HResult of a lock somebody else has: EAGAIN.</summary>
    private const int AdvisoryLock = 11;

    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    // One part of this process takes or leaves a lock at a time: mono cannot tell that a name stands for another file by now, and would give two of them the lock that changes hands.
    private static readonly object s_turn = new();

    private readonly string _path;
    private readonly FileStream _stream;

    private FileLock(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock file, of no other use; its folder has to be writable.</param>
    /// <exception cref="IOException">Somebody has it, by <see cref="FileSharing.IsInUse"/>; the file cannot be made, or something else is in its place: a link, a pipe. A folder that does not exist is named.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made; the folder is named.</exception>
    public static FileLock Take(string path)
    {
        string full = LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)));
        FilePlace.CheckBeside(Path.GetFullPath(path));
        try
        {
            lock (s_turn)
            {
                return TakeAt(full);
            }
        }
        catch (UnauthorizedAccessException e) when (!File.Exists(full))
        {
            throw FilePlace.Denied(path, e);
        }
    }

    /// <summary>Whether somebody has the lock. Asking is no part of taking it: it may be another's, or nobody's, at once.</summary>
    public static bool IsTaken(string path)
    {
        string full = LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)));
        if (!File.Exists(full) || AloneFile.IsLink(full) || AloneFile.IsSpecial(full))
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
        lock (s_turn)
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
    }

    private static FileLock TakeAt(string full)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            FileStream? stream = Open(full);
            try
            {
                if (stream is not null && AloneFile.IsInPlace(stream, full))
                {
                    return new FileLock(full, stream);
                }
            }
            catch
            {
                stream?.Dispose();
                throw;
            }

            // Its last owner removed it between our opening and our locking it: what we hold is no longer in its place.
            stream?.Dispose();
        }

        throw new IOException("The lock file is being replaced all the time.", AdvisoryLock);
    }

    // Windows removes it also where the process is killed; there, nobody can open it before it is gone.
    private static FileStream? Open(string path) => s_isWindows ? OpenOnWindows(path)
        : AloneFile.TryCreate(path, FileAccess.ReadWrite, bufferSize: 1) ?? AloneFile.TryOpen(path);

    private static FileStream OpenOnWindows(string path)
    {
        SpinWait wait = default;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (UnauthorizedAccessException) when (wait.Count < Looks)
            {
                // Said also of a file that is just being removed.
                wait.SpinOnce();
            }
        }
    }
}
