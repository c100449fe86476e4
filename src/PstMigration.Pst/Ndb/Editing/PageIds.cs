using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>Hands out the ids of pages (bidNextP), which count by one, and tells those of the commit under way from older ones.</summary>
internal sealed class PageIds(BlockId next)
{
    private BlockId _firstNew = next;

    /// <summary>The id the next page gets.</summary>
    public BlockId NextId { get; private set; } = next;

    /// <summary>Takes an id.</summary>
    public BlockId Next()
    {
        BlockId id = NextId;
        NextId = new BlockId(id.Value + 1);
        return id;
    }

    /// <summary>Ids below this one are in use.</summary>
    public void Raise(BlockId next) => NextId = next.Value > NextId.Value ? next : NextId;

    /// <summary>Whether a page was written since <see cref="Begin"/>.</summary>
    public bool IsNew(BlockId page) => page.Value >= _firstNew.Value;

    /// <summary>A commit begins: every page so far is an old one.</summary>
    public void Begin() => _firstNew = NextId;
}
