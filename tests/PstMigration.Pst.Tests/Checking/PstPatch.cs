using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Delegates over spans cannot be Action.</summary>
internal delegate void Edit(Span<byte> bytes);

/// <summary>
/// Changes single facts of a data file in memory and keeps what depends on them right: checksums, trailers. What else has to change is
/// the caller's business.
/// </summary>
internal sealed class PstPatch
{
    private readonly Dictionary<ulong, (long Page, int Index)> _blocks = [];
    private readonly Dictionary<uint, (long Page, int Index)> _nodes = [];

    public PstPatch(byte[] file)
    {
        Bytes = file;
        Layout = PstLayout.ForVersion(PstHeader.ReadVersion(file))!;
        Walk(Header.Root.BlockTree.Offset, Layout.BlockEntrySize, (entry, page, i) => _blocks[Layout.ReadId(entry)] = (page, i));
        Walk(Header.Root.NodeTree.Offset, Layout.NodeEntrySize, (entry, page, i) => _nodes[BinaryPrimitives.ReadUInt32LittleEndian(entry)] = (page, i));
    }

    public byte[] Bytes { get; private set; }

    public PstLayout Layout { get; }

    public PstHeader Header => PstHeader.Read(Bytes, Layout);

    public IEnumerable<ulong> BlockIds => _blocks.Keys;

    public IEnumerable<uint> NodeIds => _nodes.Keys;

    /// <summary>Makes the file longer or shorter.</summary>
    public void Resize(int length)
    {
        byte[] bytes = Bytes;
        Array.Resize(ref bytes, length);
        Bytes = bytes;
    }

