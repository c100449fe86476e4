using System.Globalization;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// A block or page id (BID; MS-PST 2.2.2.2). Of a block, bit 0 is reserved and bit 1 marks internal blocks
/// (XBLOCK, XXBLOCK, SLBLOCK, SIBLOCK); block ids therefore step by 4. Page ids come from a counter of their own and step by 1.
/// </summary>
internal readonly record struct BlockId(ulong Value)
{
    /// <summary>The distance between two block ids.</summary>
    public const ulong Step = 4;

    private const ulong ReservedBit = 1;
    private const ulong InternalBit = 2;

    /// <summary>Whether this is BID 0, "no block".</summary>
    public bool IsNone => Value == 0;

    /// <summary>Whether the block is part of a tree rather than data. Internal blocks are never encoded.</summary>
    public bool IsInternal => (Value & InternalBit) != 0;

    /// <summary>The id as the BBT knows it: readers have to ignore bit 0.</summary>
    public BlockId ForLookup => new(Value & ~ReservedBit);

    /// <summary>The same number marked as an internal block.</summary>
    public BlockId AsInternal => new(Value | InternalBit);

    public override string ToString() => "0x" + Value.ToString("X", CultureInfo.InvariantCulture);
}
