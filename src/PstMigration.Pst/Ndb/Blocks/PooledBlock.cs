using System.Buffers;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>The decoded data of a block in a rented array. Dispose exactly once.</summary>
internal readonly struct PooledBlock(byte[] array, int length, long offset) : IDisposable
{
    /// <summary>Bytes of data.</summary>
    public int Length => length;

    /// <summary>Where the block stands in the file, to name it when its content is damaged.</summary>
    public long Offset => offset;

    public ReadOnlySpan<byte> Data => array.AsSpan(0, length);

    public void Dispose()
    {
        if (array is not null)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
