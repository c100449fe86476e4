using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>What a file should hold: nodes with data and subnodes. Data is named by its seed and length.</summary>
internal sealed class NodeModel
{
    private static readonly int[] s_lengths = [1, 100, 3000, 8175, 8176, 8177, 40_000];

    private readonly Random _random;
    private readonly bool _large;
    private SortedDictionary<uint, ModelNode> _nodes = [];

    public NodeModel(int seed, bool large = false)
    {
        _random = new Random(seed);
        _large = large;
    }

    private NodeModel(NodeModel other)
    {
        _random = new Random(0);
        _nodes = new SortedDictionary<uint, ModelNode>(other._nodes);
    }

    /// <summary>Nodes it holds.</summary>
    public int Count => _nodes.Count;

    /// <summary>The model as it is now.</summary>
    public NodeModel Copy() => new(this);

    /// <summary>Goes back to a copy.</summary>
    public void Restore(NodeModel copy) => _nodes = new SortedDictionary<uint, ModelNode>(copy._nodes);

    /// <summary>Makes a random change, in the file and in the model.</summary>
    public void Step(NdbEditor editor)
    {
        int choice = _random.Next(100);
        if (_nodes.Count == 0 || choice < 40)
        {
            Add(editor);
        }
        else if (choice < 60)
        {
            Replace(editor);
        }
        else if (choice < 70)
        {
            ReplaceSubnodes(editor);
        }
        else if (choice < 80)
        {
            Share(editor);
        }
        else if (choice < 85)
        {
            editor.SetParent(new NodeId(AnyId()), NodeId.RootFolder);
        }
        else
        {
            Remove(editor, AnyId());
        }
    }

    /// <summary>Removes most nodes.</summary>
    public void RemoveMost(NdbEditor editor, int keep)
    {
        while (_nodes.Count > keep)
        {
            Remove(editor, AnyId());
        }
    }

    /// <summary>Whether a file holds exactly this, beside what was in it at first.</summary>
    public void AssertEqual(INodeDatabase database)
    {
        Dictionary<uint, NodeEntry> found = database.EnumerateNodes().Where(n => IsOurs(n.Id)).ToDictionary(n => n.Id.Value);
        Assert.Equal(_nodes.Keys, found.Keys.OrderBy(k => k));
        foreach (KeyValuePair<uint, ModelNode> node in _nodes)
        {
            NodeEntry entry = found[node.Key];
            Assert.True(database.TryFindNode(entry.Id, out NodeEntry again));
            Assert.Equal(entry, again);
            AssertData(node.Value.Data, database, entry.Data);
            SubnodeTree subnodes = SubnodeTree.Open(database, entry.Subnodes);
            Assert.Equal(node.Value.Subnodes.Count, subnodes.Entries.Count);
            for (int i = 0; i < node.Value.Subnodes.Count; i++)
            {
                AssertData(node.Value.Subnodes[i], database, subnodes.Entries[i].Data);
            }
        }
    }

    /// <summary>Whether a file holds exactly this.</summary>
    public bool Matches(INodeDatabase database)
    {
        List<NodeEntry> found = [.. database.EnumerateNodes().Where(n => IsOurs(n.Id))];
        return found.Count == _nodes.Count
            && found.All(n => _nodes.TryGetValue(n.Id.Value, out ModelNode? node) && IsData(node.Data, database, n.Data)
                && HasSubnodes(node.Subnodes, database, n.Subnodes));
    }

    // Ids no other writer hands out.
    private static bool IsOurs(NodeId id) => id.Type == NodeIdType.Internal && id.Index > 0x400;

    private static bool HasSubnodes(IReadOnlyList<ModelData> expected, INodeDatabase database, BlockId root)
    {
        SubnodeTree tree = SubnodeTree.Open(database, root);
        return tree.Entries.Count == expected.Count && expected.Select((e, i) => IsData(e, database, tree.Entries[i].Data)).All(e => e);
    }

    private static bool IsData(ModelData expected, INodeDatabase database, BlockId root)
    {
        DataTree tree = DataTree.Open(database, root);
        return tree.Length == expected.Length && Read(tree, database).AsSpan().SequenceEqual(expected.ToArray());
    }

