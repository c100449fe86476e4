using static PstMigration.Pst.Tests.Verification.RawFile;

namespace PstMigration.Pst.Tests.Verification;

/// <summary>Header, pages, B-trees, allocation maps, blocks, reference counts.</summary>
internal sealed class NdbVerifier(RawFile file)
{
    private readonly HashSet<ulong> _pageIds = [];
    private readonly HashSet<ulong> _visited = [];
    private long _regions;

    public void Verify()
    {
        VerifyHeader();
        VerifyTree(0x81, 32, U64(file.Header, 180 + 36), (long)U64(file.Header, 180 + 44), (page, at) => AddNode(page, at));
        VerifyTree(0x80, 24, U64(file.Header, 180 + 52), (long)U64(file.Header, 180 + 60), (page, at) => AddBlock(page, at));
        foreach (RawNode node in file.Nodes.Values)
        {
            Refer(node.Data, $"node {node.Id:X}");
            Refer(node.Subnodes, $"node {node.Id:X}");
        }

        foreach (RawBlock block in file.Blocks.Values)
        {
            Check(block.References == block.Found, $"46: block {block.Id:X} says {block.References}, found {block.Found}");
            Check(_visited.Contains(block.Id), $"47: nobody refers to block {block.Id:X}");
            Check(block.Length is > 0 and <= 8176, $"45: length of block {block.Id:X}");
            Check(block.Offset % 64 == 0, $"44: block {block.Id:X} is not aligned");
        }

        VerifyMaps();
    }

    /// <summary>The bytes of a data tree, each leaf apart; checks what is above them.</summary>
    public List<byte[]> ReadLeaves(ulong root)
    {
        List<byte[]> leaves = [];
        AddLeaves(root, leaves, 2);
        for (int i = 0; i < leaves.Count - 1; i++)
        {
            Check(leaves[i].Length == 8176, $"54: leaf {i} of {root:X}");
        }

        return leaves;
    }

    /// <summary>The subnodes of a tree.</summary>
    public SortedDictionary<uint, RawNode> ReadSubnodes(ulong root)
    {
        SortedDictionary<uint, RawNode> nodes = [];
        if (root != 0)
        {
            AddSubnodes(root, nodes, true);
        }

        return nodes;
    }

    private void Check(bool condition, string problem) => file.Check(condition, problem);

    private void VerifyHeader()
    {
        byte[] h = file.Header;
        Check(U32(h, 0) == 0x4E444221 && U16(h, 8) == 0x4D53 && U16(h, 10) == 23 && U16(h, 12) == 19, "1-4: magic and versions");
        Check(h[14] == 1 && h[15] == 1 && h[512] == 0x80 && h[513] <= 2 && U16(h, 514) == 0 && U32(h, 252) == 0, "5, 8-11");
        Check(U32(h, 4) == Crc(h, 8, 471), "6: partial checksum");
        Check(U32(h, 524) == Crc(h, 8, 516), "7: full checksum");
        for (int i = 256; i < 512; i++)
        {
            Check(h[i] == 0xFF, "22: free maps");
        }

        _regions = (file.Length - FirstAMap) / RegionSize;
        Check((long)U64(h, 184) == file.Length, "12: file length");
        Check((file.Length - FirstAMap) % RegionSize == 0, "13: whole regions");
        Check((long)U64(h, 192) == FirstAMap + ((_regions - 1) * RegionSize), "14: last AMap");
        Check(h[248] == 2, "15: AMaps valid");
        Check(U64(h, 208) == 0, "17: PMap free");
        byte[] densities = file.Read(0x4200, PageSize);
        VerifyPage(densities, 0x86, 0x4200, U64(h, 32));
    }

    private void VerifyPage(byte[] page, byte type, long offset, ulong id)
    {
        bool isMap = type is >= 0x82 and <= 0x85;
        Check(page[496] == type && page[497] == type, $"23: page type at {offset:X}");
        Check(U32(page, 500) == Crc(page, 0, 496), $"24: checksum of page {offset:X}");
        Check(U16(page, 498) == (isMap ? 0 : Signature(offset, id)), $"25: signature of page {offset:X}");
        Check(U64(page, 504) == id, $"26/35: id of page {offset:X}");
    }

