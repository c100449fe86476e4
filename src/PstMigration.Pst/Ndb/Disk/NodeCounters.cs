namespace PstMigration.Pst.Ndb.Disk;

/// <summary>rgnid of the header: the highest index handed out for each NID type ([MS-PST] 2.2.2.6).</summary>
internal sealed class NodeCounters
{
    private const uint Initial = 0x400;
    private const uint InitialSearchFolder = 0x4000;
    private const uint InitialMessage = 0x10000;
    private const uint InitialAssociated = 0x8000;

    private readonly uint[] _highest = new uint[PstHeader.NodeCounterCount];

    /// <summary>The counters of a blank file.</summary>
    public NodeCounters()
    {
        for (int i = 0; i < _highest.Length; i++)
        {
            _highest[i] = Initial;
        }

        _highest[(int)NodeIdType.SearchFolder] = InitialSearchFolder;
        _highest[(int)NodeIdType.NormalMessage] = InitialMessage;
        _highest[(int)NodeIdType.AssociatedMessage] = InitialAssociated;
    }

    /// <summary>The counters of a file.</summary>
    public NodeCounters(uint[] highest) => Restore(highest);

    /// <summary>Goes back to what <see cref="ToArray"/> gave.</summary>
    public void Restore(uint[] highest) => highest.CopyTo(_highest, 0);

    /// <summary>The values for the header.</summary>
    public uint[] ToArray() => (uint[])_highest.Clone();

    /// <summary>The next node id of a type.</summary>
    /// <exception cref="PstException">PstNodeIdsExhausted: all 134 million are used.</exception>
    public NodeId Next(NodeIdType type)
    {
        ref uint highest = ref _highest[(int)type];
        if (highest == NodeId.MaxIndex)
        {
            throw PstWriteError.NodeIdsExhausted();
        }

        return new NodeId(type, ++highest);
    }

    /// <summary>Makes sure that indexes in use, by NID type, are not handed out again.</summary>
    public void Raise(uint[] highest)
    {
        for (int i = 0; i < _highest.Length; i++)
        {
            _highest[i] = Math.Max(_highest[i], highest[i]);
        }
    }

    /// <summary>Makes sure that an index used elsewhere, in a node's own subnodes, is not handed out again.</summary>
    public void Note(NodeId id)
    {
        ref uint highest = ref _highest[(int)id.Type];
        highest = Math.Max(highest, id.Index);
    }
}
