namespace PstMigration.Pst.Ltp;

/// <summary>Gives the items of a heap.</summary>
internal interface IHeapReader
{
    /// <summary>Where the first block stands in the file, to name it when something is damaged.</summary>
    long Offset { get; }

    /// <summary>Finds an item; false where the id names none.</summary>
    /// <exception cref="PstException">PstDamaged: its block cannot be read.</exception>
    bool TryGetItem(HeapId id, out ReadOnlySpan<byte> item);

    /// <summary>Finds an item that has to be there.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    ReadOnlySpan<byte> GetItem(HeapId id);
}