    // Level by level, without recursion.
    private void VerifyTree(byte type, int leafSize, ulong rootId, long rootOffset, Action<byte[], int> addLeafEntry)
    {
        List<(ulong Id, long Offset, ulong? Key)> level = [(rootId, rootOffset, null)];
        int? depth = null;
        ulong previous = 0;
        while (level.Count > 0)
        {
            List<(ulong, long, ulong?)> below = [];
            foreach ((ulong id, long offset, ulong? key) in level)
            {
                byte[] page = file.Read(offset, PageSize);
                VerifyPage(page, type, offset, id);
                Check(_pageIds.Add(id) && id < U64(file.Header, 32), $"36/20: page id {id:X}");
                file.Extents.Add((offset, PageSize));
                int count = page[488], size = page[490], lvl = page[491];
                depth ??= lvl;
                Check(lvl == depth, $"37/39: level of page {offset:X}");
                Check(size == (lvl == 0 ? leafSize : 24) && page[489] == 488 / size && count > 0 && count <= page[489], $"40: page {offset:X}");
                Check(key is null || U64(page, 0) == key, $"39: key of page {offset:X}");
                for (int i = 0; i < count; i++)
                {
                    ulong entryKey = U64(page, i * size);
                    if (lvl == 0)
                    {
                        Check(entryKey > previous, $"38: key order in page {offset:X}");
                        previous = entryKey;
                        addLeafEntry(page, i * size);
                    }
                    else
                    {
                        below.Add((U64(page, (i * size) + 8), (long)U64(page, (i * size) + 16), entryKey));
                    }
                }

                for (int i = count * size; i < 488; i++)
                {
                    Check(page[i] == 0, $"41: unused room of page {offset:X}");
                }
            }

            level = below;
            depth--;
        }
    }

    private void AddNode(byte[] page, int at)
    {
        uint nid = U32(page, at);
        Check(U32(page, at + 4) == 0 && U32(page, at + 28) == 0, $"42: node {nid:X}");
        Check(nid >> 5 <= U32(file.Header, 44 + (4 * (int)(nid & 31))), $"21: counter of node {nid:X}");
        file.Nodes[nid] = new RawNode(nid, U64(page, at + 8), U64(page, at + 16), U32(page, at + 24));
    }

    private void AddBlock(byte[] page, int at)
    {
        RawBlock block = new(U64(page, at), (long)U64(page, at + 8), U16(page, at + 16), U16(page, at + 18));
        Check(U32(page, at + 20) == 0 && (block.Id & 1) == 0, $"block entry {block.Id:X}");
        Check(block.Id < U64(file.Header, 516) && U64(file.Header, 516) % 4 == 0, $"19: block {block.Id:X}");
        file.Blocks[block.Id] = block;
        file.Extents.Add((block.Offset, (block.Length + 16 + 63) / 64 * 64));
    }

    // Counts a reference and, the first time, those the block itself makes.
    private void Refer(ulong root, string from)
    {
        Stack<ulong> pending = new([root]);
        while (pending.Count > 0)
        {
            ulong id = pending.Pop();
            if (id == 0)
            {
                continue;
            }

            if (!file.Blocks.TryGetValue(id, out RawBlock? block))
            {
                Check(false, $"43: {from} refers to {id:X}, which is not there");
                continue;
            }

            block.Found++;
            if (!_visited.Add(id))
            {
                continue;
            }

            byte[] data = file.ReadBlock(block);
            if ((id & 2) == 0)
            {
                continue;
            }

            Check(data[0] is 1 or 2, $"51: type of block {id:X}");
            int count = U16(data, 2);
            int size = data[0] == 1 ? 8 : data[1] == 0 ? 24 : 16;
            Check(data.Length == 8 + (count * size), $"56: size of block {id:X}");
            for (int i = 0; i < count; i++)
            {
                int at = 8 + (i * size);
                pending.Push(U64(data, size == 8 ? at : at + 8));
                pending.Push(size == 24 ? U64(data, at + 16) : 0);
            }
        }
    }

