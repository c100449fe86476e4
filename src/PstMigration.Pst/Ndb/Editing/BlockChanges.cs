using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>The changes of the BBT: counts of old blocks, then new blocks, whose ids are higher. What nobody refers to is left out.</summary>
internal sealed class BlockChanges : TreeChanges
{
    /// <summary>cRef of a block nobody refers to.</summary>
    public const ushort Unreferenced = 1;

    private readonly PstLayout _layout;
    private readonly IReadOnlyList<BlockEntry> _old;
    private readonly ChunkedList<BlockEntry> _new;
    private readonly List<int>? _kept;
    private readonly List<BlockEntry> _freed = [];

    /// <summary>The changes at this moment.</summary>
    /// <param name="written">New blocks by id.</param>
    /// <param name="old">Old blocks by id, with the counts they are to have.</param>
    /// <param name="reclaims">Whether old blocks nobody refers to any more go; else they stay, waiting to be deleted ([MS-PST] 2.2.2.7.7.3).</param>
    /// <param name="layout">The variant.</param>
    public BlockChanges(ChunkedList<BlockEntry> written, IReadOnlyList<BlockEntry> old, bool reclaims, PstLayout layout)
    {
        _layout = layout;
        _new = written;
        _old = old;
        Reclaims = reclaims;
        foreach (BlockEntry entry in old)
        {
            if (entry.References <= Unreferenced)
            {
                (reclaims ? _freed : Dead).Add(entry);
            }
        }

        _kept = FindKept();
    }

    /// <summary>Whether old blocks nobody refers to any more go.</summary>
    public bool Reclaims { get; }

    /// <summary>Blocks whose room is free when the changes are committed; new ones among them never were in the file.</summary>
    public IReadOnlyList<BlockEntry> Freed => _freed;

    /// <summary>Old blocks nobody refers to any more that stay.</summary>
    public List<BlockEntry> Dead { get; } = [];

    /// <inheritdoc/>
    public override int Count => _old.Count + (_kept?.Count ?? _new.Count);

    /// <inheritdoc/>
    public override ulong Key(int index) => Entry(index).Block.Id.ForLookup.Value;

    /// <inheritdoc/>
    public override bool IsRemoval(int index) => Reclaims && Entry(index).References <= Unreferenced;

    /// <inheritdoc/>
    public override void Write(int index, Span<byte> entry) => Entry(index).Write(entry, _layout);

    private BlockEntry Entry(int index) =>
        index < _old.Count ? _old[index] : _new[_kept?[index - _old.Count] ?? (index - _old.Count)];

    // Which new blocks are still wanted; null for all of them, as nearly always.
    private List<int>? FindKept()
    {
        List<int> kept = [];
        for (int i = 0; i < _new.Count; i++)
        {
            if (_new[i].References > Unreferenced)
            {
                kept.Add(i);
            }
            else
            {
                _freed.Add(_new[i]);
            }
        }

        return kept.Count == _new.Count ? null : kept;
    }
}
