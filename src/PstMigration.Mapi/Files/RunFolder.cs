using System.Globalization;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// A folder for the temporary files of one run, which only its user can read. It is held by a <see cref="FileLock"/> as long as it is in use; one that nobody
/// holds belonged to a process that was killed, and is cleared away by the next that comes (<see cref="ClearAway"/>).
/// </summary>
public sealed class RunFolder : IDisposable
{
    private const string Prefix = "PstMigration-";

    // Where a lock says nothing to others, they must not take a folder in use for one that was left behind.
    private const string UnlockedPrefix = "PstMigration.unlocked-";
    private const string LockName = "lock";
    private const int Attempts = 10;

    // What SQLite keeps beside a database whose process was killed.
    private static readonly string[] s_logs = ["-wal", "-shm", "-journal"];

    private readonly FileLock _lock;
    private int _files;

    private RunFolder(string path, FileLock taken)
    {
        Path = path;
        _lock = taken;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Makes a new, empty one among the user's temporary files.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static RunFolder Create()
    {
        for (int attempt = 1; ; attempt++)
        {
            string path = OwnerOnlyFolder.CreateTemporary(AloneFile.BindsOtherProcesses ? Prefix : UnlockedPrefix);
            try
            {
                return new RunFolder(path, FileLock.Take(System.IO.Path.Combine(path, LockName)));
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Another run has just taken it for one that was left behind, as nobody held it yet.
            }
        }
    }

    /// <summary>Clears away what processes that were killed left of theirs. What is in use, and what is not ours, stays.</summary>
    /// <returns>How many files there were.</returns>
    public static int ClearAway()
    {
        if (!AloneFile.BindsOtherProcesses)
        {
            return 0;
        }

        try
        {
            return Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*").ToList().Sum(Clear);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>A path in it that no other file has. Safe for several threads.</summary>
    public string NewFile() => System.IO.Path.Combine(Path, Interlocked.Increment(ref _files).ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Dispose() => Delete(Path, _lock);

    private static int Clear(string path)
    {
        try
        {
            return AloneFile.IsOwnDirectory(path) ? Delete(path, FileLock.Take(System.IO.Path.Combine(path, LockName))) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody has it.
            return 0;
        }
    }

    // Files with names such as they get here and no others, in this folder and no deeper: whatever it was made into, nothing else is lost.
    private static int Delete(string path, FileLock held)
    {
        int count = 0;
        using (held)
        {
            foreach (string file in OwnFiles(path))
            {
                AtomicFile.Discard(file);
                count++;
            }
        }

        try
        {
            Directory.Delete(path, recursive: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody still reads one of the files: the next run clears them away.
        }

        return count;
    }

    private static bool IsOwn(string name)
    {
        string log = s_logs.FirstOrDefault(l => name.EndsWith(l, StringComparison.Ordinal)) ?? "";
        return name.Take(name.Length - log.Length).All(c => c is >= '0' and <= '9');
    }

    private static List<string> OwnFiles(string path)
    {
        try
        {
            return [.. Directory.EnumerateFiles(path).Where(f => IsOwn(System.IO.Path.GetFileName(f)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
