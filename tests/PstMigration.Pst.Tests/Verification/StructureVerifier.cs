using static PstMigration.Pst.Tests.Verification.RawFile;
using Rows = System.Collections.Generic.Dictionary<uint, System.Collections.Generic.SortedDictionary<uint, (uint Raw, byte[] Bytes)>>;

namespace PstMigration.Pst.Tests.Verification;

/// <summary>Checks a new file against the rules of docs/checks.md, the messaging ones here.</summary>
internal sealed class StructureVerifier
{
    private readonly RawFile _file;
    private readonly NdbVerifier _ndb;
    private readonly List<ushort> _namedIds = [];

    private StructureVerifier(RawFile file)
    {
        _file = file;
        _ndb = new NdbVerifier(file);
    }

    /// <summary>Everything found wrong; at most 100 things.</summary>
    public static IReadOnlyList<string> Verify(string path)
    {
        using RawFile file = new(path);
        new StructureVerifier(file).Verify();
        return file.Problems;
    }

    private void Verify()
    {
        _ndb.Verify();
        foreach (uint nid in new uint[] { 0x21, 0x61, 0x122, 0x12D, 0x12E, 0x12F, 0x1E1, 0x201, 0x261, 0x60D, 0x60E, 0x60F, 0x610, 0x62B, 0x64C, 0x671, 0x692, 0x6B6, 0x6D7, 0x6F8, 0x2223, 0x2226, 0x2227, 0x2230 })
        {
            Check(_file.Nodes.ContainsKey(nid), $"57: node {nid:X}");
        }

        VerifyStore();
        HashSet<uint> listed = [];
        foreach (RawNode node in _file.Nodes.Values.ToList())
        {
            switch (node.Id & 0x1F)
            {
                case 2:
                    VerifyFolder(node, listed);
                    break;
                case 4 or 8:
                    Check(_file.Nodes.ContainsKey(node.Parent), $"62: folder of {node.Id:X}");
                    break;
                case 3:
                    Check(node.Parent == 0x122, $"parent of {node.Id:X}");
                    break;
                default:
                    Check(node.Parent == 0, $"63: parent of {node.Id:X}");
                    break;
            }
        }

        foreach (uint nid in _file.Nodes.Keys.Where(n => (n & 0x1F) is 4 or 8 || ((n & 0x1F) is 2 or 3 && n != 0x122)))
        {
            Check(listed.Contains(nid), $"62/87: {nid:X} is in no table");
        }

        foreach (uint table in new uint[] { 0x60D, 0x60E, 0x60F, 0x610, 0x64C, 0x671, 0x692, 0x6B6, 0x6D7, 0x6F8, 0x2230 })
        {
            Check(Table(_file.Nodes[table]).Count == 0, $"rows in template {table:X}");
        }

        VerifyNameMap();
    }

    private void Check(bool condition, string problem) => _file.Check(condition, problem);

    private Rows Table(RawNode node) => new LtpVerifier(_file, _ndb, node).ReadRows();

    private void VerifyStore()
    {
        var store = new LtpVerifier(_file, _ndb, _file.Nodes[0x21]).ReadProperties();
        byte[] key = store[0x0FF9].Bytes;
        Check(key.Length == 16 && store.ContainsKey(0x3001) && store[0x67FF].Raw == 0, "83: store");
        foreach (ushort id in store.Keys.Where(k => k is 0x35E0 or 0x35E2 or 0x35E3 or 0x35E4 or 0x35E6 or 0x35E7))
        {
            byte[] entry = store[id].Bytes;
            Check(entry.Length == 24 && entry.AsSpan(4, 16).SequenceEqual(key) && _file.Nodes.ContainsKey(U32(entry, 20)), $"83: {id:X}");
        }

        Check(store.ContainsKey(0x35E0) && store.ContainsKey(0x35E3) && store.ContainsKey(0x35E7), "83: entry ids");
        Check((store[0x35DF].Raw & 0x89) == 0x89, "83: mask");
        Check(store.ContainsKey(0x35E4) == ((store[0x35DF].Raw & 0x10) != 0), "83: mask of Sent Items");
    }

