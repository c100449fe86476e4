using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>The subnodes of one node in NID order, and how often each was referred to.</summary>
internal sealed class SubnodeList
{
    private readonly List<SubnodeEntry> _entries = [];
    private readonly List<int> _uses = [];

    public int Count => _entries.Count;

    public SubnodeEntry this[int index] => _entries[index];

    /// <summary>Takes the next entry; false where its NID is not above the last one.</summary>
    public bool TryAdd(SubnodeEntry entry)
    {
        if (_entries.Count > 0 && entry.Id.Value <= _entries[^1].Id.Value)
        {
            return false;
        }

        _entries.Add(entry);
        _uses.Add(0);
        return true;
    }

    /// <summary>Finds a subnode.</summary>
    public bool TryFind(NodeId id, out SubnodeEntry entry)
    {
        int index = IndexOf(id);
        entry = index < 0 ? default : _entries[index];
        return index >= 0;
    }

    /// <summary>Finds a subnode and counts the use.</summary>
    public bool TryUse(NodeId id, out SubnodeEntry entry)
    {
        int index = IndexOf(id);
        entry = index < 0 ? default : _entries[index];
        if (index >= 0)
        {
            _uses[index]++;
        }

        return index >= 0;
    }

    /// <summary>Reports subnodes that should be used once and are not.</summary>
    public void CheckUses(CheckContext context, Place place)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Id.Type == NodeIdType.Ltp && _uses[i] != 1)
            {
                context.Report(PstCheckRules.SubnodeUse, place, _entries[i].Id.Value, _uses[i]);
            }
        }
    }

    private int IndexOf(NodeId id)
    {
        int low = 0;
        int high = _entries.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            uint found = _entries[middle].Id.Value;
            if (found == id.Value)
            {
                return middle;
            }

            if (found < id.Value)
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
}
