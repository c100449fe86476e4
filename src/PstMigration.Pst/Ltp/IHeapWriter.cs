namespace PstMigration.Pst.Ltp;

/// <summary>Takes the items of a heap.</summary>
internal interface IHeapWriter
{
    /// <summary>Blocks so far.</summary>
    int BlockCount { get; }

    /// <summary>Adds an item of 1 to <see cref="HeapBuilder.MaxItemSize"/> bytes.</summary>
    /// <exception cref="PstException">PstHeapFull.</exception>
    HeapId Add(ReadOnlySpan<byte> data);
}