    private static void AssertData(ModelData expected, INodeDatabase database, BlockId root)
    {
        DataTree tree = DataTree.Open(database, root);
        Assert.Equal(expected.Length, tree.Length);
        Assert.True(Read(tree, database).AsSpan().SequenceEqual(expected.ToArray()), "content");
    }

    private static byte[] Read(DataTree tree, INodeDatabase database)
    {
        byte[] bytes = new byte[tree.Length];
        using DataTreeStream stream = new(database, tree);
        int total = 0;
        for (int count = 1; total < bytes.Length && count > 0; total += count)
        {
            count = stream.Read(bytes, total, bytes.Length - total);
        }

        return bytes;
    }

    private uint AnyId() => _nodes.Keys.ElementAt(_random.Next(_nodes.Count));

    private void Add(NdbEditor editor)
    {
        ModelNode node = new(NewData(), NewSubnodes());
        NodeId id = editor.Counters.Next(NodeIdType.Internal);
        editor.AddNode(id, new WrittenNode(Write(editor, node.Data), Write(editor, node.Subnodes), 0));
        _nodes.Add(id.Value, node);
    }

    private void Replace(NdbEditor editor)
    {
        uint id = AnyId();
        Assert.True(editor.TryFindNode(new NodeId(id), out NodeEntry entry));
        ModelData data = NewData();
        editor.SetNode(entry.Id, Write(editor, data), entry.Subnodes);
        _nodes[id] = _nodes[id] with { Data = data };
    }

    private void ReplaceSubnodes(NdbEditor editor)
    {
        uint id = AnyId();
        Assert.True(editor.TryFindNode(new NodeId(id), out NodeEntry entry));
        List<ModelData> subnodes = NewSubnodes();
        editor.SetNode(entry.Id, entry.Data, Write(editor, subnodes));
        _nodes[id] = _nodes[id] with { Subnodes = subnodes };
    }

    // A node that has the blocks of another.
    private void Share(NdbEditor editor)
    {
        uint other = AnyId();
        Assert.True(editor.TryFindNode(new NodeId(other), out NodeEntry entry));
        if (entry.Data.IsNone || !editor.Blocks.TryAddReference(entry.Data))
        {
            return;
        }

        NodeId id = editor.Counters.Next(NodeIdType.Internal);
        editor.AddNode(id, new WrittenNode(entry.Data, default, 0));
        _nodes.Add(id.Value, new ModelNode(_nodes[other].Data, []));
    }

    private void Remove(NdbEditor editor, uint id)
    {
        editor.RemoveNode(new NodeId(id));
        _nodes.Remove(id);
    }

    private ModelData NewData() => new(
        _random.Next(),
        _large && _random.Next(50) == 0 ? (8176 * 1021) + _random.Next(100_000)
        : _random.Next(8) == 0 ? 0
        : s_lengths[_random.Next(s_lengths.Length)]);

    private List<ModelData> NewSubnodes()
    {
        int count = _random.Next(3) > 0 ? 0 : _large && _random.Next(20) == 0 ? 400 : _random.Next(1, 5);
        return [.. Enumerable.Range(0, count).Select(_ => new ModelData(_random.Next(), _random.Next(1, count > 10 ? 100 : 9000)))];
    }

    private static BlockId Write(NdbEditor editor, ModelData data)
    {
        DataTreeWriter writer = new(editor.Blocks);
        byte[] bytes = data.ToArray();
        int step = editor.Layout.MaxBlockData;
        for (int start = 0; start < bytes.Length; start += step)
        {
            writer.Append(bytes.AsSpan(start, Math.Min(step, bytes.Length - start)));
        }

        return writer.Complete().Root;
    }

    private static BlockId Write(NdbEditor editor, IReadOnlyList<ModelData> subnodes)
    {
        SubnodeTreeWriter writer = new(editor.Blocks);
        for (int i = 0; i < subnodes.Count; i++)
        {
            writer.Add(new SubnodeEntry(new NodeId(NodeIdType.Ltp, (uint)(0x400 + i)), Write(editor, subnodes[i]), default));
        }

        return writer.Complete();
    }
}

/// <summary>Bytes that follow from a seed.</summary>
internal sealed record ModelData(int Seed, int Length)
{
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }
}

/// <summary>A node of the model.</summary>
internal sealed record ModelNode(ModelData Data, IReadOnlyList<ModelData> Subnodes);
