using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.BTrees;

/// <summary>The keys of the B-trees.</summary>
internal static class TreeKeys
{
    /// <summary>The bits of a key that count: the reserved bit of a BID and the high half of a NID do not.</summary>
    public static ulong MaskOf(PageType type) => type == PageType.Nbt ? uint.MaxValue : ~1ul;
}
