using System;
using System.Collections.Generic;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>The changes of the BBT: counts of old blocks, then new blocks, whose ids are higher. What nobody refers to is left out.</summary>
internal sealed class BlockChanges : TreeChanges
{
    private const ushort Unreferenced = 1;

    private readonly PstLayout _layout;
    private readonly List<BlockEntry> _old;
    private readonly ChunkedList<BlockEntry> _new;
    private readonly List<int>? _kept;
    private readonly List<BlockEntry> _freed = [];

    /// <summary>The changes at this moment.</summary>
    /// <param name="written">New blocks by id.</param>
    /// <param name="changes">Old blocks whose counts change, in any order.</param>
    /// <param name="find">Finds an old block, its count changed.</param>
    /// <param name="layout">The variant.</param>
    public BlockChanges(ChunkedList<BlockEntry> written, Dictionary<ulong, int> changes, Func<BlockId, BlockEntry> find, PstLayout layout)
    {
        _layout = layout;
        _new = written;
        ulong[] ids = new ulong[changes.Count];
        changes.Keys.CopyTo(ids, 0);
        Array.Sort(ids);
        _old = new List<BlockEntry>(ids.Length);
        foreach (ulong id in ids)
        {
            BlockEntry entry = find(new BlockId(id));
            _old.Add(entry);
            NoteFreed(entry);
        }

        _kept = FindKept();
    }

    /// <summary>Blocks whose room is free when the changes are committed; new ones among them never were in the file.</summary>
    public IReadOnlyList<BlockEntry> Freed => _freed;

    /// <inheritdoc/>
    public override int Count => _old.Count + (_kept?.Count ?? _new.Count);

    /// <inheritdoc/>
    public override ulong Key(int index) => Entry(index).Block.Id.ForLookup.Value;

    /// <inheritdoc/>
    public override bool IsRemoval(int index) => Entry(index).References <= Unreferenced;

    /// <inheritdoc/>
    public override void Write(int index, Span<byte> entry) => Entry(index).Write(entry, _layout);

    private BlockEntry Entry(int index) =>
        index < _old.Count ? _old[index] : _new[_kept?[index - _old.Count] ?? (index - _old.Count)];

    // Which new blocks are still wanted; null for all of them, as nearly always.
    private List<int>? FindKept()
    {
        int freed = _freed.Count;
        for (int i = 0; i < _new.Count; i++)
        {
            NoteFreed(_new[i]);
        }

        if (_freed.Count == freed)
        {
            return null;
        }

        List<int> kept = [];
        for (int i = 0; i < _new.Count; i++)
        {
            if (_new[i].References > Unreferenced)
            {
                kept.Add(i);
            }
        }

        return kept;
    }

    private void NoteFreed(in BlockEntry entry)
    {
        if (entry.References <= Unreferenced)
        {
            _freed.Add(entry);
        }
    }
}
