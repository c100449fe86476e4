using System.Globalization;

namespace PstMigration.Pst.Ltp;

/// <summary>HNID ([MS-PST] 2.3.3.2): a HID where the low five bits are 0, the NID of a subnode otherwise; 0 is "no value".</summary>
internal readonly record struct HeapOrNodeId(uint Value)
{
    private const uint TypeMask = 0x1F;

    /// <summary>Whether there is no value.</summary>
    public bool IsNone => Value == 0;

    /// <summary>Whether the value is an item of the heap.</summary>
    public bool IsHeapItem => (Value & TypeMask) == 0;

    /// <summary>The item, for <see cref="IsHeapItem"/>.</summary>
    public HeapId HeapItem => new(Value);

    /// <summary>The subnode otherwise.</summary>
    public NodeId Node => new(Value);

    public override string ToString() => "0x" + Value.ToString("X", CultureInfo.InvariantCulture);
}
