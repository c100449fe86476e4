namespace PstMigration.Pst.Ndb.Files;

/// <summary>Positioned reading of a file's bytes. Reads at any offset may run at the same time.</summary>
internal interface IFileBytes : IDisposable
{
    /// <summary>Bytes in the file now.</summary>
    long Length { get; }

    /// <summary>Reads up to <paramref name="buffer"/>'s length; fewer bytes only at the end of the file.</summary>
    /// <returns>The number of bytes read.</returns>
    /// <exception cref="PstException">PstReadFailed: the medium failed.</exception>
    int ReadAt(long offset, Span<byte> buffer);
}
