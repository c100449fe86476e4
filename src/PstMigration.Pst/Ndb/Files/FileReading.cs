namespace PstMigration.Pst.Ndb.Files;

/// <summary>A registered reader of a file.</summary>
internal sealed class FileReading(FileUse use) : IDisposable
{
    private int _generation;

    /// <summary>The generation it sees; 0, and so older than any, until it is known.</summary>
    public uint Generation
    {
        get => (uint)System.Threading.Volatile.Read(ref _generation);
        set => System.Threading.Volatile.Write(ref _generation, (int)value);
    }

    /// <summary>Whether a change to another generation was made by this process, and so without touching what the reader needs.</summary>
    public bool IsOwnWork(uint from, uint to) => use.IsOwnWork(from, to);

    /// <inheritdoc/>
    public void Dispose() => use.Leave(this);
}
