namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// What is known of the room in the blocks of a heap, from the fill levels the heap keeps ([MS-PST] 2.3.1) and from what was changed. Levels
/// that were not read yet are asked for one header at a time, so that a large heap is never read through.
/// </summary>
internal sealed class HeapRoom
{
    /// <summary>The level of a block with no room worth looking at.</summary>
    public const int Full = 15;

    // A block is worth reading again for a kilobyte, not for a gap that takes one value.
    private const int LastWorthwhileLevel = 6;
    private const byte Unknown = byte.MaxValue;

    // The entry in the map, and the byte that makes its offset even.
    private const int Overhead = 3;

    private byte[] _levels = new byte[8];
    private int _count;
    private int _worthwhile;
    private int _cursor;
    private int _unknown = -1;

    /// <summary>Room in a heap of that many blocks, of which nothing is known.</summary>
    public HeapRoom(int count)
    {
        Array.Resize(ref _levels, Math.Max(_levels.Length, count));
        _levels.AsSpan(0, count).Fill(Unknown);
        _count = count;
        _unknown = HeapHeader.LevelsBlock(count - 1);
    }

    /// <summary>
    /// The last block with levels that were not learnt; -1 when all are. The newest blocks, at the end, are most likely to have room.
    /// </summary>
    public int NextUnknown => _unknown;

    /// <summary>Takes over the levels in a block's header, which has to be <see cref="NextUnknown"/>.</summary>
    public void Learn(int levelsBlock, ReadOnlySpan<byte> levels)
    {
        int end = Math.Min(HeapHeader.NextLevelsBlock(levelsBlock), _count);
        for (int block = levelsBlock; block < end; block++)
        {
            if (_levels[block] == Unknown)
            {
                Set(block, HeapFillLevel.Get(levels, block - levelsBlock));
            }
        }

        _unknown = levelsBlock == 0 ? -1 : HeapHeader.LevelsBlock(levelsBlock - 1);
    }

    /// <summary>Notes the level of a block, a new one behind the last included.</summary>
    public void Set(int block, int level)
    {
        if (block == _count)
        {
            if (_count == _levels.Length)
            {
                Array.Resize(ref _levels, _levels.Length * 2);
            }

            _levels[_count++] = Unknown;
        }

        _worthwhile += (level <= LastWorthwhileLevel ? 1 : 0) - (_levels[block] <= LastWorthwhileLevel ? 1 : 0);
        _levels[block] = (byte)level;
    }

    /// <summary>Notes that the last block is gone.</summary>
    public void RemoveLast()
    {
        Set(_count - 1, Full);
        _count--;
        _unknown = _unknown < _count ? _unknown : HeapHeader.LevelsBlock(_count - 1);
    }

    /// <summary>A block that should have room for an item and is not <paramref name="avoided"/>; -1 where none is known.</summary>
    public int Find(int length, int avoided)
    {
        int limit = Math.Min(HeapFillLevel.LastWith(length + Overhead), LastWorthwhileLevel);
        if (_worthwhile == (avoided >= 0 && _levels[avoided] <= LastWorthwhileLevel ? 1 : 0))
        {
            return -1;
        }

        int found = Find(limit, avoided, _cursor, _count);
        found = found >= 0 ? found : Find(limit, avoided, 0, Math.Min(_cursor, _count));
        _cursor = Math.Max(found, 0);
        return found;
    }

    private int Find(int limit, int avoided, int from, int end)
    {
        for (int block = from; block < end; block++)
        {
            if (_levels[block] <= limit && block != avoided)
            {
                return block;
            }
        }

        return -1;
    }
}
