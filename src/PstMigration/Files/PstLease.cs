using PstMigration.Pst;

namespace PstMigration;

/// <summary>The right to use an open file until it is disposed.</summary>
internal sealed class PstLease(PstHandle handle, PstFile file, bool lingers) : IDisposable
{
    private PstHandle? _handle = handle;

    /// <summary>The file; not to be disposed.</summary>
    internal PstFile File { get; } = file;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _handle, null)?.Release(lingers);
}
