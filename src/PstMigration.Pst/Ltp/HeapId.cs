using System.Globalization;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// HID ([MS-PST] 2.3.1.1): five zero bits, the 1-based index of an item within a block, the number of the block.
/// The index has 11 bits, of a 4K file 14.
/// </summary>
internal readonly record struct HeapId(uint Value)
{
    private const int TypeBits = 5;

    /// <summary>The first item of the first block, where Outlook and other readers expect a BTHHEADER.</summary>
    public static readonly HeapId First = new(1 << TypeBits);

    /// <summary>The item <paramref name="index"/> (1-based) of block <paramref name="block"/>.</summary>
    public static HeapId Create(int block, int index, PstLayout layout) =>
        new(((uint)block << (TypeBits + layout.HeapIndexBits)) | ((uint)index << TypeBits));

    /// <summary>Whether this is HID 0, "no item".</summary>
    public bool IsNone => Value == 0;

    /// <summary>Whether the type is that of an item of a heap (hidType 0).</summary>
    public bool IsItem => (Value & ((1 << TypeBits) - 1)) == 0;

    /// <summary>The 1-based index within the block; 0 is never valid.</summary>
    public int Index(PstLayout layout) => (int)((Value >> TypeBits) & ((1u << layout.HeapIndexBits) - 1));

    /// <summary>The number of the block within the node's data.</summary>
    public int Block(PstLayout layout) => (int)(Value >> (TypeBits + layout.HeapIndexBits));

    public override string ToString() => "0x" + Value.ToString("X", CultureInfo.InvariantCulture);
}
