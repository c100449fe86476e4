using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>
/// Numbered transactions that follow from a seed, and what a file holds after each. The file says itself which was the last, so that a
/// writer that was killed can be followed by another one.
/// </summary>
internal sealed class EditScript(int seed)
{
    private const int Slots = 40;
    private const uint FirstIndex = 0x1000;

    private static readonly NodeId s_number = new(NodeIdType.Internal, FirstIndex - 1);
    private static readonly int[] s_lengths = [0, 1, 100, 3000, 8176, 8177, 60_000, 300_000];

    private readonly SortedDictionary<int, (int Seed, int Length, int Subnodes)> _state = [];
    private int _stateNumber;

    /// <summary>The number of the last transaction in a file; 0 where there was none.</summary>
    public static int ReadNumber(INodeDatabase database)
    {
        if (!database.TryFindNode(s_number, out NodeEntry entry))
        {
            return 0;
        }

        using PooledBlock block = database.ReadBlock(entry.Data);
        return BitConverter.ToInt32(block.Data.ToArray(), 0);
    }

    /// <summary>Makes the changes of a transaction, all but the commit.</summary>
    public void Apply(NdbEditor editor, int number)
    {
        foreach ((int slot, (int Seed, int Length, int Subnodes)? content) in Changes(number))
        {
            NodeId id = IdOf(slot);
            bool isThere = editor.TryFindNode(id, out _);
            if (content is not { } c)
            {
                if (isThere)
                {
                    editor.RemoveNode(id);
                }

                continue;
            }

            Set(editor, id, isThere, WriteData(editor, Bytes(c.Seed, c.Length)), WriteSubnodes(editor, c.Seed, c.Subnodes));
        }

        Set(editor, s_number, editor.TryFindNode(s_number, out _), editor.Blocks.WriteData(BitConverter.GetBytes(number)), default);
    }

    /// <summary>What is wrong with a file that should hold the state after the transaction it names; null for nothing.</summary>
    public string? Check(INodeDatabase database)
    {
        Advance(ReadNumber(database));
        List<NodeEntry> nodes = [.. database.EnumerateNodes().Where(n => n.Id.Type == NodeIdType.Internal && n.Id.Index >= FirstIndex)];
        if (!nodes.Select(n => (int)(n.Id.Index - FirstIndex)).SequenceEqual(_state.Keys))
        {
            return "nodes of another state";
        }

        foreach (NodeEntry node in nodes)
        {
            (int contentSeed, int length, int subnodes) = _state[(int)(node.Id.Index - FirstIndex)];
            if (!Read(database, node.Data).AsSpan().SequenceEqual(Bytes(contentSeed, length)))
            {
                return $"data of node {node.Id}";
            }

            IReadOnlyList<SubnodeEntry> found = SubnodeTree.Open(database, node.Subnodes).Entries;
            if (found.Count != subnodes || !found.Select((s, i) => Read(database, s.Data).AsSpan().SequenceEqual(SubnodeBytes(contentSeed, i))).All(e => e))
            {
                return $"subnodes of node {node.Id}";
            }
        }

        return null;
    }

    private static NodeId IdOf(int slot) => new(NodeIdType.Internal, FirstIndex + (uint)slot);

    private static void Set(NdbEditor editor, NodeId id, bool isThere, BlockId data, BlockId subnodes)
    {
        if (isThere)
        {
            editor.SetNode(id, data, subnodes);
        }
        else
        {
            editor.AddNode(id, new WrittenNode(data, subnodes, 0));
        }
    }

    private static BlockId WriteData(NdbEditor editor, byte[] bytes)
    {
        DataTreeWriter writer = new(editor.Blocks);
        int step = editor.Layout.MaxBlockData;
        for (int start = 0; start < bytes.Length; start += step)
        {
            writer.Append(bytes.AsSpan(start, Math.Min(step, bytes.Length - start)));
        }

        return writer.Complete().Root;
    }

    private static BlockId WriteSubnodes(NdbEditor editor, int contentSeed, int count)
    {
        SubnodeTreeWriter writer = new(editor.Blocks);
        for (int i = 0; i < count; i++)
        {
            writer.Add(new SubnodeEntry(new NodeId(NodeIdType.Ltp, (uint)(0x400 + i)), WriteData(editor, SubnodeBytes(contentSeed, i)), default));
        }

        return writer.Complete();
    }

    private static byte[] SubnodeBytes(int contentSeed, int index) => Bytes(contentSeed + index + 1, 500 * (index + 1));

    private static byte[] Bytes(int contentSeed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(contentSeed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Read(INodeDatabase database, BlockId root)
    {
        DataTree tree = DataTree.Open(database, root);
        using DataTreeStream stream = new(database, tree);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private IEnumerable<(int Slot, (int Seed, int Length, int Subnodes)? Content)> Changes(int number)
    {
        Random random = new((seed * 7919) + number);
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            int slot = random.Next(Slots);
            (int, int, int) content = (random.Next(), s_lengths[random.Next(s_lengths.Length)], Math.Max(0, random.Next(-4, 4)));
            yield return (slot, random.Next(4) == 0 ? null : content);
        }
    }

    private void Advance(int number)
    {
        if (number < _stateNumber)
        {
            _state.Clear();
            _stateNumber = 0;
        }

        while (_stateNumber < number)
        {
            foreach ((int slot, (int Seed, int Length, int Subnodes)? content) in Changes(++_stateNumber))
            {
                _state.Remove(slot);
                if (content is { } c)
                {
                    _state.Add(slot, c);
                }
            }
        }
    }
}
