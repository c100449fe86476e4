using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>
/// A data block many nodes refer to, as the empty tables of new folders do to the templates' ([MS-PST] 2.2.2.7.7.3.1). A reference
/// count has 16 bits; when it is full, the next reference gets a copy.
/// </summary>
internal sealed class SharedBlock
{
    private readonly IBlockSink _blocks;
    private readonly byte[] _data;
    private BlockId _id;

    public SharedBlock(IBlockSink blocks, byte[] data)
    {
        _blocks = blocks;
        _data = data;
    }

    /// <summary>A node made of this block alone.</summary>
    public WrittenNode Refer()
    {
        if (_id.IsNone || !_blocks.TryAddReference(_id))
        {
            _id = _blocks.WriteData(_data);
        }

        return new WrittenNode(_id, default, _data.Length);
    }
}
