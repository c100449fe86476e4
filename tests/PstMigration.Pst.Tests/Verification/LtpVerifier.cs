using static PstMigration.Pst.Tests.Verification.RawFile;

namespace PstMigration.Pst.Tests.Verification;

/// <summary>Heaps, B-trees on them, property contexts and tables of one node.</summary>
internal sealed class LtpVerifier
{
    private static readonly int[] s_fill = [3584, 2560, 2048, 1792, 1536, 1280, 1024, 768, 512, 256, 128, 64, 32, 16, 8];

    private readonly RawFile _file;
    private readonly NdbVerifier _ndb;
    private readonly string _name;
    private readonly List<byte[]> _blocks;
    private readonly SortedDictionary<uint, RawNode> _subnodes;
    private readonly HashSet<uint> _used = [];

    public LtpVerifier(RawFile file, NdbVerifier ndb, RawNode node)
    {
        _file = file;
        _ndb = ndb;
        _name = $"node {node.Id:X}";
        _blocks = ndb.ReadLeaves(node.Data);
        _subnodes = ndb.ReadSubnodes(node.Subnodes);
        VerifyHeap();
    }

    public SortedDictionary<uint, RawNode> Subnodes => _subnodes;

    /// <summary>Bytes in all leaves of a node and its subnodes.</summary>
    public static long Size(NdbVerifier ndb, RawNode node) =>
        ndb.ReadLeaves(node.Data).Sum(l => (long)l.Length) + ndb.ReadSubnodes(node.Subnodes).Values.Sum(s => Size(ndb, s));

    /// <summary>Reads a property context: id to type, inline value or HNID, and bytes.</summary>
    public SortedDictionary<ushort, (ushort Type, uint Raw, byte[] Bytes)> ReadProperties()
    {
        Check(_blocks[0][3] == 0xBC && U32(_blocks[0], 4) == 0x20, "67/70: signature or root");
        SortedDictionary<ushort, (ushort, uint, byte[])> properties = [];
        foreach (byte[] record in ReadTree(0x20, 2, 6))
        {
            (ushort id, ushort type, uint raw) = (U16(record, 0), U16(record, 2), U32(record, 4));
            Check(type != 0x1E && type != 0x101E, $"8-bit text {id:X}");
            Check(type != 0x0B || raw <= 1, $"72: Boolean {id:X}");
            Check(type != 2 || raw <= 0xFFFF, $"72: Integer16 {id:X}");
            bool inline = type is 2 or 3 or 4 or 0xA or 0xB;
            byte[] bytes = inline ? [] : Value(raw, type is 0x1F or 0x101F);
            Check(type != 0x1F || bytes.Length % 2 == 0, $"73: text {id:X}");
            Check(type is not (5 or 6 or 7 or 0x14 or 0x40 or 0xD) || bytes.Length == 8, $"72: size of {id:X}");
            if (type == 0xD)
            {
                uint nid = U32(bytes, 0);
                Check(_subnodes.TryGetValue(nid, out RawNode? o) && Size(_ndb, o!) == U32(bytes, 4), $"75/93: object {id:X}");
                _used.Add(nid);
            }

            properties.Add(id, (type, raw, bytes));
        }

        VerifyUse();
        return properties;
    }

    /// <summary>Reads a table: row id to cells by tag.</summary>
    public Dictionary<uint, SortedDictionary<uint, (uint Raw, byte[] Bytes)>> ReadRows()
    {
        Check(_blocks[0][3] == 0x7C && U32(_blocks[0], 4) == 0x40, "67: signature or root");
        byte[] info = Item(0x40);
        int columns = info[1];
        int[] rgib = [U16(info, 2), U16(info, 4), U16(info, 6), U16(info, 8)];
        Check(info[0] == 0x7C && info.Length == 22 + (8 * columns) && rgib[3] == rgib[2] + ((columns + 7) / 8), "76: table header");
        Check(U32(info, 10) == 0x20 && U32(info, 18) == 0, "76: row index");
        List<(uint Tag, int At, int Size, int Bit)> layout = [];
        for (int i = 0; i < columns; i++)
        {
            int at = 22 + (8 * i);
            layout.Add((U32(info, at), U16(info, at + 4), info[at + 6], info[at + 7]));
        }

        VerifyLayout(layout, rgib);
        List<byte[]> rows = Rows(U32(info, 14), rgib[3]);
        List<byte[]> index = ReadTree(0x20, 4, 4);
        Check(index.Count == rows.Count, $"79: {index.Count} of {rows.Count} rows");
        Dictionary<uint, SortedDictionary<uint, (uint, byte[])>> table = [];
        HashSet<uint> numbers = [];
        foreach (byte[] record in index)
        {
            uint number = U32(record, 4);
            Check(number < rows.Count && numbers.Add(number), "79: row numbers");
            byte[] row = rows[(int)number];
            Check(U32(row, 0) == U32(record, 0) && (row[rgib[2]] & 0xC0) == 0xC0, "80: row id");
            table.Add(U32(record, 0), Cells(layout, row, rgib[2]));
        }

        VerifyUse();
        return table;
    }

