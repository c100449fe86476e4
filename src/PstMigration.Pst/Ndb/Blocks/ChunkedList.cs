namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>
/// A list that only grows at its end and is cut off there. It never copies what it holds, so that millions of entries
/// do not need the room twice, and its arrays stay below the size the collector treats as large.
/// </summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int ChunkBits = 11;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly List<T[]> _chunks = [];

    /// <summary>Elements held.</summary>
    public int Count { get; private set; }

    /// <summary>The element at an index below <see cref="Count"/>.</summary>
    public ref T this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    /// <summary>Appends an element.</summary>
    public void Add(T item)
    {
        if (Count >> ChunkBits == _chunks.Count)
        {
            _chunks.Add(new T[ChunkSize]);
        }

        Count++;
        this[Count - 1] = item;
    }

    /// <summary>Keeps the first <paramref name="count"/> elements.</summary>
    public void Truncate(int count) => Count = count;
}
