using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Files;

/// <summary>A file on disk that others may write, whose reader is known to the writer in this process if there is one.</summary>
internal sealed class SharedFileBytes : IFileBytes, IWatchedFile
{
    private readonly IFileBytes _file;
    private readonly IFileBytes _disk;
    private readonly FileReading _reading;

    private SharedFileBytes(IFileBytes file, IFileBytes disk, FileReading reading)
    {
        _file = file;
        _disk = disk;
        _reading = reading;
    }

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>Registers a reader and opens the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isFar">Whether every read costs a round trip.</param>
    public static SharedFileBytes Open(string path, bool isFar)
    {
        // In this order: what the reader sees from now on is kept for it.
        FileReading reading = FileUses.Read(path);
        try
        {
            DiskFileBytes disk = new(path);
            SharedFileBytes file = new(isFar ? new WindowedFileBytes(disk) : disk, disk, reading);
            if (file.TryReadGeneration(out uint generation))
            {
                reading.Generation = generation;
            }

            return file;
        }
        catch
        {
            reading.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int ReadAt(long offset, Span<byte> buffer) => _file.ReadAt(offset, buffer);

    /// <inheritdoc/>
    public bool WasChangedElsewhere(PstLayout layout, uint generation) =>
        PstHeader.TryReadGeneration(_disk, layout, out uint now) && now != generation && !_reading.IsOwnWork(generation, now);

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _reading.Dispose();
    }

    // Only Unicode files are written while others read them.
    private bool TryReadGeneration(out uint generation) => PstHeader.TryReadGeneration(_disk, PstLayout.Unicode, out generation);
}
