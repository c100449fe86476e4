using System.Buffers;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb;

/// <summary>
/// What can be told of a file without its B-trees: every block and every NBT leaf that verifies by its own trailer, live or left over
/// from before. Blocks are found by size, id and place agreeing with the signature and the data with the checksum; of the leaves that
/// name a node the one with the highest page id is the newest.
/// </summary>
internal sealed class FileScan
{
    private const int WindowSize = 1 << 20;

    // A file can be made to look like more blocks than it has room for; checking stops at some multiple of its size.
    private const int MaxCheckedPerByte = 4;

    private readonly IFileBytes _file;
    private readonly PstLayout _layout;
    private readonly List<BlockEntry> _blocks = [];
    private readonly List<(ulong Page, NodeEntry Node)> _found = [];
    private readonly List<NodeEntry> _nodes = [];
    private long _budget;

    private FileScan(IFileBytes file, PstLayout layout)
    {
        _file = file;
        _layout = layout;
        _budget = Math.Max(file.Length, 1) * MaxCheckedPerByte;
    }

    /// <summary>The newest version of every node, in NID order.</summary>
    public IReadOnlyList<NodeEntry> Nodes => _nodes;

    /// <summary>Every block, in BID order.</summary>
    public IReadOnlyList<BlockEntry> Blocks => _blocks;

    /// <summary>Reads the whole file once.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public static FileScan Run(IFileBytes file, PstLayout layout)
    {
        FileScan scan = new(file, layout);
        scan.ScanWindows();
        scan.Index();
        return scan;
    }

    /// <summary>Finds a block.</summary>
    public bool TryFindBlock(BlockId id, out BlockEntry block)
    {
        int index = Search(_blocks.Count, i => _blocks[i].Block.Id.Value.CompareTo(id.ForLookup.Value));
        block = index < 0 ? default : _blocks[index];
        return index >= 0;
    }

    /// <summary>Finds the newest version of a node.</summary>
    public bool TryFindNode(NodeId id, out NodeEntry node)
    {
        int index = Search(_nodes.Count, i => _nodes[i].Id.Value.CompareTo(id.Value));
        node = index < 0 ? default : _nodes[index];
        return index >= 0;
    }

    private static int Search(int count, Func<int, int> compare)
    {
        int low = 0;
        int high = count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = compare(middle);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    // Windows start at multiples of the page size counted from the first AMap, as pages and blocks do.
    private void ScanWindows()
    {
        byte[] window = ArrayPool<byte>.Shared.Rent(WindowSize);
        byte[] extent = ArrayPool<byte>.Shared.Rent(_layout.MaxBlockSize);
        try
        {
            for (long start = _layout.FirstAMapOffset; start < _file.Length; start += WindowSize)
            {
                int count = _file.ReadAt(start, window.AsSpan(0, WindowSize));
                for (int end = _layout.BlockAlignment; end <= count; end += _layout.BlockAlignment)
                {
                    if (end % _layout.PageSize == 0 && TryPage(window.AsSpan(end - _layout.PageSize, _layout.PageSize), start + end - _layout.PageSize))
                    {
                        continue;
                    }

                    TryBlock(window.AsSpan(end - _layout.BlockTrailerSize, _layout.BlockTrailerSize), start + end, extent);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
            ArrayPool<byte>.Shared.Return(extent);
        }
    }

    private bool TryPage(ReadOnlySpan<byte> page, long offset)
    {
        PageTrailer trailer = PageTrailer.Read(page, _layout);
        if (trailer.Type is < PageType.Bbt or > PageType.DensityList || trailer.TypeRepeat != trailer.Type
            || trailer.Crc != MapiCrc.Compute(page[.._layout.PageTrailerOffset]))
        {
            return false;
        }

        BTreePageMeta meta = BTreePageMeta.Read(page, _layout);
        if (trailer.Type == PageType.Nbt && meta.Level == 0 && meta.EntrySize >= _layout.NodeEntrySize
            && meta.Count * meta.EntrySize <= _layout.BTreeMetaOffset
            && trailer.Signature == TrailerSignature.Compute(offset, trailer.Id))
        {
            for (int i = 0; i < meta.Count; i++)
            {
                _found.Add((trailer.Id.Value, NodeEntry.Read(page[(i * meta.EntrySize)..], _layout)));
            }
        }

        return true;
    }

    private void TryBlock(ReadOnlySpan<byte> bytes, long end, byte[] extent)
    {
        BlockTrailer trailer = BlockTrailer.Read(bytes, _layout);
        if (trailer.Length == 0 || trailer.Length > _layout.MaxBlockData || trailer.Id.IsNone || trailer.Id != trailer.Id.ForLookup
            || trailer.InflatedLength < trailer.Length)
        {
            return;
        }

        int size = _layout.BlockExtent(trailer.Length);
        long offset = end - size;
        if (offset < _layout.FirstAMapOffset || trailer.Signature != TrailerSignature.Compute(offset, trailer.Id) || _budget < size)
        {
            return;
        }

        _budget -= size;
        if (_file.ReadAt(offset, extent.AsSpan(0, size)) == size && trailer.Crc == MapiCrc.Compute(extent.AsSpan(0, trailer.Length)))
        {
            _blocks.Add(new BlockEntry(new BlockReference(trailer.Id, offset), trailer.Length, trailer.InflatedLength, 0));
        }
    }

    private void Index()
    {
        _blocks.Sort(static (a, b) => a.Block.Id.Value.CompareTo(b.Block.Id.Value));
        _found.Sort(static (a, b) => a.Node.Id.Value != b.Node.Id.Value ? a.Node.Id.Value.CompareTo(b.Node.Id.Value) : b.Page.CompareTo(a.Page));
        foreach ((_, NodeEntry node) in _found)
        {
            if (_nodes.Count == 0 || _nodes[_nodes.Count - 1].Id != node.Id)
            {
                _nodes.Add(node);
            }
        }

        _found.Clear();
        _found.TrimExcess();
    }
}