    private void AddLeaves(ulong root, List<byte[]> leaves, int maxLevel)
    {
        if (root == 0 || !file.Blocks.TryGetValue(root, out RawBlock? block))
        {
            return;
        }

        byte[] data = file.ReadBlock(block);
        if ((root & 2) == 0)
        {
            leaves.Add(data);
            return;
        }

        Check(data[0] == 1 && data[1] >= 1 && data[1] <= maxLevel, $"52: level of block {root:X}");
        int first = leaves.Count;
        for (int i = 0; i < U16(data, 2); i++)
        {
            ulong child = U64(data, 8 + (8 * i));
            Check((child & 2) == 0 == (data[1] == 1), $"52: child of block {root:X}");
            AddLeaves(child, leaves, data[1] - 1);
        }

        long total = 0;
        for (int i = first; i < leaves.Count; i++)
        {
            total += leaves[i].Length;
        }

        Check(U32(data, 4) == total, $"53: total of block {root:X}");
    }

    private void AddSubnodes(ulong root, SortedDictionary<uint, RawNode> nodes, bool mayBeIndex)
    {
        byte[] data = file.ReadBlock(file.Blocks[root]);
        Check(data[0] == 2 && data[1] <= (mayBeIndex ? 1 : 0) && U32(data, 4) == 0, $"55: block {root:X}");
        uint previous = 0;
        for (int i = 0; i < U16(data, 2); i++)
        {
            int at = 8 + (i * (data[1] == 0 ? 24 : 16));
            uint nid = U32(data, at);
            Check(nid > previous && U32(data, at + 4) == 0, $"55: order in block {root:X}");
            previous = nid;
            if (data[1] == 0)
            {
                nodes.Add(nid, new RawNode(nid, U64(data, at + 8), U64(data, at + 16), 0));
            }
            else
            {
                AddSubnodes(U64(data, at + 8), nodes, false);
            }
        }
    }

    private void VerifyMaps()
    {
        for (long region = 0; region < _regions; region++)
        {
            AddMap(region, 0, 0x84, present: true);
            AddMap(region, 1, 0x83, region % 8 == 0);
            AddMap(region, 2, 0x82, region >= 128 && (region - 128) % 496 == 0);
            AddMap(region, 3, 0x85, region >= 8192 && (region - 8192) % 31744 == 0);
        }

        file.Extents.Sort();
        long free = 0;
        int next = 0;
        long previousEnd = FirstAMap;
        for (long region = 0; region < _regions; region++)
        {
            long start = FirstAMap + (region * RegionSize);
            byte[] bits = new byte[496];
            for (; next < file.Extents.Count && file.Extents[next].Offset < start + RegionSize; next++)
            {
                (long offset, long length) = file.Extents[next];
                Check(offset >= previousEnd, $"33: overlap at {offset:X}");
                Check(offset + length <= start + RegionSize, $"33: {offset:X} crosses a region");
                previousEnd = offset + length;
                for (long slot = (offset - start) / 64; slot < (offset + length - start) / 64; slot++)
                {
                    bits[slot / 8] |= (byte)(0x80 >> (int)(slot % 8));
                }
            }

            byte[] page = file.Read(start, PageSize);
            Check(page.AsSpan(0, 496).SequenceEqual(bits), $"30-32: AMap of region {region}");
            foreach (byte b in bits)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    free += (b >> bit & 1) == 0 ? 64 : 0;
                }
            }
        }

        Check((long)U64(file.Header, 200) == free, $"16: free bytes {U64(file.Header, 200)}, counted {free}");
    }

    private void AddMap(long region, int slot, byte type, bool present)
    {
        if (present)
        {
            long offset = FirstAMap + (region * RegionSize) + (slot * PageSize);
            VerifyPage(file.Read(offset, PageSize), type, offset, (ulong)offset);
            file.Extents.Add((offset, PageSize));
        }
    }
}