    private void VerifyFolder(RawNode node, HashSet<uint> listed)
    {
        Check(node.Id == 0x122 ? node.Parent == 0x122 : (node.Parent & 0x1F) == 2 && _file.Nodes.ContainsKey(node.Parent), $"58/59: parent of {node.Id:X}");
        uint index = node.Id & ~0x1Fu;
        var properties = new LtpVerifier(_file, _ndb, node).ReadProperties();
        Rows hierarchy = Table(_file.Nodes[index | 0xD]);
        Rows contents = Table(_file.Nodes[index | 0xE]);
        Rows associated = Table(_file.Nodes[index | 0xF]);
        Check(properties[0x3602].Raw == contents.Count, $"86: count of {node.Id:X}");
        Check(properties[0x3603].Raw == contents.Values.Count(r => (U32(r[0x0E070003].Bytes, 0) & 1) == 0), $"86: unread of {node.Id:X}");
        Check(properties[0x360A].Raw == (hierarchy.Count > 0 ? 1u : 0), $"86: subfolders of {node.Id:X}");
        foreach (var row in hierarchy)
        {
            Check(listed.Add(row.Key) && _file.Nodes[row.Key].Parent == node.Id, $"87: {row.Key:X} in {node.Id:X}");
            var child = new LtpVerifier(_file, _ndb, _file.Nodes[row.Key]).ReadProperties();
            foreach (ushort id in new ushort[] { 0x3001, 0x3602, 0x3603, 0x360A, 0x3613 })
            {
                VerifyCell(row.Value, child, id, $"86: {id:X} of {row.Key:X}");
            }
        }

        VerifyItems(node, contents, listed, 4);
        VerifyItems(node, associated, listed, 8);
    }

    private void VerifyItems(RawNode folder, Rows rows, HashSet<uint> listed, uint type)
    {
        foreach (var row in rows)
        {
            RawNode item = _file.Nodes[row.Key];
            Check(listed.Add(row.Key) && (row.Key & 0x1F) == type && item.Parent == folder.Id, $"62: {row.Key:X} in {folder.Id:X}");
            var properties = VerifyMessage(item, isAssociated: type == 8);
            foreach (uint tag in row.Value.Keys.Where(t => t >> 16 is not (0x67F2 or 0x67F3 or 0x0E17 or 0x0E38)))
            {
                VerifyCell(row.Value, properties, (ushort)(tag >> 16), $"88: {tag:X8} of {row.Key:X}");
            }

            foreach (ushort id in new ushort[] { 0x001A, 0x0E07 })
            {
                Check(row.Value.Keys.Any(t => t >> 16 == id), $"88: no {id:X} of {row.Key:X}");
            }
        }
    }

    private SortedDictionary<ushort, (ushort Type, uint Raw, byte[] Bytes)> VerifyMessage(RawNode node, bool isAssociated)
    {
        LtpVerifier reader = new(_file, _ndb, node);
        var properties = reader.ReadProperties();
        _namedIds.AddRange(properties.Keys.Where(k => k >= 0x8000));
        string name = $"item {node.Id:X}";
        Check(properties[0x001A].Bytes.Length > 0, "89: class of " + name);
        Check(properties[0x0E08].Raw == LtpVerifier.Size(_ndb, node), "89: size of " + name);
        Check(properties.ContainsKey(0x3007) && properties.ContainsKey(0x3008) && properties.ContainsKey(0x300B), "minimum of " + name);
        Check(!properties.TryGetValue(0x37, out var subject) || subject.Bytes.Length == 0 || U16(subject.Bytes, 0) == 1, "subject of " + name);
        Rows attachments = reader.Subnodes.TryGetValue(0x671, out RawNode? table) ? Table(table) : [];
        Check((properties[0x0E07].Raw & 0x10) != 0 == attachments.Count > 0, "90: attachment flag of " + name);
        Check((properties[0x0E07].Raw & 0x40) != 0 == isAssociated, "FAI flag of " + name);
        Check(reader.Subnodes.Keys.Where(n => (n & 0x1F) == 5).SequenceEqual(attachments.Keys.OrderBy(k => k)), "90: attachments of " + name);
        foreach (var row in attachments)
        {
            VerifyAttachment(reader.Subnodes[row.Key], row.Value, name);
        }

        Rows recipients = Table(reader.Subnodes[0x692]);
        Check(recipients.Values.All(r => (U32(r[0x0C150003].Bytes, 0) & 0xF) <= 3), "91: recipients of " + name);
        _namedIds.AddRange(recipients.Values.SelectMany(r => r.Keys).Select(t => (ushort)(t >> 16)).Where(k => k >= 0x8000));
        return properties;
    }

