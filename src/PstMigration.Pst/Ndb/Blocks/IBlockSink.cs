using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>Takes blocks in the order they are made and names them.</summary>
internal interface IBlockSink
{
    /// <summary>The variant the blocks are for.</summary>
    PstLayout Layout { get; }

    /// <summary>Writes a data block of 1 to <see cref="PstLayout.MaxBlockData"/> bytes.</summary>
    BlockId WriteData(ReadOnlySpan<byte> data);

    /// <summary>Writes an XBLOCK, XXBLOCK, SLBLOCK or SIBLOCK.</summary>
    BlockId WriteInternal(ReadOnlySpan<byte> data);

    /// <summary>Counts one more reference to a block; false where the count is full, so that the block has to be written again.</summary>
    bool TryAddReference(BlockId id);
}
