using System.Buffers;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>
/// Joins data blocks to the data of one node ([MS-PST] 2.2.2.8.3.2): one block alone, an XBLOCK over up to 1,021, an XXBLOCK
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

    /// <summary>Writes an XBLOCK (level 1) or XXBLOCK (level 2).</summary>
    public static BlockId WriteTreeBlock(IBlockSink blocks, byte level, IReadOnlyList<BlockId> children, long length)
    {
        PstLayout layout = blocks.Layout;
        byte[] block = new byte[DataTreeHeader.Size + (children.Count * layout.IdSize)];
        new DataTreeHeader(DataTreeHeader.ExpectedType, level, (ushort)children.Count, (uint)length).Write(block);
        for (int i = 0; i < children.Count; i++)
        {
            layout.WriteId(block.AsSpan(DataTreeHeader.Size + (i * layout.IdSize)), children[i].Value);
        }

        return blocks.WriteInternal(block);
    }

    /// <summary>Writes bytes as a data tree.</summary>
    /// <exception cref="PstException">PstValueTooLarge.</exception>
    public static WrittenData Write(IBlockSink blocks, ReadOnlySpan<byte> data)
    {
        DataTreeWriter tree = new(blocks);
        CheckLength(data.Length);
        int full = blocks.Layout.MaxBlockData;
        for (; data.Length > full; data = data[full..])
        {
            tree.Append(data[..full]);
        }

        if (!data.IsEmpty)
        {
            tree.Append(data);
        }

        return tree.Complete();
    }

    /// <summary>Writes the bytes of a source as a data tree, block by block.</summary>
    /// <param name="blocks">Where to.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="length">How many; the source has at least as many. Null for all of a source that does not tell.</param>
    /// <exception cref="PstException">PstValueTooLarge; PstValueTruncated: the source ended early.</exception>
    public static WrittenData Write(IBlockSink blocks, BinarySource source, long? length)
    {
        CheckLength(length ?? 0);
        DataTreeWriter tree = new(blocks);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(blocks.Layout.MaxBlockData);
        try
        {
            using Stream stream = source.OpenRead();
            bool isOver = false;
            while (!isOver && tree.Length < (length ?? long.MaxValue))
            {
                int wanted = (int)Math.Min(blocks.Layout.MaxBlockData, (length ?? long.MaxValue) - tree.Length);
                int read = stream.Fill(buffer, 0, wanted);
                isOver = read < wanted;
                if (isOver && length is long promised)
                {
                    throw PstWriteError.ValueTruncated(promised, tree.Length + read);
                }

                if (read > 0)
                {
                    tree.Append(buffer.AsSpan(0, read));
                }
            }

            return tree.Complete();
        }
        catch
        {
            tree.Abandon();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
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
        return new WrittenData(_xblocks.Count == 1 ? _xblocks[0] : WriteTreeBlock(_blocks, 2, _xblocks, Length), Length);
    }

    private void CloseXBlock()
    {
        _xblocks.Add(WriteTreeBlock(_blocks, 1, _leaves, _leafLength));
        _leaves.Clear();
        _leafLength = 0;
    }

    // In a new file what was written stays until the item is rolled back.
    private void Abandon()
    {
        if (_blocks is IBlockStore store)
        {
            _leaves.ForEach(store.Release);
            _xblocks.ForEach(store.Release);
        }
    }
}