    private void VerifyAttachment(RawNode node, SortedDictionary<uint, (uint Raw, byte[] Bytes)> row, string name)
    {
        LtpVerifier reader = new(_file, _ndb, node);
        var properties = reader.ReadProperties();
        foreach (ushort id in new ushort[] { 0x0E20, 0x3704, 0x3705, 0x370B })
        {
            VerifyCell(row, properties, id, $"88: {id:X} of attachment {node.Id:X} of {name}");
        }

        uint method = properties[0x3705].Raw;
        ushort type = properties.TryGetValue(0x3701, out var content) ? content.Type : (ushort)0;
        Check(method switch { 1 => type == 0x102, 5 or 6 => type == 0xD, _ => true }, $"92: method {method} of {name}");
        Check(properties[0x0E20].Raw == LtpVerifier.Size(_ndb, node), $"size of attachment {node.Id:X} of {name}");
        if (method == 5)
        {
            VerifyMessage(reader.Subnodes[U32(content.Bytes, 0)], isAssociated: false);
        }
    }

    // The cell is there exactly where the object has a value that is not empty, and says the same.
    private void VerifyCell(
        SortedDictionary<uint, (uint Raw, byte[] Bytes)> row,
        SortedDictionary<ushort, (ushort Type, uint Raw, byte[] Bytes)> properties,
        ushort id,
        string problem)
    {
        bool hasCell = row.Keys.Any(t => t >> 16 == id);
        bool hasValue = properties.TryGetValue(id, out var property) && (property.Bytes.Length > 0 || property.Type is 2 or 3 or 4 or 0xA or 0xB);
        Check(hasCell == hasValue, problem);
        if (hasCell && hasValue)
        {
            byte[] cell = row[((uint)id << 16) | property.Type].Bytes;
            byte[] value = property.Bytes.Length > 0 ? property.Bytes : BitConverter.GetBytes(property.Raw).AsSpan(0, cell.Length).ToArray();
            Check(cell.AsSpan().SequenceEqual(value), problem);
        }
    }

    private void VerifyNameMap()
    {
        var map = new LtpVerifier(_file, _ndb, _file.Nodes[0x61]).ReadProperties();
        byte[] guids = map[2].Bytes, entries = map[3].Bytes, strings = map[4].Bytes;
        int count = entries.Length / 8;
        Check(map[1].Raw == 251 && guids.Length % 16 == 0 && entries.Length % 8 == 0, "84: map");
        int inBuckets = 0;
        for (int i = 0; i < count; i++)
        {
            uint id = U32(entries, i * 8);
            ushort guid = U16(entries, (i * 8) + 4);
            Check(U16(entries, (i * 8) + 6) == i && (guid >> 1) <= 2 + (guids.Length / 16), $"84: entry {i}");
            if ((guid & 1) != 0)
            {
                int length = (int)U32(strings, (int)id);
                id = Crc(strings, (int)id + 4, length);
            }

            byte[] bucket = map.TryGetValue((ushort)(0x1000 + ((id ^ guid) % 251)), out var b) ? b.Bytes : [];
            inBuckets += Enumerable.Range(0, bucket.Length / 8).Count(k => U32(bucket, k * 8) == id && U16(bucket, (k * 8) + 4) == guid && U16(bucket, (k * 8) + 6) == i);
        }

        Check(inBuckets == count, "84: buckets");
        Check(_namedIds.All(id => id - 0x8000 < count), "85: named properties");
    }
}