    /// <summary>Changes bytes of the header; the checksums follow.</summary>
    public void EditHeader(Edit edit)
    {
        edit(Bytes.AsSpan(0, Layout.HeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(4), MapiCrc.Compute(Bytes.AsSpan(8, 471)));
        if (Layout.IsWide)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(524), MapiCrc.Compute(Bytes.AsSpan(8, 516)));
            BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(4), MapiCrc.Compute(Bytes.AsSpan(8, 471)));
        }
    }

    public void EditRoot(Func<PstRoot, PstRoot> edit) => EditHeader(h => edit(PstRoot.Read(h[Layout.HeaderRoot..], Layout)).Write(h[Layout.HeaderRoot..], Layout));

    /// <summary>Changes bytes of a page before its trailer; its checksum follows.</summary>
    public void EditPage(long offset, Edit edit)
    {
        Span<byte> page = Page(offset);
        edit(page);
        PageTrailer trailer = PageTrailer.Read(page, Layout);
        (trailer with { Crc = MapiCrc.Compute(page[..Layout.PageTrailerOffset]) }).Write(page, Layout);
    }

    public void EditPageTrailer(long offset, Func<PageTrailer, PageTrailer> edit) => edit(PageTrailer.Read(Page(offset), Layout)).Write(Page(offset), Layout);

    public BTreePageMeta PageMeta(long offset) => BTreePageMeta.Read(Page(offset), Layout);

    public Span<byte> Page(long offset) => Bytes.AsSpan((int)offset, Layout.PageSize);

    public BlockEntry Block(ulong id)
    {
        (long page, int index) = _blocks[id];
        return BlockEntry.Read(Bytes.AsSpan((int)page + (index * Layout.BlockEntrySize)), Layout);
    }

    public (long Page, int Index) BlockPlace(ulong id) => _blocks[id];

    public void EditBlockEntry(ulong id, Func<BlockEntry, BlockEntry> edit)
    {
        (long page, int index) = _blocks[id];
        EditPage(page, p => edit(BlockEntry.Read(p[(index * Layout.BlockEntrySize)..], Layout)).Write(p[(index * Layout.BlockEntrySize)..], Layout));
    }

    public void AddReferences(ulong id, int count) => EditBlockEntry(id, b => b with { References = (ushort)(b.References + count) });

    public NodeEntry Node(uint id)
    {
        (long page, int index) = _nodes[id];
        return NodeEntry.Read(Bytes.AsSpan((int)page + (index * Layout.NodeEntrySize)), Layout);
    }

    public (long Page, int Index) NodePlace(uint id) => _nodes[id];

    public void EditNode(uint id, Func<NodeEntry, NodeEntry> edit)
    {
        (long page, int index) = _nodes[id];
        EditPage(page, p => edit(NodeEntry.Read(p[(index * Layout.NodeEntrySize)..], Layout)).Write(p[(index * Layout.NodeEntrySize)..], Layout));
    }

    /// <summary>Takes a node out of its page, which has others before it.</summary>
    public void RemoveNode(uint id)
    {
        (long page, int index) = _nodes[id];
        int size = Layout.NodeEntrySize;
        EditPage(page, p =>
        {
            BTreePageMeta meta = BTreePageMeta.Read(p, Layout);
            p[((index + 1) * size)..(meta.Count * size)].CopyTo(p[(index * size)..]);
            p.Slice((meta.Count - 1) * size, size).Clear();
            (meta with { Count = meta.Count - 1 }).Write(p, Layout);
        });
    }

    /// <summary>The data of a block, inflated and decoded.</summary>
    public byte[] Read(ulong id)
    {
        BlockEntry entry = Block(id);
        byte[] data = Bytes.AsSpan((int)entry.Block.Offset, entry.Length).ToArray();
        if (!entry.Block.Id.IsInternal)
        {
            BlockCipher.Decode(Header.Encoding, entry.Block.Id, data);
        }

        return data;
    }

    /// <summary>Gives a block other data that occupies no more space; what it leaves becomes free.</summary>
    public void Write(ulong id, byte[] data)
    {
        BlockEntry entry = Block(id);
        int extent = Layout.BlockExtent(data.Length);
        int freed = Layout.BlockExtent(entry.Length) - extent;
        if (freed < 0 || entry.Length != entry.InflatedLength)
        {
            throw new ArgumentException("The block would need another extent.", nameof(data));
        }

        if (freed > 0)
        {
            Allocate(entry.Block.Offset + extent, freed, used: false);
        }

        byte[] stored = [.. data];
        if (!entry.Block.Id.IsInternal)
        {
            BlockCipher.Encode(Header.Encoding, entry.Block.Id, stored);
        }

        stored.CopyTo(Bytes, (int)entry.Block.Offset);
        BlockTrailer.Seal(Bytes.AsSpan((int)entry.Block.Offset, extent), data.Length, data.Length, entry.Block.Id, entry.Block.Offset, Layout);
        if (data.Length != entry.Length)
        {
            EditBlockEntry(id, b => b with { Length = (ushort)data.Length, InflatedLength = (ushort)data.Length });
        }
    }

    /// <summary>Changes the data of a block in place.</summary>
    public void EditBlock(ulong id, Edit edit)
    {
        byte[] data = Read(id);
        edit(data);
        Write(id, data);
    }

    /// <summary>Changes a block's trailer; the data stays.</summary>
    public void EditTrailer(ulong id, Func<BlockTrailer, BlockTrailer> edit)
    {
        BlockEntry entry = Block(id);
        Span<byte> trailer = Trailer(entry);
        edit(BlockTrailer.Read(trailer, Layout)).Write(trailer, Layout);
    }

    public Span<byte> Trailer(BlockEntry entry) => Bytes.AsSpan(
        (int)entry.Block.Offset + Layout.BlockExtent(entry.Length) - Layout.BlockTrailerSize, Layout.BlockTrailerSize);

    /// <summary>A subnode of a node whose subnodes fit one SLBLOCK.</summary>
    public SubnodeEntry Subnode(BlockId subnodes, uint id)
    {
        byte[] block = Read(subnodes.Value);
        return SubnodeEntry.Read(block.AsSpan(SubnodeOffset(block, id)), Layout);
    }

    public void EditSubnode(BlockId subnodes, uint id, Func<SubnodeEntry, SubnodeEntry> edit) => EditBlock(subnodes.Value, b =>
    {
        int at = SubnodeOffset(b, id);
        edit(SubnodeEntry.Read(b[at..], Layout)).Write(b[at..], Layout);
    });

    /// <summary>Changes an item of the heap whose only block this is.</summary>
    public void EditItem(ulong block, uint hid, Edit edit) => EditBlock(block, b =>
    {
        (int start, int end) = Item(b, hid);
        edit(b[start..end]);
    });

    /// <summary>Where an item stands in a heap's only block.</summary>
    public (int Start, int End) Item(ReadOnlySpan<byte> heap, uint hid)
    {
        int map = BinaryPrimitives.ReadUInt16LittleEndian(heap);
        int index = new HeapId(hid).Index(Layout);
        return (
            BinaryPrimitives.ReadUInt16LittleEndian(heap[(map + 2 + (2 * index))..]),
            BinaryPrimitives.ReadUInt16LittleEndian(heap[(map + 4 + (2 * index))..]));
    }

    /// <summary>Changes the records of a property context: id (2), type (2), value (4) each.</summary>
    public void EditRecords(ulong block, Edit edit)
    {
        byte[] heap = Read(block);
        uint root = HeapHeader.Read(heap).Root.Value;
        (int start, _) = Item(heap, root);
        EditItem(block, BTreeOnHeapHeader.Read(heap.AsSpan(start)).Root.Value, edit);
    }

    /// <summary>Changes the record of one property.</summary>
    public void EditRecord(ulong block, ushort id, Edit edit) => EditRecords(block, records =>
    {
        for (int at = 0; at < records.Length; at += PropertyRecord.Size)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(records[at..]) == id)
            {
                edit(records.Slice(at, PropertyRecord.Size));
                return;
            }
        }

        throw new InvalidOperationException($"No property 0x{id:X4}.");
    });

    /// <summary>
    /// Takes a property out of a property context that is one block. What its value occupied stays in the heap, of no further use.
    /// </summary>
    public void RemoveRecord(ulong block, ushort id)
    {
        byte[] heap = Read(block);
        (int start, _) = Item(heap, HeapHeader.Read(heap).Root.Value);
        (int first, int end) = Item(heap, BTreeOnHeapHeader.Read(heap.AsSpan(start)).Root.Value);
        int at = first;
        while (BinaryPrimitives.ReadUInt16LittleEndian(heap.AsSpan(at)) != id)
        {
            at += PropertyRecord.Size;
            if (at >= end)
            {
                throw new InvalidOperationException($"No property 0x{id:X4}.");
            }
        }

        int map = BinaryPrimitives.ReadUInt16LittleEndian(heap);
        for (int i = map + HeapPageMap.HeaderSize; i < heap.Length; i += sizeof(ushort))
        {
            ushort offset = BinaryPrimitives.ReadUInt16LittleEndian(heap.AsSpan(i));
            BinaryPrimitives.WriteUInt16LittleEndian(heap.AsSpan(i), (ushort)(offset > first ? offset - PropertyRecord.Size : offset));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(heap, (ushort)(map - PropertyRecord.Size));
        Write(block, [.. heap.AsSpan(0, at), .. heap.AsSpan(at + PropertyRecord.Size)]);
    }

    /// <summary>Says of every row of a table whose rows lie in its heap that it has no cell in a column.</summary>
    public void RemoveCells(ulong block, uint tag)
    {
        TableColumn column = Column(block, tag);
        int bits = Table(block).EndOf1Byte;
        int size = Table(block).RowSize;
        EditRows(block, rows =>
        {
            for (int row = 0; row < rows.Length; row += size)
            {
                rows[row + bits + (column.Bit >> 3)] &= (byte)~(0x80 >> (column.Bit & 7));
            }
        });
    }

    /// <summary>The value field of one property's record.</summary>
    public uint Value(ulong block, ushort id)
    {
        uint value = 0;
        byte[] before = (byte[])Bytes.Clone();
        EditRecord(block, id, r => value = BinaryPrimitives.ReadUInt32LittleEndian(r[4..]));
        before.CopyTo(Bytes, 0);
        return value;
    }

    public void SetValue(ulong block, ushort id, uint value) => EditRecord(block, id, r => BinaryPrimitives.WriteUInt32LittleEndian(r[4..], value));

    /// <summary>Changes TCINFO and its columns.</summary>
    public void EditTable(ulong block, Edit edit) => EditItem(block, HeapHeader.Read(Read(block)).Root.Value, edit);

    public TableHeader Table(ulong block)
    {
        byte[] heap = Read(block);
        (int start, _) = Item(heap, HeapHeader.Read(heap).Root.Value);
        return TableHeader.Read(heap.AsSpan(start));
    }

    /// <summary>Changes the row matrix of a table whose rows lie in its heap.</summary>
    public void EditRows(ulong block, Edit edit) => EditItem(block, Table(block).Rows.Value, edit);

    /// <summary>Where the cell of a column stands in a row.</summary>
    public TableColumn Column(ulong block, uint tag)
    {
        byte[] heap = Read(block);
        (int start, int end) = Item(heap, HeapHeader.Read(heap).Root.Value);
        for (int at = start + TableHeader.Size; at < end; at += TableColumn.Size)
        {
            TableColumn column = TableColumn.Read(heap.AsSpan(at));
            if (column.Tag.Value == tag)
            {
                return column;
            }
        }

        throw new InvalidOperationException($"No column 0x{tag:X8}.");
    }

    /// <summary>Changes the records of a table's row index: row id (4), row number (4).</summary>
    public void EditIndex(ulong block, Edit edit)
    {
        byte[] heap = Read(block);
        (int start, _) = Item(heap, Table(block).RowIndex.Value);
        EditItem(block, BTreeOnHeapHeader.Read(heap.AsSpan(start)).Root.Value, edit);
    }

    /// <summary>Marks space in its AMap page as used or free, and changes the count of free bytes in ROOT by as much.</summary>
    public void Allocate(long offset, int length, bool used, bool count = true)
    {
        long region = (offset - Layout.FirstAMapOffset) / Layout.AMapCoverage;
        long start = Layout.FirstAMapOffset + (region * Layout.AMapCoverage);
        EditPage(start, p =>
        {
            for (long slot = (offset - start) / Layout.BlockAlignment; slot < (offset - start + length) / Layout.BlockAlignment; slot++)
            {
                ref byte b = ref p[Layout.MapOffset + (int)(slot >> 3)];
                int mask = 0x80 >> (int)(slot & 7);
                b = (byte)(used ? b | mask : b & ~mask);
            }
        });
        if (count)
        {
            EditRoot(r => r with { AMapFreeBytes = r.AMapFreeBytes + (used ? -length : length) });
        }
    }

    /// <summary>The last free slot of the file's last region.</summary>
    public long FreeSlot()
    {
        long start = Header.Root.LastAMapOffset;
        for (int slot = (Layout.MapSize * 8) - 1; ; slot--)
        {
            if ((Page(start)[Layout.MapOffset + (slot >> 3)] & (0x80 >> (slot & 7))) == 0)
            {
                return start + ((long)slot * Layout.BlockAlignment);
            }
        }
    }

    private int SubnodeOffset(ReadOnlySpan<byte> block, uint id)
    {
        for (int at = Layout.SubnodeHeaderSize; at < block.Length; at += Layout.SubnodeEntrySize)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(block[at..]) == id)
            {
                return at;
            }
        }

        throw new InvalidOperationException($"No subnode 0x{id:X}.");
    }

    private void Walk(long offset, int leafSize, Action<byte[], long, int> onEntry)
    {
        BTreePageMeta meta = PageMeta(offset);
        for (int i = 0; i < meta.Count; i++)
        {
            int size = meta.Level == 0 ? leafSize : Layout.BTreeEntrySize;
            byte[] entry = Page(offset).Slice(i * size, size).ToArray();
            if (meta.Level == 0)
            {
                onEntry(entry, offset, i);
            }
            else
            {
                Walk(BTreeEntry.Read(entry, Layout).Child.Offset, leafSize, onEntry);
            }
        }
    }
}
