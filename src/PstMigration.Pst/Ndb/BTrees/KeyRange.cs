namespace PstMigration.Pst.Ndb.BTrees;

/// <summary>Keys of a B-tree from one to another, both included.</summary>
internal readonly record struct KeyRange(ulong First, ulong Last)
{
    /// <summary>Every key.</summary>
    public static readonly KeyRange All = new(0, ulong.MaxValue);

    public bool Contains(ulong key) => First <= key && key <= Last;
}
