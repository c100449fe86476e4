using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>The nodes of a file that is changed: the NBT, and over it what changed since. Blocks are somebody else's matter.</summary>
internal sealed class EditedNodes(BTreeReader tree, PstLayout layout)
{
    // No value: the node is removed.
    private readonly Dictionary<NodeId, NodeEntry?> _changes = [];
    private readonly List<(NodeId Id, bool WasChanged, NodeEntry? Before)> _journal = [];
    private BTreeReader _tree = tree;

    /// <summary>Whether anything differs from the NBT.</summary>
    public bool HasChanges => _changes.Count > 0;

    /// <summary>A point to go back to.</summary>
    public int Mark => _journal.Count;

    /// <summary>Finds a node.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(NodeId id, out NodeEntry node)
    {
        if (_changes.TryGetValue(id, out NodeEntry? change))
        {
            node = change ?? default;
            return change is not null;
        }

        bool found = _tree.TryFind(id.Value, out ReadOnlySpan<byte> bytes);
        node = found ? NodeEntry.Read(bytes, layout) : default;
        return found;
    }

    /// <summary>Enters a node or gives it another entry.</summary>
    public void Set(NodeEntry node) => Change(node.Id, node);

    /// <summary>Takes a node out.</summary>
    public void Remove(NodeId id) => Change(id, null);

    /// <summary>All nodes in NID order.</summary>
    /// <exception cref="PstException">PstDamaged: after the last of those that could be listed.</exception>
    public IEnumerable<NodeEntry> Enumerate()
    {
        NodeChanges changes = GetChanges();
        int next = 0;
        List<KeyRange> lost = [];
        foreach (BTreePage leaf in _tree.EnumerateLeaves(lost))
        {
            for (int i = 0; i < leaf.Count; i++)
            {
                NodeEntry node = NodeEntry.Read(leaf.Entry(i), layout);
                for (; next < changes.Count && changes.Key(next) < node.Id.Value; next++)
                {
                    if (changes.Node(next) is NodeEntry added)
                    {
                        yield return added;
                    }
                }

                if (next < changes.Count && changes.Key(next) == node.Id.Value)
                {
                    if (changes.Node(next++) is NodeEntry changed)
                    {
                        yield return changed;
                    }
                }
                else
                {
                    yield return node;
                }
            }
        }

        for (; next < changes.Count; next++)
        {
            if (changes.Node(next) is NodeEntry added)
            {
                yield return added;
            }
        }

        if (lost.Count > 0)
        {
            throw PstException.Damaged(PstStructure.NodeTreePage, PstDamageReason.Missing);
        }
    }

    /// <summary>Takes back everything since a mark.</summary>
    public void Rollback(int mark)
    {
        for (int i = _journal.Count - 1; i >= mark; i--)
        {
            (NodeId id, bool wasChanged, NodeEntry? before) = _journal[i];
            if (wasChanged)
            {
                _changes[id] = before;
            }
            else
            {
                _changes.Remove(id);
            }
        }

        _journal.RemoveRange(mark, _journal.Count - mark);
    }

    /// <summary>What is to change in the NBT.</summary>
    public NodeChanges GetChanges() => new(_changes, layout);

    /// <summary>The changes are in the NBT, which is now another.</summary>
    public void Accept(BTreeReader changed)
    {
        _changes.Clear();
        _journal.Clear();
        _tree = changed;
    }

    private void Change(NodeId id, NodeEntry? node)
    {
        bool wasChanged = _changes.TryGetValue(id, out NodeEntry? before);
        _journal.Add((id, wasChanged, before));
        _changes[id] = node;
    }
}