    private void Check(bool condition, string problem) => _file.Check(condition, _name + ": " + problem);

    private void VerifyHeap()
    {
        for (int b = 0; b < _blocks.Count; b++)
        {
            byte[] block = _blocks[b];
            int header = b == 0 ? 12 : b % 128 == 8 ? 66 : 2;
            int map = U16(block, 0);
            int count = U16(block, map);
            int end = map + 4 + (2 * (count + 1));
            Check(map % 2 == 0 && end <= block.Length, "64: page map");
            Check(b < _blocks.Count - 1 || block.Length == end, "67: end of the last block");
            Check(U16(block, map + 4) == header && count is > 0 and < 2048, "65: first item");
            int empty = 0;
            for (int i = 0; i < count; i++)
            {
                int length = U16(block, map + 4 + (2 * (i + 1))) - U16(block, map + 4 + (2 * i));
                Check(length is >= 0 and <= 3580, "65: item size");
                empty += length == 0 ? 1 : 0;
            }

            Check(U16(block, map + 2) == empty, "66: cFree");
            Check(map - U16(block, map + 4 + (2 * count)) is 0 or 1, "65: last item");
            int free = 8176 - end;
            Check(FillLevel(b) == s_fill.Count(limit => free < limit), $"fill level of block {b}");
        }

        Check(_blocks[0][2] == 0xEC, "64: signature");
    }

    private int FillLevel(int block)
    {
        byte[] holder = block < 8 ? _blocks[0] : _blocks[8 + ((block - 8) / 128 * 128)];
        int index = block < 8 ? block : (block - 8) % 128;
        return holder[(block < 8 ? 8 : 2) + (index / 2)] >> (4 * (index & 1)) & 15;
    }

    private byte[] Item(uint hid)
    {
        int block = (int)(hid >> 16), index = (int)(hid >> 5 & 0x7FF);
        Check(_used.Add(hid), $"68: {hid:X} is used twice");
        byte[] data = _blocks[block];
        int map = U16(data, 0);
        if (index < 1 || index > U16(data, map))
        {
            Check(false, $"68: {hid:X} is not there");
            return [];
        }

        int start = U16(data, map + 4 + (2 * (index - 1)));
        return data.AsSpan(start, U16(data, map + 4 + (2 * index)) - start).ToArray();
    }

    private byte[] Value(uint hnid, bool isText)
    {
        if (hnid == 0)
        {
            return [];
        }

        if ((hnid & 0x1F) == 0)
        {
            return Item(hnid);
        }

        Check(_used.Add(hnid) && _subnodes.ContainsKey(hnid) && (hnid & 0x1F) == 0x1F, $"69: subnode {hnid:X}");
        byte[] value = _ndb.ReadLeaves(_subnodes[hnid].Data).SelectMany(l => l).ToArray();
        Check(value.Length > 3580 || isText, $"{hnid:X} could be on the heap");
        return value;
    }

