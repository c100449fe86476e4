namespace PstMigration.Pst.Ndb;

/// <summary>Collects what was found damaged while reading: each finding once, and no more than a file can make us remember.</summary>
internal sealed class DamageLog
{
    /// <summary>Findings beyond this number are counted, not kept.</summary>
    public const int MaxEntries = 10_000;

    private readonly object _gate = new();
    private readonly HashSet<PstDamage> _seen = [];
    private readonly List<PstDamage> _entries = [];

    /// <summary>Findings that were not kept.</summary>
    public int Dropped { get; private set; }

    /// <summary>A copy of the findings so far, in the order they were made.</summary>
    public IReadOnlyList<PstDamage> Snapshot()
    {
        lock (_gate)
        {
            return _entries.ToArray();
        }
    }

    public void Add(PstDamage damage)
    {
        lock (_gate)
        {
            if (_entries.Count >= MaxEntries)
            {
                Dropped++;
            }
            else if (_seen.Add(damage))
            {
                _entries.Add(damage);
            }
        }
    }

    public void Add(PstStructure structure, PstDamageReason reason, long offset = -1, NodeId node = default) =>
        Add(new PstDamage(structure, reason, offset, node));

    /// <summary>Records what an exception tells, for the node being read when it was caught.</summary>
    public void Add(PstException exception, NodeId node)
    {
        PstDamage damage = exception.Damage ?? new PstDamage(PstStructure.Node, PstDamageReason.Missing, -1, node);
        Add(damage.Node.IsNone ? damage with { Node = node } : damage);
    }
}
