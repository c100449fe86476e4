namespace PstMigration.Pst.Ndb.Files;

/// <summary>A file that is written at any place and read back.</summary>
internal interface IWritableFile : IFileBytes
{
    /// <summary>Writes bytes at an offset, making the file longer where needed.</summary>
    /// <exception cref="PstException">PstWriteFailed: the medium is full or failed.</exception>
    void WriteAt(long offset, byte[] bytes, int count);

    /// <summary>Makes the file exactly this long.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    void SetLength(long length);
}
