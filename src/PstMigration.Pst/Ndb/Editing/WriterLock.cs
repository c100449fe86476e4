using System.Runtime.InteropServices;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Keeps a second writer out. On Windows the open file itself does, as it shares reading only. Elsewhere such shares bind nobody: there a
/// file <c>name.lock</c> beside it is the <see cref="FileLock"/>.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const string Suffix = ".lock";

    private readonly FileLock? _lock;

    private WriterLock(FileLock? taken) => _lock = taken;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The data file, by the name everybody finds it under.</param>
    /// <exception cref="IOException">Somebody has it; or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public static WriterLock Take(string path) =>
        new(RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? null : FileLock.Take(path + Suffix));

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();
}
