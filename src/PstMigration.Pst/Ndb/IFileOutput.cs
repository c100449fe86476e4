using System;

namespace PstMigration.Pst.Ndb;

/// <summary>A file being built: written region by region, now and then read back.</summary>
internal interface IFileOutput : IFileBytes
{
    /// <summary>Whether writing or reading back has failed, so that the file cannot be completed.</summary>
    bool HasFailed { get; }

    /// <summary>Writes bytes at an offset, making the file longer where needed.</summary>
    /// <exception cref="PstException">PstWriteFailed: the medium is full or failed.</exception>
    void WriteAt(long offset, byte[] bytes, int count);

    /// <summary>Makes the file exactly this long.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    void SetLength(long length);
}