    private List<byte[]> ReadTree(uint header, int keySize, int entrySize)
    {
        byte[] h = Item(header);
        Check(h.Length == 8 && h[0] == 0xB5 && h[1] == keySize && h[2] == entrySize, "70: BTHHEADER");
        List<byte[]> records = [];
        List<uint> level = U32(h, 4) == 0 ? [] : [U32(h, 4)];
        for (int depth = h[3]; depth >= 0; depth--)
        {
            int size = depth == 0 ? keySize + entrySize : keySize + 4;
            List<uint> below = [];
            foreach (uint hid in level)
            {
                byte[] item = Item(hid);
                Check(item.Length > 0 && item.Length % size == 0, "71: item length");
                for (int at = 0; at + size <= item.Length; at += size)
                {
                    if (depth == 0)
                    {
                        records.Add(item.AsSpan(at, size).ToArray());
                    }
                    else
                    {
                        below.Add(U32(item, at + keySize));
                    }
                }
            }

            level = below;
        }

        for (int i = 1; i < records.Count; i++)
        {
            uint a = keySize == 2 ? U16(records[i - 1], 0) : U32(records[i - 1], 0);
            Check(a < (keySize == 2 ? U16(records[i], 0) : U32(records[i], 0)), "71: key order");
        }

        return records;
    }

    private void VerifyLayout(List<(uint Tag, int At, int Size, int Bit)> layout, int[] rgib)
    {
        Check(layout.Select(c => c.Tag).SequenceEqual(layout.Select(c => c.Tag).Distinct().OrderBy(t => t)), "77: column order");
        Check(layout.Select(c => c.Bit).OrderBy(b => b).SequenceEqual(Enumerable.Range(0, layout.Count)), "77: bits");
        int at = 0;
        foreach ((uint tag, int offset, int size, int _) in layout.OrderBy(c => c.At))
        {
            Check(offset == at, $"77: place of {tag:X8}");
            at += size;
            Check(at <= rgib[size >= 4 ? 0 : size == 2 ? 1 : 2], $"77: group of {tag:X8}");
        }

        Check(at == rgib[2], "77: holes");
        Check(layout.Contains((0x67F20003, 0, 4, 0)) && layout.Contains((0x67F30003, 4, 4, 1)), "78: row id");
    }

    private List<byte[]> Rows(uint hnid, int size)
    {
        List<byte[]> rows = [];
        if (hnid == 0)
        {
            return rows;
        }

        bool onHeap = (hnid & 0x1F) == 0;
        List<byte[]> blocks = onHeap ? [Item(hnid)] : _ndb.ReadLeaves(_subnodes[hnid].Data);
        Check(onHeap || _used.Add(hnid), "69: row matrix");
        for (int b = 0; b < blocks.Count; b++)
        {
            int inBlock = b == blocks.Count - 1 ? blocks[b].Length / size : 8176 / size;
            Check(b < blocks.Count - 1 || blocks[b].Length == inBlock * size, "81: matrix length");
            for (int i = 0; i < inBlock; i++)
            {
                rows.Add(blocks[b].AsSpan(i * size, size).ToArray());
            }
        }

        return rows;
    }

    private SortedDictionary<uint, (uint Raw, byte[] Bytes)> Cells(List<(uint Tag, int At, int Size, int Bit)> layout, byte[] row, int bits)
    {
        SortedDictionary<uint, (uint, byte[])> cells = [];
        foreach ((uint tag, int at, int size, int bit) in layout)
        {
            if ((row[bits + (bit / 8)] & (0x80 >> (bit % 8))) == 0)
            {
                Check(row.AsSpan(at, size).ToArray().All(b => b == 0), $"absent cell {tag:X8}");
                continue;
            }

            uint type = tag & 0xFFFF;
            bool isFixed = type is 2 or 3 or 4 or 5 or 6 or 7 or 0xA or 0xB or 0x14 or 0x40;
            byte[] cell = row.AsSpan(at, size).ToArray();
            cells.Add(tag, isFixed ? (0, cell) : (U32(cell, 0), Value(U32(cell, 0), type is 0x1F or 0x101F)));
        }

        return cells;
    }

    private void VerifyUse()
    {
        for (int b = 0; b < _blocks.Count; b++)
        {
            int map = U16(_blocks[b], 0);
            for (uint i = 1; i <= U16(_blocks[b], map); i++)
            {
                bool isFreed = U16(_blocks[b], map + 2 + (2 * (int)i)) == U16(_blocks[b], map + 4 + (2 * (int)i));
                Check(_used.Contains(((uint)b << 16) | (i << 5)) != isFreed, $"68: item {i} of block {b} is lost or used though it is free");
            }
        }

        foreach (uint nid in _subnodes.Keys.Where(n => (n & 0x1F) == 0x1F))
        {
            Check(_used.Contains(nid), $"69: nobody uses subnode {nid:X}");
        }
    }
}
