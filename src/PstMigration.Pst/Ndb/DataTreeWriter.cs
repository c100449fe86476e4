using System;
using System.Collections.Generic;

namespace PstMigration.Pst.Ndb;

/// <summary>
/// Joins data blocks to the data of one node (MS-PST 2.2.2.8.3.2): one block alone, an XBLOCK over up to 1,021, an XXBLOCK
/// over up to 1,021 XBLOCKs. Only the ids of one XBLOCK and of the XBLOCKs are held.
/// </summary>
internal sealed class DataTreeWriter
{
    // lcbTotal of an XXBLOCK has 32 bits: less than two full levels of blocks could hold.
    private const long MaxLength = uint.MaxValue;

    private readonly IBlockSink _blocks;
    private readonly List<BlockId> _leaves = [];
    private readonly List<BlockId> _xblocks = [];
    private long _leafLength;

    public DataTreeWriter(IBlockSink blocks) => _blocks = blocks;

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Throws where a value of that many bytes does not fit one node.</summary>
    /// <exception cref="PstException">PstValueTooLarge.</exception>
    public static void CheckLength(long length)
    {
        if (length > MaxLength)
        {
            throw PstWriteError.ValueTooLarge(length, MaxLength);
        }
    }

    /// <summary>Writes the next leaf; every one but the last has to be full.</summary>
    public void Append(ReadOnlySpan<byte> leaf) => Append(_blocks.WriteData(leaf), leaf.Length);

    /// <summary>Adds a leaf that is written already.</summary>
    public void Append(BlockId leaf, int length)
    {
        CheckLength(Length + length);
        if (_leaves.Count == _blocks.Layout.MaxDataTreeEntries)
        {
            CloseXBlock();
        }

        _leaves.Add(leaf);
        _leafLength += length;
        Length += length;
    }

    /// <summary>Writes what is left above the leaves.</summary>
    public WrittenData Complete()
    {
        if (_xblocks.Count == 0 && _leaves.Count <= 1)
        {
            return new WrittenData(_leaves.Count == 0 ? default : _leaves[0], Length);
        }

        CloseXBlock();
        return new WrittenData(_xblocks.Count == 1 ? _xblocks[0] : WriteTreeBlock(2, _xblocks, Length), Length);
    }

    private void CloseXBlock()
    {
        _xblocks.Add(WriteTreeBlock(1, _leaves, _leafLength));
        _leaves.Clear();
        _leafLength = 0;
    }

    private BlockId WriteTreeBlock(byte level, List<BlockId> children, long length)
    {
        PstLayout layout = _blocks.Layout;
        byte[] block = new byte[DataTreeHeader.Size + (children.Count * layout.IdSize)];
        new DataTreeHeader(DataTreeHeader.ExpectedType, level, (ushort)children.Count, (uint)length).Write(block);
        for (int i = 0; i < children.Count; i++)
        {
            layout.WriteId(block.AsSpan(DataTreeHeader.Size + (i * layout.IdSize)), children[i].Value);
        }

        return _blocks.WriteInternal(block);
    }
}
